/** What onlookers saw of a run: now and then during it, and from every replica at its end. */
import type { RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { allRegions } from '../../src/core/config/config';
import type { ReportView, StatusView } from '../../src/core/views';
import { Onlooker } from './onlooker';
import type { World } from './world';

export interface Look {
  /** Milliseconds since the story began. */
  readonly at: number;
  /** What was shown of each monitor, by its id. */
  readonly verdicts: Verdicts;
}

export type Verdicts = Readonly<Record<string, StatusView['monitors'][number]['verdict']>>;

export interface Inspection {
  readonly looks: readonly Look[];
  /** What can be seen at the end through each replica alone. */
  readonly finally: ReadonlyMap<RegionId, StatusView>;
  /** How the first few monitors fared in the whole run. */
  readonly reports: readonly ReportView[];
}

/** An onlooker learns how punctual beats are by reading: one that reads seldom trusts them longer. */
export const readEveryMs = 30 * second;
/** A report reads every beat again. */
const mostReports = 2;

/** Lets the world run to its end under inspection. */
export async function runInspected(world: World, endsAt: number): Promise<Inspection> {
  const regions = allRegions(world.config.regions);
  const onlooker = new Onlooker(world, regions);
  const looks: Look[] = [];
  for (let at = readEveryMs; at < endsAt; at += readEveryMs) {
    await world.runUntil(at);
    if (at % world.config.beatIntervalMs >= readEveryMs) await onlooker.glance();
    else looks.push({ at, verdicts: verdictsOf(await onlooker.look(), looks.at(-1)?.verdicts) });
  }
  await world.runUntil(endsAt);
  const views = new Map<RegionId, StatusView>();
  for (const region of regions) views.set(region, await new Onlooker(world, [region]).look());
  const librarian = new Onlooker(world, regions.slice(0, 1));
  const reports: ReportView[] = [];
  for (const monitor of world.config.monitors.slice(0, mostReports)) reports.push(await librarian.report(monitor.id, { from: 0, to: endsAt }));
  return { looks, finally: views, reports };
}

/** Most looks show the same as the one before: what is equal is kept once. */
function verdictsOf({ monitors }: StatusView, before: Verdicts | undefined): Verdicts {
  if (before !== undefined && monitors.every(({ id, verdict }) => before[id] === verdict)) return before;
  return Object.fromEntries(monitors.map(({ id, verdict }) => [id, verdict]));
}
