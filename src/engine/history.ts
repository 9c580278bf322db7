/** What one region saw in a window: of hours that were rolled up from the roll-ups, of the others from the beats that are left. */

import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { day, hour, second } from '../core/basics/time';
import { keptBeatDays } from '../core/beat';
import { type Beginnings, decodeBeginnings, joinBeginnings } from '../core/beginnings';
import type { Monitor } from '../core/config/config';
import { readHour } from '../core/hour';
import { countLatency, noLatency } from '../core/latency';
import { hourOfTime, patienceOf, roundsOf } from '../core/roll-up';
import { beginningsKey } from '../core/table';
import { addSpan, type Span, type Stretch, spansOf, spansWithin } from '../core/timeline';
import { beatsOf, begunAt, type Library, marksIn, rosterOf } from './marks';
import { writersOf } from './store';
import { type Revision, readHours } from './stored-hours';
import { within } from './within';

export interface Wanted extends Stretch {
  readonly monitors: readonly Monitor[];
  /** Latency is counted in stretches of this length, from the beginning of the window. */
  readonly stepMs: number;
}

/** What a region saw of one monitor. */
export interface Seen {
  /** In order; they may reach a little beyond the window. */
  readonly spans: Span[];
  /** One for each step of the window. */
  readonly latency: number[][];
}

export interface RegionHistory {
  readonly region: RegionId;
  readonly seen: ReadonlyMap<string, Seen>;
  /** Every revision of each hour that was rolled up. */
  readonly hours: ReadonlyMap<Instant, readonly Revision[]>;
  /** When its rounds began; of hours that were rolled up just as far apart as they may have been. */
  readonly begun: () => readonly Instant[];
  /** Undefined where it never rolled up anything. */
  readonly beginnings: Beginnings | undefined;
}

const readLimitMs = 10 * second;

export async function historyOf(library: Library, region: RegionId, wanted: Wanted): Promise<RegionHistory> {
  const beginnings = await beginningsOf(library, region);
  const time = rememberedTime(library, wanted, beginnings);
  const hours = beginnings === undefined ? new Map<Instant, readonly Revision[]>() : await hoursOf(library, region, time);
  const seen = new Map(wanted.monitors.map(({ id }): [string, Seen] => [id, { spans: [], latency: stepsOf(wanted).map(noLatency) }]));
  const begun: Instant[] = [];
  for (const section of sectionsOf(time, hours)) {
    const shelved = { region, seen, wanted, from: section.from, to: section.to };
    if (section.kind === 'hour') await readRevision(library, { ...shelved, revision: section.revision });
    else begun.push(...(await readSection(library, shelved)));
  }
  const { beatIntervalMs } = library.config;
  const worked = () => [...hours.values()].flatMap((revisions) => roundsOf(revisions.at(-1)?.[0].work ?? [], beatIntervalMs));
  return { region, seen, hours, begun: () => [...worked(), ...begun], beginnings };
}

const stepsOf = ({ from, to, stepMs }: Wanted): readonly null[] => new Array<null>(Math.max(1, Math.ceil((to - from) / stepMs))).fill(null);

async function beginningsOf(library: Library, region: RegionId): Promise<Beginnings | undefined> {
  const keys = writersOf(region, library.regions).map(beginningsKey);
  const outcomes = await Promise.all(library.replicas.map((replica) => within(library.clock, readLimitMs, replica.get(keys))));
  const items = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? outcome.value : []));
  return joinBeginnings(items.flatMap((item) => decodeBeginnings(item) ?? []));
}

/** Whole hours, of those of which anything can be known. Where nothing was rolled up, the beats that are kept are all there is. */
function rememberedTime({ clock }: Library, { from, to }: Stretch, beginnings: Beginnings | undefined): Stretch {
  const now = clock.now();
  const since = beginnings?.since ?? now - keptBeatDays * day;
  const begins = Math.floor(Math.max(from, since) / hour) * hour;
  return { from: instant(begins), to: instant(Math.max(begins, Math.ceil(Math.min(to, now + hour) / hour) * hour)) };
}

