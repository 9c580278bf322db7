/** L1: a prober that stops is paged in time. L2: so are both, by the witness. */
import type { RegionId } from '../../../src/core/basics/brand';
import { second } from '../../../src/core/basics/time';
import { timeOfStory } from '../time-of-story';
import { stoppedProberMs } from './bounds';
import { type Checker, darkTimes, disturbances, type Evidence, type Interval, isOver, lastSaid, type Violation } from './evidence';

export const stoppedProber: Checker = (evidence) =>
  evidence.config.regions.probers.flatMap((region) => darkTimes(evidence.faults, region).flatMap((dark) => judge(region, dark, evidence)));

function judge(region: RegionId, dark: Interval, evidence: Evidence): readonly Violation[] {
  const by = dark.begins + boundMs(region, dark, evidence);
  if (dark.ends < by || by > evidence.to || !isAnyoneLeft(region, { begins: dark.begins, ends: by }, evidence)) return [];
  const said = lastSaid(evidence.history.announced, `prober:${region}:watch`, by);
  if (said?.condition === 'silent') return [];
  const promise = areAllProbersDark(dark.begins, by, evidence) ? 'L2' : 'L1';
  return [
    { promise, at: by, what: `${region} went dark at ${timeOfStory(dark.begins)} and was not paged within ${Math.round((by - dark.begins) / second)} s` },
  ];
}

/** While anything else is wrong an observer may have to begin its watch again. */
function boundMs(region: RegionId, dark: Interval, { config, faults }: Evidence): number {
  const boundMs = stoppedProberMs(config);
  const others = disturbances(faults).filter((fault) => !(fault.kind === 'region-dark' && fault.region === region));
  return others.every((fault) => isOver(fault, dark.begins - boundMs, dark.begins + boundMs)) ? boundMs : 2 * boundMs;
}

/** Whether at least one other region was never dark in this time. */
const isAnyoneLeft = (region: RegionId, time: Interval, { regions, faults }: Evidence): boolean =>
  regions.some((other) => other !== region && darkTimes(faults, other).every((dark) => dark.ends <= time.begins - 120_000 || dark.begins >= time.ends));

const areAllProbersDark = (from: number, to: number, { config, faults }: Evidence): boolean =>
  config.regions.probers.every((prober) => darkTimes(faults, prober).some((dark) => dark.begins < to && dark.ends > from));
