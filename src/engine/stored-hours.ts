/** Roll-ups as replicas have them: every revision of an hour, in one part or several. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { monthsOf } from '../core/basics/time';
import { allRegions } from '../core/config/config';
import { decodeHour, type HourItem, slotOfHour } from '../core/hour';
import { hourKey, hourPartition, type Writer } from '../core/table';
import type { Stretch } from '../core/timeline';
import type { Clock, Replica } from './ports';
import { writersOf } from './store';
import { within } from './within';
import { homeLimitMs, type World } from './world';

/** One revision of an hour, with all its parts. */
export type Revision = readonly [HourItem, ...HourItem[]];

export interface Asked extends Stretch {
  readonly region: RegionId;
  readonly regions: readonly RegionId[];
  readonly limitMs: number;
}

/** Every whole revision of the hours that begin in this time, oldest hour and revision first; undefined where the replica does not answer. */
export async function readHours(clock: Clock, replica: Replica, { region, regions, from, to, limitMs }: Asked): Promise<readonly Revision[] | undefined> {
  const [first, last] = [sortKeyFrom(from), `${sortKeyFrom(to)}~`];
  const partitions = writersOf(region, regions).flatMap((writer) => monthsOf({ from, to }).map((month) => hourPartition(writer, month)));
  const outcomes = await Promise.all(partitions.map((partition) => within(clock, limitMs, replica.query(partition, first, last))));
  const items: HourItem[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') return undefined;
    for (const item of outcome.value) {
      const found = decodeHour(item);
      if (found !== undefined) items.push(found);
    }
  }
  return wholeRevisions(items);
}

/** `2026-11-21T04`: what the sort keys of an hour begin with. */
const sortKeyFrom = (at: Instant): string => hourKey('' as Writer, slotOfHour(at), { revision: 0, part: 0 }).sk.slice(0, 13);

function wholeRevisions(items: readonly HourItem[]): readonly Revision[] {
  const byName = new Map<string, Map<number, HourItem>>();
  for (const item of items) {
    const name = `${item.begins} ${String(item.revision).padStart(4, '0')}`;
    byName.set(name, (byName.get(name) ?? new Map<number, HourItem>()).set(item.part, item));
  }
  const names = [...byName.keys()].sort();
  return names.flatMap((name): readonly Revision[] => {
    const parts = [...(byName.get(name)?.values() ?? [])].sort((one, other) => one.part - other.part);
    const [first, ...others] = parts;
    return first !== undefined && parts.length === first.parts ? [[first, ...others]] : [];
  });
}

/** The newest revision of an hour that this region has written. */
export async function lastRevision(world: World, begins: Instant): Promise<HourItem | undefined | 'no-answer'> {
  const revisions = await ownHours(world, { from: begins, to: begins });
  return revisions === undefined ? 'no-answer' : revisions.at(-1)?.[0];
}

/** The newest hour that this region has rolled up in this time. */
export async function newestHour(world: World, time: Stretch): Promise<Instant | undefined | 'no-answer'> {
  const revisions = await ownHours(world, time);
  return revisions === undefined ? 'no-answer' : revisions.at(-1)?.[0].begins;
}

function ownHours({ self, ports }: World, time: Stretch): Promise<readonly Revision[] | undefined> {
  const asked = { region: self.region, regions: allRegions(self.config.regions), limitMs: homeLimitMs, from: instant(time.from), to: instant(time.to) };
  return readHours(ports.clock, ports.replica(self.region), asked);
}
