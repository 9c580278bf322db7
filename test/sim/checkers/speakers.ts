/** Who was in a position to notice and to speak: theory promises liveness only for a speaker that nothing was taken from. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { Evidence } from './evidence';
import { type Harm, harmedTimes, type Taken } from './harm';
import { type Interval, touches } from './intervals';

/** Who lacks one of these does not look, does not remember, or may not ask. A skewed clock is no excuse (S7), nor is a lost anchor alone. */
const neededToWatch: readonly Taken[] = ['rounds', 'some-rounds', 'looks', 'some-looks', 'store', 'rights', 'everything-expected', 'newest-configuration'];
/** Who lacks one of these does not see targets as they are. */
const neededToProbe: readonly Taken[] = ['rounds', 'some-rounds', 'store', 'rights', 'truth', 'cover', 'everything-expected', 'newest-configuration'];

const isSpared = (region: RegionId, needed: readonly Taken[], time: Interval, { harms }: Evidence): boolean =>
  harmedTimes(harms, region, needed).every((harm) => !touches(harm, time));

export const couldWatch = (region: RegionId, time: Interval, evidence: Evidence): boolean =>
  isSpared(region, neededToWatch, time, evidence) && couldTell(region, time, evidence);
export const couldProbe = (region: RegionId, time: Interval, evidence: Evidence): boolean =>
  isSpared(region, neededToProbe, time, evidence) && couldTell(region, time, evidence) && !couldBeIsolated(region, time, evidence);

/** Whose clock was not set again and again, each time of which costs it what it had measured: with anything else wrong as well, that is no time to promise. */
export const hasSteadyClock = (region: RegionId, time: Interval, evidence: Evidence): boolean => isSpared(region, ['steady-clock'], time, evidence);

/** Its own topic accepts, or that of a region that it can reach. */
function couldTell(region: RegionId, time: Interval, evidence: Evidence): boolean {
  const hasTopic = (of: RegionId): boolean => isSpared(of, ['topic', 'store'], time, evidence);
  return hasTopic(region) || evidence.regions.some((other) => other !== region && hasTopic(other) && couldReach(region, other, time, evidence));
}

/** All the time, and the replica there answered. */
export const couldReach = (from: RegionId, to: RegionId, time: Interval, evidence: Evidence): boolean =>
  isSpared(to, ['store'], time, evidence) && evidence.harms.every((harm) => !touches(harm, time) || !isCallLost(harm, from, to));

const isCallLost = (harm: Harm, from: RegionId, to: RegionId): boolean => harm.takes === 'calls' && harm.from === from && harm.to === to;

/** It reached no region for some time, and no anchor either: then it rightly accuses nobody, and trusts not even its own verdicts. */
export function couldBeIsolated(region: RegionId, time: Interval, evidence: Evidence): boolean {
  const reachesAny = evidence.regions.some((other) => other !== region && couldReach(region, other, time, evidence));
  return !reachesAny && (evidence.config.anchors.length === 0 || !isSpared(region, ['anchors'], time, evidence));
}

/** Everything that is wrong besides the one thing that is asked about. Targets, clocks, anchors and orders slow nobody down. */
export function disturbances(harms: readonly Harm[], time: Interval, besides: (harm: Harm) => boolean): readonly Harm[] {
  const harmless: readonly Taken[] = ['target', 'clock', 'steady-clock', 'anchors', 'outside', 'voice'];
  return harms.filter((harm) => !harmless.includes(harm.takes) && touches(harm, time) && !besides(harm));
}

/** What L6 lets somebody remove: one region, all replication and links, one topic, the rights of one region. */
export function membersRemoved(harms: readonly Harm[]): ReadonlySet<string> {
  return new Set(harms.map((harm) => ('region' in harm ? harm.region : 'links')));
}
