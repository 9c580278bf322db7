/** S10: nothing that a region does waits for another one: whatever happens elsewhere, it goes on finishing rounds at its cadence. */
import { minute, second } from '../../../src/core/basics/time';
import { timeOfStory } from '../time-of-story';
import { roundSlackMs } from './bounds';
import type { Checker } from './evidence';
import { type Harm, isOf } from './harm';
import { pausesBetween, touches } from './intervals';

export const nobodyWaits: Checker = ({ config, sightings, harms, to }) =>
  config.regions.probers.flatMap((region) => {
    const own = harms.filter((harm) => isOf(harm, region));
    const longestMs = 2 * config.beatIntervalMs + roundSlackMs(config);
    const pauses = pausesBetween(sightings.rounds(region), { begins: 0, ends: to }, longestMs);
    const unexcused = pauses.filter(
      ({ begins, ends }) => !own.some((harm) => touches(harm, { begins: begins - config.beatIntervalMs, ends }) || tookItsTick(harm, begins)),
    );
    return unexcused.map(({ begins, ends }) => ({
      promise: 'S10',
      at: ends,
      what: `${region} finished no round for ${Math.round((ends - begins) / second)} s from ${timeOfStory(begins)}, with nothing wrong in its own region`,
    }));
  });

/** A tick comes with a few seconds of jitter. */
const jitterMs = 5 * second;

/** Whoever should run now was to be invoked by the last full minute: without that tick the rounds end with those who were there before, until the next one. */
function tookItsTick(harm: Harm, begins: number): boolean {
  const tick = Math.floor(begins / minute) * minute;
  return harm.takes === 'ticks' && touches(harm, { begins: tick, ends: tick + jitterMs });
}
