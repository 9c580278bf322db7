/** S1: whoever is called silent was silent. Finishing no round and being cut off from an observer add up. */
import { type RegionId, regionId } from '../../../src/core/basics/brand';
import type { Announced } from '../announced';
import { accusationDelayMs, leastSilenceMs } from './bounds';
import type { Checker, Evidence, Violation } from './evidence';

export const justAccusation: Checker = (evidence) => firstAccusations(evidence).flatMap((accusation) => judge(accusation, evidence));

function firstAccusations({ history }: Evidence): readonly Announced[] {
  const accusations = history.announced.filter((one) => one.condition === 'silent');
  return accusations.filter((one) => accusations.find((other) => other.incident === one.incident) === one);
}

function judge(accusation: Announced, evidence: Evidence): readonly Violation[] {
  const accused = regionId(accusation.subject.replace('prober:', ''));
  const observers = evidence.regions.filter((region) => region !== accused);
  const longest = Math.max(...observers.map((observer) => longestSilence({ accused, observer, at: accusation.at }, evidence)));
  if (longest >= leastSilenceMs(evidence.config)) return [];
  const what = `${accused} was called silent though nobody had missed it for more than ${Math.round(longest / 1000)} s`;
  return [{ promise: 'S1', at: accusation.at, what }];
}

/** The longest time without any round of the accused that the observer could have heard of, of those still recent at `at`. */
function longestSilence(question: { readonly accused: RegionId; readonly observer: RegionId; readonly at: number }, evidence: Evidence): number {
  const { accused, observer, at } = question;
  const heard = evidence.history.rounds.filter((round) => round.region === accused && round.at <= at && round.heardBy.includes(observer));
  const times = [0, ...heard.map((round) => round.at), at];
  const recent = at - accusationDelayMs(evidence.regions.length);
  return Math.max(...times.map((time, index) => (time >= recent ? time - (times[index - 1] ?? time) : 0)));
}