/** From the region's own replica, or the first other one that answers. */
async function hoursOf(library: Library, region: RegionId, { from, to }: Stretch): Promise<ReadonlyMap<Instant, readonly Revision[]>> {
  const hours = new Map<Instant, Revision[]>();
  const own = library.replicas.filter((replica) => replica.region === region);
  for (const replica of [...own, ...library.replicas.filter((other) => !own.includes(other))]) {
    const asked = { region, regions: library.regions, limitMs: readLimitMs, from, to: instant(to - 1) };
    const revisions = await readHours(library.clock, replica, asked);
    if (revisions === undefined) continue;
    for (const revision of revisions) hours.set(revision[0].begins, [...(hours.get(revision[0].begins) ?? []), revision]);
    break;
  }
  return hours;
}

type Section = (Stretch & { readonly kind: 'beats' }) | (Stretch & { readonly kind: 'hour'; readonly revision: Revision });

/** In the order of time: hours that were rolled up, and what lies between them in as few pieces as can be. */
function sectionsOf({ from, to }: Stretch, hours: ReadonlyMap<Instant, readonly Revision[]>): readonly Section[] {
  const sections: Section[] = [];
  for (let begins = from; begins < to; begins = instant(begins + hour)) {
    const revision = hours.get(begins)?.at(-1);
    const last = sections.at(-1);
    if (revision !== undefined) sections.push({ kind: 'hour', revision, ...hourOfTime(begins) });
    else if (last?.kind === 'beats') sections[sections.length - 1] = { ...last, to: instant(begins + hour) };
    else sections.push({ kind: 'beats', ...hourOfTime(begins) });
  }
  return sections;
}

interface Shelved extends Stretch {
  readonly region: RegionId;
  readonly seen: ReadonlyMap<string, Seen>;
  readonly wanted: Wanted;
}

const stepAt = ({ from, stepMs }: Wanted, at: Instant): number => Math.max(0, Math.floor((at - from) / stepMs));

async function readRevision(library: Library, { region, seen, wanted, revision }: Shelved & { readonly revision: Revision }): Promise<void> {
  const { configHash, begins } = revision[0];
  const shelves: (Seen | undefined)[] = [];
  for (const [id, place] of await rosterOf(library, region, configHash)) shelves[place] = seen.get(id);
  const step = stepAt(wanted, begins);
  for (const item of revision) readHour(item, { spans: (place) => shelves[place]?.spans, latency: (place) => shelves[place]?.latency[step] });
}

/** Reads a little beyond on both sides: what holds at its edges is the same as in any longer stretch. Returns when rounds began. */
async function readSection(library: Library, { region, from, to, seen, wanted }: Shelved): Promise<readonly Instant[]> {
  const now = library.clock.now();
  const patience = Math.max(0, ...wanted.monitors.map(patienceOf).map(({ intervalMs, toleranceMs }) => intervalMs + toleranceMs));
  const aroundMs = patience + library.config.beatIntervalMs;
  const beats = await beatsOf(library, region, { from: instant(from - aroundMs), to: instant(to + aroundMs) });
  const marks = await marksIn(library, beats, wanted.monitors);
  for (const monitor of wanted.monitors) {
    const shelf = seen.get(monitor.id);
    if (shelf === undefined) continue;
    const of = marks.get(monitor.id) ?? [];
    for (const span of spansWithin(spansOf(of, { ...patienceOf(monitor), now }), { from, to })) addSpan(shelf.spans, span);
    for (const { at, latencyMs } of of) {
      const counted = at >= from && at < to ? shelf.latency[stepAt(wanted, at)] : undefined;
      if (latencyMs !== undefined && counted !== undefined) countLatency(counted, latencyMs);
    }
  }
  return beats.map((beat) => begunAt(library, beat));
}
