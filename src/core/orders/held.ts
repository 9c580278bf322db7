/**
 * Maintenance of the file as it really was. Each region writes into its log that a window began, and that one is over before its time
 * because the file has changed. The past is told by these entries: whatever the file says later makes it neither longer nor shorter.
 */
import { type Instant, instant, type RegionId } from '../basics/brand';
import { monthBefore, monthOf } from '../basics/time';
import type { Config } from '../config/config';
import type { EntryOf } from '../incident';
import type { Held, LogEntry } from '../log';
import { isIn, type Scope, scopeText } from '../scope';
import type { Quiet } from './arranged';
import { holdsAt } from './order';

export interface Holding {
  readonly config: Pick<Config, 'monitors' | 'madeAt'>;
  /** What is planned for now. */
  readonly planned: readonly Quiet[];
  readonly entries: readonly LogEntry[];
  readonly region: RegionId;
  readonly now: Instant;
}

/** What this region has to write down now; nothing, once that is written. */
export function heldDue({ config, planned, entries, region, now }: Holding): readonly Held[] {
  const recent = heldIn(entries).filter((entry) => entry.region === region && entry.month >= monthBefore(monthOf(now)));
  const open = newestOfEach(recent).filter((held) => holdsAt(held, now));
  const windows = planned.filter((window) => holdsAt(window, now)).map((window) => ({ ...window, of: asItStands(window.of, config) }));
  const ended = open.filter((held) => !windows.some((window) => isOf(held, window))).map((held): Held => ({ ...held, to: now }));
  const begun = windows.flatMap((window): readonly Held[] => {
    const known = open.find((held) => isOf(held, window));
    if (known !== undefined) return known.to === window.to ? [] : [{ ...known, to: window.to }];
    const isResumed = recent.some(({ body }) => isOf(body, window));
    const from = isResumed ? now : instant(Math.max(window.from, Math.min(config.madeAt, now)));
    return [{ kind: 'held', key: heldKey, planned: window.from, of: window.of, from, to: window.to, ...(window.why === undefined ? {} : { why: window.why }) }];
  });
  return [...ended, ...begun];
}

/** No incident has such a key. */
const heldKey = 'maintenance';

/** What any region took for maintenance of the file. */
export function heldQuiets(entries: readonly LogEntry[]): readonly Quiet[] {
  const byRegion = new Map<RegionId, EntryOf<Held>[]>();
  for (const entry of heldIn(entries)) byRegion.set(entry.region, [...(byRegion.get(entry.region) ?? []), entry]);
  return [...byRegion.values()].flatMap((own) =>
    newestOfEach(own).map(({ of, from, to, why }): Quiet => ({ kind: 'maintenance', of, from, to, name: 'twinwatch.yaml', by: 'twinwatch.yaml', why })),
  );
}

const heldIn = (entries: readonly LogEntry[]): readonly EntryOf<Held>[] =>
  entries.flatMap((entry) => (entry.body.kind === 'held' ? [{ ...entry, body: entry.body }] : []));

/** Of one region: what it wrote last of a time says when that ended. */
function newestOfEach(own: readonly EntryOf<Held>[]): readonly Held[] {
  const newest = new Map<string, EntryOf<Held>>();
  for (const entry of own) {
    const name = `${scopeText(entry.body.of)} ${entry.body.planned} ${entry.body.from}`;
    const known = newest.get(name);
    if (known === undefined || isLater(entry, known)) newest.set(name, entry);
  }
  return [...newest.values()].map(({ body }) => body);
}

const isLater = (one: EntryOf<Held>, other: EntryOf<Held>): boolean => (one.month === other.month ? one.n > other.n : one.month > other.month);

const isOf = (held: Held, window: Quiet): boolean => held.planned === window.from && scopeText(held.of) === scopeText(window.of);

/** Whoever joins a group later was not in it then. */
function asItStands(of: Scope, { monitors }: Pick<Config, 'monitors'>): Scope {
  if (of.kind === 'all' || of.groups.length === 0) return of;
  return { kind: 'some', monitors: monitors.filter((monitor) => isIn(monitor, of)).map(({ id }) => id), groups: [] };
}
