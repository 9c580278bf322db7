/** S13: rounds that look at nothing are told of, and L1: so are rounds that leave out monitors or do not tell the truth. */
import { minute, second } from '../../../src/core/basics/time';
import { timeOfStory } from '../time-of-story';
import { stoppedProberMs } from './bounds';
import { type Checker, type Evidence, isTold, type Violation } from './evidence';
import { type Harm, isOf } from './harm';
import { pausesBetween, touches } from './intervals';
import { couldBeIsolated, couldWatch, disturbances } from './speakers';

const worthless: readonly Harm['takes'][] = ['everything-expected', 'cover', 'truth'];

export const worthlessRounds: Checker = (evidence) =>
  evidence.harms.flatMap((harm) => ('region' in harm && worthless.includes(harm.takes) ? judge(harm, evidence) : []));

function judge(harm: Extract<Harm, { region: unknown }>, evidence: Evidence): readonly Violation[] {
  const { config, history, harms, regions } = evidence;
  const disturbing = disturbances(harms, { begins: harm.begins - stoppedProberMs(config), ends: harm.begins + 2 * stoppedProberMs(config) }, (other) =>
    isOf(other, harm.region),
  );
  // What is left out must be missed twice before it is seen to be; a configuration without monitors is given a minute from its first round.
  const seenMs = 3 * config.beatIntervalMs + (harm.takes === 'everything-expected' ? minute : 0);
  const boundMs = stoppedProberMs(config) * (disturbing.length === 0 ? 1 : 2) + seenMs;
  const by = (harm.takes === 'cover' ? inARowSince(harm, boundMs, evidence) : harm.begins) + boundMs;
  const time = { begins: harm.begins - 2 * (config.watch.tolerateMs + config.beatIntervalMs), ends: by };
  const speakers = regions.filter((other) => other !== harm.region && couldWatch(other, time, evidence) && !couldBeIsolated(other, time, evidence));
  if (harm.ends < by || by > evidence.to || speakers.length === 0) return [];
  const told = { from: harm.begins, upTo: by };
  const isSaid =
    isTold(history.announced, { key: `prober:${harm.region}:coverage`, conditions: ['skipping', 'lying', 'flapping'], ...told }) ||
    isTold(history.announced, { key: 'monitoring:coverage', conditions: ['unwatched', 'flapping'], ...told }) ||
    isTold(history.announced, { key: `prober:${harm.region}:watch`, conditions: ['silent', 'hung', 'stopped', 'store-down', 'flapping'], ...told });
  if (isSaid) return [];
  const what = `from ${timeOfStory(harm.begins)} the rounds of ${harm.region} were worth nothing (${harm.takes}), and nobody was told within ${Math.round(boundMs / second)} s`;
  return [{ promise: harm.takes === 'everything-expected' ? 'S13' : 'L1', at: by, what }];
}

/**
 * What is left out is counted by rounds in a row: where one does not come, nobody can know what the next one should have covered since. A round that is
 * missing for no other harm of that region excuses nothing.
 */
function inARowSince(harm: Extract<Harm, { region: unknown }>, boundMs: number, { sightings, harms, config, to }: Evidence): number {
  const others = harms.filter((other) => other !== harm && isOf(other, harm.region));
  const pauses = pausesBetween(sightings.rounds(harm.region), { begins: harm.begins, ends: to }, 1.5 * config.beatIntervalMs);
  const excused = pauses.filter((pause) => others.some((other) => touches(other, pause)));
  return excused.reduce((since, pause) => (pause.begins < since + boundMs ? pause.ends : since), harm.begins);
}
