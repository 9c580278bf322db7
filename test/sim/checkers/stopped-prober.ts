/** L1: a prober that finishes no rounds is told of in time, whatever stopped it. L2: so are all at once. L6: so also when one more member is missing. */
import type { RegionId } from '../../../src/core/basics/brand';
import { second } from '../../../src/core/basics/time';
import { outsideGraceMs, outsidePeriodMs } from '../outside-switch';
import { timeOfStory } from '../time-of-story';
import { stoppedProberMs } from './bounds';
import { type Checker, type Evidence, isTold, type Violation } from './evidence';
import { type Harm, harmedTimes, isOf } from './harm';
import { type Interval, pausesBetween } from './intervals';
import { countUpTo } from './sightings';
import { couldBeIsolated, couldReach, couldWatch, disturbances, hasSteadyClock, membersRemoved } from './speakers';

export const stoppedProber: Checker = (evidence) =>
  evidence.config.regions.probers.flatMap((region) =>
    pausesOf(region, evidence).flatMap((pause) => [...judge(region, pause, evidence), ...judgeOutside(region, pause, evidence)]),
  );

/** Before its first round nobody expects anything of it. */
const pausesOf = (region: RegionId, evidence: Evidence): readonly Interval[] =>
  pausesBetween(evidence.sightings.rounds(region), { begins: 0, ends: evidence.to }, stoppedProberMs(evidence.config)).filter((pause) => pause.begins > 0);

function judge(region: RegionId, pause: Interval, evidence: Evidence): readonly Violation[] {
  const disturbing = disturbances(evidence.harms, aroundOf(pause, evidence), (harm) => isOf(harm, region));
  const boundMs = boundOf(region, pause, { evidence, isQuiet: disturbing.length === 0 });
  const by = pause.begins + boundMs;
  if (pause.ends < by || by > evidence.to) return [];
  const watched = { begins: pause.begins - warmUpMs(evidence), ends: by };
  const isSteady = (other: RegionId): boolean => other === region || hasSteadyClock(other, watched, evidence);
  const isAllElseWell = (other: RegionId): boolean => disturbing.length === 0 && evidence.regions.every((third) => third === other || isSteady(third));
  const couldSpeak = (other: RegionId): boolean =>
    couldWatch(other, watched, evidence) && !couldBeIsolated(other, watched, evidence) && (isSteady(other) || isAllElseWell(other));
  const speakers = evidence.regions.filter((other) => other !== region && couldSpeak(other));
  if (speakers.length === 0 || isToldOf(region, speakers, { pause: watched, since: pause.begins, evidence })) return [];
  const what = `${region} finished no round after ${timeOfStory(pause.begins)} and nobody was told within ${Math.round(boundMs / second)} s, though ${speakers.join(' and ')} could`;
  return [{ promise: promiseOf(region, by, { evidence, disturbing }), at: by, what }];
}

/** Where every region is dark the switches outside are all that is left: that of the prober has rung, and was not told since. */
function judgeOutside(region: RegionId, { begins, ends }: Interval, evidence: Evidence): readonly Violation[] {
  const { history, regions, harms } = evidence;
  const by = begins + stoppedProberMs(evidence.config) + outsidePeriodMs + outsideGraceMs;
  const isDark = (other: RegionId): boolean => harmedTimes(harms, other, ['looks']).some((harm) => harm.begins <= by - outsidePeriodMs && harm.ends >= by);
  if (ends < by || !regions.every(isDark)) return [];
  const toldAt = history.outsidePings.filter((ping) => ping.region === region && ping.at <= by).at(-1)?.at ?? 0;
  if (history.outsidePages.some((page) => page.region === region && page.at > toldAt && page.at <= by)) return [];
  return [
    { promise: 'L2', at: by, what: `${region} finished no round after ${timeOfStory(begins)}, all regions are dark, and not even the switch outside paged` },
  ];
}

/** So long an observer may need until what disturbed it before is forgotten. */
const warmUpMs = ({ config }: Evidence): number => 2 * (config.watch.tolerateMs + config.beatIntervalMs);

const aroundOf = ({ begins }: Interval, { config }: Evidence): Interval => ({
  begins: begins - stoppedProberMs(config),
  ends: begins + 2 * stoppedProberMs(config),
});

/** A prober that answers a poke, and that nothing invokes, is given one interval more; while anything else is wrong an observer may have to begin again. */
function boundOf(region: RegionId, { begins }: Interval, { evidence, isQuiet }: { readonly evidence: Evidence; readonly isQuiet: boolean }): number {
  const { config, sightings, harms } = evidence;
  const bound = stoppedProberMs(config);
  const claims = sightings.claims(region);
  const isInvoked = countUpTo(claims, begins + bound) > countUpTo(claims, begins + config.beatIntervalMs);
  const canAnswer = harmedTimes(harms, region, ['store']).every((harm) => harm.ends <= begins || harm.begins > begins + bound);
  return (bound + (canAnswer && !isInvoked ? config.beatIntervalMs : 0)) * (isQuiet ? 1 : 2);
}

const stopped: readonly string[] = ['silent', 'hung', 'stopped', 'store-down', 'flapping'];

interface Question {
  readonly pause: Interval;
  readonly since: number;
  readonly evidence: Evidence;
}

/** All probers together are told of at once; who sees only one other region, and that one not at all, can say no more than that it is alone. */
function isToldOf(region: RegionId, speakers: readonly RegionId[], { pause, since, evidence }: Question): boolean {
  const { announced } = evidence.history;
  const time = { from: since, upTo: pause.ends };
  if (isTold(announced, { key: `prober:${region}:watch`, conditions: stopped, ...time })) return true;
  if (isTold(announced, { key: 'monitoring:coverage', conditions: ['unwatched', 'flapping'], ...time })) return true;
  const seesAnother = (speaker: RegionId): boolean => evidence.regions.some((other) => other !== speaker && couldReach(speaker, other, pause, evidence));
  const saysAlone = announced.some((one) => one.condition === 'alone' && one.at > since && one.at <= pause.ends);
  return saysAlone && !speakers.some(seesAnother);
}

function promiseOf(region: RegionId, by: number, { evidence, disturbing }: { readonly evidence: Evidence; readonly disturbing: readonly Harm[] }): string {
  const { config, sightings } = evidence;
  const isStopped = (prober: RegionId): boolean => {
    const rounds = sightings.rounds(prober);
    return by - (rounds[countUpTo(rounds, by) - 1] ?? 0) > stoppedProberMs(config);
  };
  if (config.regions.probers.every(isStopped)) return 'L2';
  return membersRemoved(disturbing.filter((harm) => !isOf(harm, region))).size === 1 ? 'L6' : 'L1';
}
