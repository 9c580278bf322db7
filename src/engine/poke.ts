/** What a prober answers when it is poked: what is stored of its rounds, and whether its store answers. It claims, probes and judges nothing. */
import type { Slot } from '../core/basics/brand';
import { allRegions } from '../core/config/config';
import { readSequence } from '../core/sequence';
import { slotBegins } from '../core/slots';
import { claimKey, headKey, type Item, type Key, onlyShard } from '../core/table';
import { longestInvocationMs } from './pace';
import type { PokeAnswer } from './ports';
import { writersOf } from './store';
import { within } from './within';
import { homeLimitMs, type World } from './world';

/** One read and one more call follow each other, and whoever pokes waits for both, perhaps after a cold start. */
const stepLimitMs = homeLimitMs / 2;
const nonceLengthMax = 64;

/** Throws where the caller sent something that no answer could carry back. */
export function nonceOf(poke: unknown): string {
  if (typeof poke === 'string' && poke !== '' && poke.length <= nonceLengthMax) return poke;
  const what = typeof poke === 'string' ? `text of ${poke.length} characters` : typeof poke;
  throw new Error(`"poke" must be text of 1 to ${nonceLengthMax} characters, which the answer repeats; this event has ${what}`);
}

export async function answerPoke(world: World, nonce: string): Promise<PokeAnswer> {
  const { region } = world.self;
  const atHome = await read(world, region);
  const items = atHome ?? (await readElsewhere(world));
  const answer = { nonce, region, ...claimedIn(world, items), claimedForMs: claimedForMs(world, items), finished: finishedSlot(world, items) };
  return { ...answer, store: atHome !== undefined && (await takesWrites(world, atHome)) ? 'answers' : 'refuses' };
}

/** Nothing where that replica does not answer. */
async function read({ self, ports }: World, from: World['self']['region']): Promise<readonly Item[] | undefined> {
  const outcome = await within(ports.clock, stepLimitMs, ports.replica(from).get(ownKeys(self)));
  if (outcome.kind === 'done') return outcome.value;
  ports.diary.note('poked: not read', { replica: from, error: outcome.error });
  return undefined;
}

async function readElsewhere(world: World): Promise<readonly Item[]> {
  const { config, region } = world.self;
  const others = allRegions(config.regions).filter((other) => other !== region);
  const found = await Promise.all(others.map((other) => read(world, other)));
  return found.flatMap((items) => items ?? []);
}

/** Slots are claimed at home alone; a head may have been written under other names. */
function ownKeys({ region, config }: World['self']): readonly Key[] {
  return [claimKey(region, onlyShard), ...writersOf(region, allRegions(config.regions)).map((writer) => headKey(writer, onlyShard))];
}

function newestSlot(items: readonly Item[], kind: string): Slot | undefined {
  const slots = items.flatMap(({ pk, seq }) => (pk.startsWith(kind) && typeof seq === 'number' ? seq : []));
  return slots.length === 0 ? undefined : readSequence(Math.max(...slots)).slot;
}

/** What no store took was finished all the same, as far as this environment knows: whoever ran it does not hang. */
function finishedSlot({ memory }: World, items: readonly Item[]): Slot | undefined {
  const own = memory.head?.slot;
  return own !== undefined && own === newestSlot(items, 'CLAIM#') ? own : newestSlot(items, 'HEAD#');
}

/** Its clock may have been set since it claimed: whoever pokes has measured by another one, and is told what this one takes for given up. */
function claimedIn({ self, ports }: World, items: readonly Item[]): Pick<PokeAnswer, 'claimed' | 'givenUp'> {
  const claimed = newestSlot(items, 'CLAIM#');
  if (claimed === undefined || ports.clock.now() - slotBegins(self.config, self.region, claimed) <= longestInvocationMs) return { claimed };
  return { claimed: undefined, givenUp: claimed };
}

function claimedForMs({ ports }: World, items: readonly Item[]): number | undefined {
  const at = items.find(({ pk }) => pk.startsWith('CLAIM#'))?.at;
  return typeof at === 'number' ? ports.clock.now() - at : undefined;
}

/** A claim of slot 0 loses against any that is stored, so it changes nothing; where none is stored it would win, and is not tried. */
async function takesWrites({ self, ports }: World, items: readonly Item[]): Promise<boolean> {
  const key = claimKey(self.region, onlyShard);
  if (!items.some(({ pk }) => pk === key.pk)) return true;
  const outcome = await within(ports.clock, stepLimitMs, ports.replica(self.region).putIfNewer({ ...key, v: 1, seq: 0 }));
  if (outcome.kind === 'failed') ports.diary.note('poked: not written', { replica: self.region, error: outcome.error });
  return outcome.kind === 'done';
}
