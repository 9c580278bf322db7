/** This region's own record of since when it rolls up, and when it observed each monitor first. */
import type { Instant } from '../core/basics/brand';
import { type Beginnings, decodeBeginnings, encodeBeginnings, joinBeginnings } from '../core/beginnings';
import { allRegions } from '../core/config/config';
import { beginningsKey } from '../core/table';
import type { Mark } from '../core/timeline';
import { store, writersOf } from './store';
import { within } from './within';
import { homeLimitMs, type World } from './world';

/** Read once; undefined where nothing was rolled up yet. */
export async function knownBeginnings({ self, ports, memory }: World): Promise<Beginnings | undefined | 'no-answer'> {
  const { rollUps } = memory;
  if (rollUps.beginnings !== undefined) return rollUps.beginnings;
  const keys = writersOf(self.region, allRegions(self.config.regions)).map(beginningsKey);
  const outcome = await within(ports.clock, homeLimitMs, ports.replica(self.region).get(keys));
  if (outcome.kind === 'failed') return 'no-answer';
  rollUps.beginnings = joinBeginnings(outcome.value.flatMap((item) => decodeBeginnings(item) ?? []));
  return rollUps.beginnings;
}

/** What is known now that this hour was rolled up; written only where it says something new. */
export async function begunOnce(
  world: World,
  { begins, marks }: { readonly begins: Instant; readonly marks: ReadonlyMap<string, readonly Mark[]> },
): Promise<Beginnings | undefined> {
  const known = world.memory.rollUps.beginnings;
  const firstAt = new Map([...marks].flatMap(([id, [first]]) => (first === undefined ? [] : [[id, first.at] as const])));
  const joined = joinBeginnings([...(known === undefined ? [] : [known]), { since: begins, firstAt }]);
  if (joined === undefined || (known !== undefined && isSame(joined, known))) return known;
  const stored = await store(world, 'always', (writer) => encodeBeginnings(joined, writer));
  return stored.kind === 'failed' ? known : joined;
}

const isSame = (one: Beginnings, other: Beginnings): boolean =>
  one.since === other.since && one.firstAt.size === other.firstAt.size && [...one.firstAt].every(([id, at]) => other.firstAt.get(id) === at);
