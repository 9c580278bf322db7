/** From what happened and what was heard: how long after the outage each tool told it, and how long after its end. */
import { type Happened, type Kind, kinds } from './outages';
import type { Heard } from './receiver';

export interface Spread {
  readonly count: number;
  /** Of those that were told; NaN where none was. */
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** One tool, one kind of outage, in ms. */
export interface Row {
  readonly tool: string;
  readonly kind: Kind | 'all';
  readonly outages: number;
  readonly page: Spread;
  readonly recovery: Spread;
  /** Outages that were not told while they lasted, and ends of those that were that were never told. */
  readonly untold: number;
  readonly unrecovered: number;
}

export interface Timing {
  readonly outage: Happened;
  readonly pageMs: number | undefined;
  readonly recoveryMs: number | undefined;
}

export interface Told {
  readonly timings: readonly Timing[];
  /** Messages that say that something is down which is not. */
  readonly falsePages: number;
}

export function toldBy(tool: string, happened: readonly Happened[], heard: readonly Heard[]): Told {
  const mine = heard.filter((one) => one.tool === tool);
  const timings = happened.map((outage): Timing => {
    const ofTarget = mine.filter(({ target }) => target === outage.target);
    const page = ofTarget.find(({ state, atMs }) => state === 'down' && atMs >= outage.brokenAt && atMs < outage.mendedAt);
    const recovery = page && ofTarget.find(({ state, atMs }) => state === 'well' && atMs >= outage.mendedAt);
    return { outage, pageMs: page && page.atMs - outage.brokenAt, recoveryMs: recovery && recovery.atMs - outage.mendedAt };
  });
  const isFalse = ({ state, target, atMs }: Heard): boolean =>
    state === 'down' && !happened.some((outage) => outage.target === target && atMs >= outage.brokenAt && atMs < outage.mendedAt);
  return { timings, falsePages: mine.filter(isFalse).length };
}

export function rowsOf(tool: string, timings: readonly Timing[]): readonly Row[] {
  return [...kinds, 'all' as const].flatMap((kind) => {
    const some = timings.filter(({ outage }) => kind === 'all' || outage.kind === kind);
    return some.length === 0 ? [] : [rowOf(tool, kind, some)];
  });
}

function rowOf(tool: string, kind: Row['kind'], timings: readonly Timing[]): Row {
  const pages = timings.flatMap(({ pageMs }) => pageMs ?? []);
  const recoveries = timings.flatMap(({ recoveryMs }) => recoveryMs ?? []);
  return {
    ...{ tool, kind, outages: timings.length, page: spreadOf(pages), recovery: spreadOf(recoveries) },
    ...{ untold: timings.length - pages.length, unrecovered: pages.length - recoveries.length },
  };
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const half = (sorted.length - 1) / 2;
  return { count: sorted.length, least: at(0), median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2, most: at(sorted.length - 1) };
}
