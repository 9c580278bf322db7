/** L3: a target that is down is paged in time, from everywhere or from one region only. */
import { second } from '../../../src/core/basics/time';
import type { Monitor } from '../../../src/core/config/config';
import { timeOfStory } from '../time-of-story';
import { downTargetMs, loneTargetMs, partialTargetMs } from './bounds';
import { type Checker, type Evidence, isTold, type Violation } from './evidence';
import { type Harm, isOf } from './harm';
import { touches } from './intervals';
import { couldProbe, disturbances, membersRemoved } from './speakers';

type Outage = Extract<Harm, { takes: 'target' }>;

export const downTarget: Checker = (evidence) =>
  evidence.harms.flatMap((harm) => {
    const monitor = harm.takes === 'target' ? evidence.config.monitors.find((one) => one.id === harm.monitor) : undefined;
    return harm.takes === 'target' && monitor !== undefined ? judge(harm, monitor, evidence) : [];
  });

/**
 * A target that changes too often is said to be flapping, once, and then nothing until it is calm. Of several that the same stranger answers
 * for, one is told for all.
 */
const told: readonly string[] = ['down', 'partial', 'misidentified', 'flapping'];

function judge(outage: Outage, monitor: Monitor, evidence: Evidence): readonly Violation[] {
  const { boundMs, promise } = promiseOf(outage, monitor, evidence);
  const by = quietUntil(outage, { monitor, boundMs: boundMs ?? 0, harms: evidence.harms }) + (boundMs ?? 0);
  if (boundMs === undefined || outage.ends < by || by > evidence.to) return [];
  const strangers = evidence.harms.filter((harm) => isStranger(harm, monitor) && touches(harm, { begins: outage.begins, ends: by }));
  const identities = strangers.length > 0 ? evidence.config.monitors.map(({ id }) => `${id}:identity`) : [];
  const isHidden = evidence.harms.some((harm) => isOutright(harm, monitor) && touches(harm, { begins: outage.begins, ends: by }));
  const keys = outage.isImpersonated === true && !isHidden ? identities : [`${monitor.id}:availability`, ...identities];
  const from = Math.min(outage.begins, ...strangers.map(({ begins }) => begins));
  if (keys.some((key) => isTold(evidence.history.announced, { key, conditions: told, from, upTo: by }))) return [];
  const what = `${monitor.id} went down at ${timeOfStory(outage.begins)} from ${outage.from.join(' and ')} and was not paged within ${Math.round(boundMs / second)} s`;
  return [{ promise, at: by, what }];
}

/** While somebody else answers for it, what fails of a target is told as that. */
const isStranger = (harm: Harm, { id }: Monitor): boolean => harm.takes === 'target' && harm.isImpersonated === true && harm.monitor === id;

/** What answers nothing shows no stranger. */
const isOutright = (harm: Harm, { id }: Monitor): boolean => harm.takes === 'target' && harm.isImpersonated !== true && harm.monitor === id;

interface Awaited {
  readonly monitor: Monitor;
  readonly boundMs: number;
  readonly harms: readonly Harm[];
}

/** What is still wrong when an ordered quiet is over is told as if it had begun then; one quiet may follow on another. */
function quietUntil({ begins }: Outage, { monitor, boundMs, harms }: Awaited): number {
  let from = begins;
  for (const harm of harms.toSorted((one, other) => one.begins - other.begins)) {
    if (harm.takes === 'voice' && harm.monitors.includes(monitor.id) && harm.begins <= from + boundMs) from = Math.max(from, harm.ends);
  }
  return from;
}

/** No bound where nothing is promised: no prober was left that could see it and say so. */
function promiseOf(outage: Outage, monitor: Monitor, evidence: Evidence): { readonly boundMs: number | undefined; readonly promise: string } {
  const { config } = evidence;
  const isEverywhere = config.regions.probers.every((prober) => outage.from.includes(prober));
  const usualMs = isEverywhere ? downTargetMs(config, monitor) : partialTargetMs(config, monitor);
  const longerMs = loneTargetMs(config, monitor);
  const disturbing = disturbances(evidence.harms, { begins: outage.begins - longerMs, ends: outage.begins + usualMs }, (harm) => isOfWitness(harm, evidence));
  if (disturbing.length === 0) return { boundMs: usualMs, promise: 'L3' };
  const time = { begins: outage.begins - longerMs / 2, ends: outage.begins + longerMs };
  const isAnyLeft = config.regions.probers.some((prober) => couldProbe(prober, time, evidence));
  return { boundMs: isEverywhere && isAnyLeft ? longerMs : undefined, promise: membersRemoved(disturbing).size === 1 ? 'L6' : 'L3' };
}

/** Probers need no witness to judge a target. */
function isOfWitness(harm: Harm, { config }: Evidence): boolean {
  const { witness } = config.regions;
  if (witness === undefined) return false;
  return isOf(harm, witness) || ((harm.takes === 'calls' || harm.takes === 'replication') && [harm.from, harm.to].includes(witness));
}
