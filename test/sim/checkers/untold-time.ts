/** L2: time that nobody watched is written down and told, live or afterwards, by when everything that has healed must have settled. */
import { second } from '../../../src/core/basics/time';
import { readSequence } from '../../../src/core/sequence';
import type { Claim } from '../history';
import { timeOfStory } from '../time-of-story';
import { startsAt } from '../world';
import { roundSlackMs } from './bounds';
import { clockOffMs, settledTimes } from './convergence';
import type { Checker, Evidence, Violation } from './evidence';
import { type Interval, pausesBetween } from './intervals';

export const untoldTime: Checker = (evidence) => {
  const rounds = evidence.config.regions.probers.flatMap((region) => [...evidence.sightings.rounds(region)]).sort((one, other) => one - other);
  const [first] = rounds;
  if (first === undefined) return [];
  const pauses = pausesBetween(rounds, { begins: first, ends: evidence.to }, leastMs(evidence)).filter(({ ends }) => ends < evidence.to);
  return pauses.flatMap((pause) => judge(pause, evidence));
};

/** A round holds for an interval, and what is tolerated of one prober is tolerated of all. Rounds are seen when they end, and may be of a slot so long ago. */
const leastMs = ({ config }: Evidence): number => config.beatIntervalMs + config.watch.tolerateMs + roundSlackMs(config) + behindMs;
const behindMs = 10 * second;

function judge(pause: Interval, evidence: Evidence): readonly Violation[] {
  const isTimeDisputed = evidence.harms.some((harm) => harm.takes === 'clock');
  const least = leastMs(evidence);
  const { beatIntervalMs } = evidence.config;
  const isByNames = namedPauseMs(pause, evidence) > least + (isTimeDisputed ? beatIntervalMs : 0);
  // A round that begins late in its minute is named for all of it: so much may be missing of a pause, and no more.
  const isAnyhow = !isTimeDisputed && pause.ends - pause.begins > least + beatIntervalMs;
  if (!isByNames && !isAnyhow) return [];
  const calm = settledTimes(evidence).find(({ begins }) => begins > pause.ends);
  if (calm === undefined) return [];
  const by = calm.begins + (isTimeDisputed ? clockOffMs : 0);
  if (by > calm.ends) return [];
  const wrong: string[] = [];
  if (!isSaid({ begins: pause.begins, ends: by }, evidence)) wrong.push('told');
  // In the time of the regions it was another time, where one of them had the time wrong.
  if (!isTimeDisputed && isByNames && !isWrittenDown(pause, by, evidence)) wrong.push('written down');
  const when = `from ${timeOfStory(pause.begins)} to ${timeOfStory(pause.ends)}`;
  return wrong.map((what) => ({ promise: 'L2', at: by, what: `nobody watched ${when}, and that was not ${what} until ${timeOfStory(by)}` }));
}

/**
 * How long the pause was by the names of the slots around it and of those that were made up for later, by an interval at most too short.
 * Whose clock was fast names rounds ahead of time, and goes on from there when it is right again: no store knows then that nobody watched.
 */
function namedPauseMs({ begins, ends }: Interval, { history }: Evidence): number {
  const from = Math.max(...history.rounds.filter(({ at }) => at <= begins).map(nameOf));
  const to = Math.min(...history.rounds.filter(({ at }) => at === ends).map(nameOf));
  // Two rounds that a prober finishes at once are one in the history: what it makes up for is known by its claims, or by what ends later where no store took them.
  const named = [...history.claims, ...history.rounds].filter(({ at }) => at > begins).map(nameOf);
  const inside = named.filter((name) => name > from && name < to).sort((one, other) => one - other);
  const names = [from, ...inside, to];
  return Math.max(...names.map((name, index) => name - (names[index - 1] ?? name)));
}

const nameOf = ({ seq }: Claim): number => readSequence(seq).slot * second;

const key = 'monitoring:coverage';

const isSaid = ({ begins, ends }: Interval, { history }: Evidence): boolean =>
  history.announced.some((one) => one.key === key && one.at > begins && one.at <= ends);

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Most of what nobody watched lies in what any region wrote down of it. */
function isWrittenDown(pause: Interval, by: number, { history }: Evidence): boolean {
  const gaps = history.logged.filter(({ at, body }) => at <= by && body.kind === 'gap');
  const stretches = gaps.flatMap(({ body }) => body.stretches as readonly Stretch[]);
  const middle = startsAt + (pause.begins + pause.ends) / 2;
  return stretches.some(({ from, to }) => from <= middle && middle <= to);
}
