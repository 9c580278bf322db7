/** L3: a target that is down is paged in time, from everywhere or from one region only. */

import { second } from '../../../src/core/basics/time';
import type { Monitor } from '../../../src/core/config/config';
import type { Fault } from '../faults';
import { timeOfStory } from '../time-of-story';
import { downTargetMs, loneTargetMs, partialTargetMs } from './bounds';
import { type Checker, darkTimes, disturbances, type Evidence, isOver, lastSaid, type Violation } from './evidence';

type Outage = Extract<Fault, { kind: 'target-down' }>;

export const downTarget: Checker = (evidence) =>
  evidence.faults.flatMap((fault) => {
    const monitor = fault.kind === 'target-down' ? evidence.config.monitors.find((one) => one.id === fault.monitor) : undefined;
    return fault.kind === 'target-down' && monitor !== undefined ? judge(fault, monitor, evidence) : [];
  });

function judge(outage: Outage, monitor: Monitor, evidence: Evidence): readonly Violation[] {
  const boundMs = boundOf(outage, monitor, evidence);
  const by = outage.begins + (boundMs ?? 0);
  if (boundMs === undefined || outage.ends < by || by > evidence.to) return [];
  const said = lastSaid(evidence.history.announced, `${monitor.id}:availability`, by);
  if (said?.condition === 'down' || said?.condition === 'partial') return [];
  const what = `${monitor.id} went down at ${timeOfStory(outage.begins)} from ${outage.from.join(' and ')} and was not paged within ${Math.round(boundMs / second)} s`;
  return [{ promise: 'L3', at: by, what }];
}

/** Undefined where nothing is promised: too little was left to see it. */
function boundOf(outage: Outage, monitor: Monitor, evidence: Evidence): number | undefined {
  const { config, faults } = evidence;
  const isEverywhere = config.regions.probers.every((prober) => outage.from.includes(prober));
  const usualMs = isEverywhere ? downTargetMs(config, monitor) : partialTargetMs(config, monitor);
  const isQuiet = disturbances(faults).every((fault) => isOver(fault, outage.begins - loneTargetMs(config, monitor), outage.begins + usualMs));
  if (isQuiet) return usualMs;
  const longerMs = loneTargetMs(config, monitor);
  return isEverywhere && isAnyProberLeft(outage, longerMs, evidence) ? longerMs : undefined;
}

const isAnyProberLeft = (outage: Outage, boundMs: number, { config, faults }: Evidence): boolean =>
  config.regions.probers.some((prober) =>
    darkTimes(faults, prober).every((dark) => dark.ends <= outage.begins - 120_000 || dark.begins >= outage.begins + boundMs),
  );
