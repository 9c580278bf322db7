/** Slot after slot, look after look, inside one invocation. */
import { type Instant, instant, type Slot } from '../core/basics/brand';
import { minute, second } from '../core/basics/time';
import type { Head } from '../core/beat';
import { isNewerThan } from '../core/sequence';
import { laterSlot, slotAfter, slotOf } from '../core/slots';
import { claim } from './claims';
import { type Begun, firstSlot, regain, unusedSlot } from './own-slot';
import { vigilLoopMs } from './pace';
import { rollUp } from './rolling-up';
import { runRound } from './round';
import { hasTime } from './time-left';
import { livesForTurn, untilMs, untilTurnMs } from './turns';
import { publishVigil, runVigil } from './vigil';
import { sleep } from './within';
import type { World } from './world';

/** Slot after slot until a successor claims one, or the environment's end is near. `since`: when it was scheduled, by a clock that is nobody's here. */
export async function loopRounds(world: World, since: Instant): Promise<void> {
  const { self, ports, memory, invocation } = world;
  const loop = { since, begunMs: ports.clock.elapsedMs() };
  const first = await firstSlot(world, since);
  if (first === undefined) return;
  let slot = await inTurn(world, first, loop);
  if (slot === undefined) return ports.diary.note('handed over', { slot: first });
  // By the clock that nobody sets: a step of the other one is no slow round, after which there would be no time for another.
  let turnFromMs = ports.clock.elapsedMs();
  let own: Head | undefined;
  for (let begun: Begun | undefined; ; ) {
    begun = begun?.isSure === true ? { slot, before: memory.head, isSure: true } : await unusedInTurn(world, slot, loop);
    if (begun === undefined) return ports.diary.note('handed over', { slot });
    const begunAt = ports.clock.now();
    if (begun.slot !== slot) turnFromMs = ports.clock.elapsedMs();
    await runRound(world, begun.slot, newerOf(begun.before, own));
    own = memory.head;
    const next = orCurrent(world, slotAfter(self.config, begun.slot));
    const nextTakesMs = presumedMs(ports.clock.elapsedMs() - turnFromMs, self.config.beatIntervalMs);
    if (invocation.remainingMs() - Math.max(0, untilMs(world, next, begunAt)) < nextTakesMs + 2 * second) return;
    await waitFor(world, next, begunAt);
    turnFromMs = ports.clock.elapsedMs();
    const meant = orCurrent(world, next);
    const claimed = await claim(world, meant, loop.since);
    slot = claimed === 'taken' ? await regainInTurn(world, meant, loop) : meant;
    if (slot === undefined) return ports.diary.note('handed over', { slot: meant });
    if (claimed === 'mine') continue;
    // The other loop has stored a round meanwhile, or will, or may have where the claim failed: this one goes on from there.
    begun = undefined;
    if (claimed === 'taken') turnFromMs = ports.clock.elapsedMs();
  }
}

/** Since when a loop is scheduled, by a clock that is nobody's here, and since when it runs, by the one that nobody sets. */
interface Loop {
  readonly since: Instant;
  readonly begunMs: number;
}

/** Waits for the turn of a claimed slot, and says which one it is then; undefined where another loop has that. */
async function inTurn(world: World, claimed: Slot, loop: Loop): Promise<Slot | undefined> {
  await sleep(world.ports.clock, await untilTurnMs(world, claimed));
  const slot = orCurrent(world, claimed);
  return slot === claimed ? slot : claimOrRegain(world, slot, loop);
}

/** Who slept longer than it meant to, or whose clock was set meanwhile, looks at what is now: the slot that was meant is past. */
const orCurrent = ({ self, ports }: World, slot: Slot): Slot => laterSlot(slot, slotOf(self.config, self.region, ports.clock.now()));

async function claimOrRegain(world: World, slot: Slot, loop: Loop): Promise<Slot | undefined> {
  return (await claim(world, slot, loop.since)) === 'taken' ? regainInTurn(world, slot, loop) : slot;
}

async function regainInTurn(world: World, slot: Slot, loop: Loop): Promise<Slot | undefined> {
  const regained = await regain(world, { slot, ...loop });
  return regained === undefined ? undefined : inTurn(world, regained, loop);
}

/** Where claims failed, another loop may have run the slot already: the one after it has its turn, too, and the other may run that one as well. */
async function unusedInTurn(world: World, claimed: Slot, loop: Loop): Promise<Begun | undefined> {
  for (let slot: Slot | undefined = claimed; slot !== undefined; ) {
    const begun: Begun = await unusedSlot(world, slot, loop.since);
    if (begun.slot === slot) return begun;
    slot = (await livesForTurn(world, begun.slot)) ? await inTurn(world, begun.slot, loop) : undefined;
  }
  return undefined;
}

/** What this loop stored elsewhere while home took nothing may not have come back there. */
const newerOf = (stored: Head | undefined, own: Head | undefined): Head | undefined =>
  stored === undefined || (own !== undefined && isNewerThan(own, stored)) ? own : stored;

/** What is slow gets slower: in the next turn there may be more to write down and to tell. */
const presumedMs = (lastMs: number, cycleMs: number): number => Math.max(cycleMs, 2 * lastMs);

const waitFor = (world: World, slot: Slot, begunAt: Instant): Promise<void> => sleep(world.ports.clock, untilMs(world, slot, begunAt));

export async function loopVigils(world: World, invocationAt: Instant, scheduledAt: Instant): Promise<void> {
  const { ports } = world;
  let publishedFor: Instant | undefined;
  for (let begun = ports.clock.now(); hasTime(world); begun = ports.clock.now()) {
    if ((await runVigil(world, invocationAt)) === 'handed-over') return ports.diary.note('handed over', { invocationAt });
    const minuteNow = instant(Math.floor(begun / minute) * minute);
    if (publishedFor === undefined || minuteNow > publishedFor) await publishVigil(world, publishedFor === undefined ? scheduledAt : minuteNow);
    publishedFor = minuteNow;
    if (hasTime(world)) await rollUp(world);
    await sleep(ports.clock, Math.min(vigilLoopMs, begun + vigilLoopMs - ports.clock.now()));
  }
}

/** A minute is long to wait for a turn or for the other region's sample: while something is pending, the invocation stays. */
export async function lookAgain(world: World, before: string, look: () => Promise<string>): Promise<void> {
  for (let seen = before; seen === 'pending' && hasTime(world); ) {
    await sleep(world.ports.clock, vigilLoopMs);
    seen = await look();
  }
}
