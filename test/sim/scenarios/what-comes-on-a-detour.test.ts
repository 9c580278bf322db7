/** Two ways for a region to be at work and not to be believed: a claim that it won and does not know of, and work that is seen on a detour alone. */
import { minute, second } from '../../../src/core/basics/time';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { scenario } from './scenario';

it.each([10 * second, minute])('a prober that wins its slots and loses each answer goes on with its rounds, with beats of %i ms', async (beatMs) => {
  const story = scenario({ beatMs });
  story.tableFails(dublin, { calls: 'writes', how: 'condition-refused', probability: 1, from: '00:03:00', to: '00:08:00' });
  const ending = await story.endsInCalm();
  expect(ending.rounds(dublin, { from: '00:04:00', to: '00:08:00' })).toBeGreaterThanOrEqual((4 * minute) / beatMs - 1);
  expect(ending.said).toEqual([]);
  expect(ending.broken).toEqual([]);
});

it.each([10 * second, minute])('rounds that look at nothing are told though they come on a detour, with beats of %i ms', async (beatMs) => {
  const story = scenario({ beatMs });
  const during = { from: '00:04:00', to: '00:14:00' };
  story.isBadlyDeployed(ohio, 'empty', during);
  story.replicationStalls(ohio, frankfurt, during);
  for (const region of [dublin, ohio]) story.watchdogDies(region, during);
  story.scheduleIsStopped(dublin, 'prober', during);
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('PAGE prober:us-east-2 SKIPS monitors')).toBeLessThan(at('00:10:00'));
  expect(ending.broken).toEqual([]);
});

it.each(['00:05:16', '00:05:26', '00:05:36'])(
  'a watchdog that is seen on a detour alone is asked for at every look: when that way is lost at %s, its silence counts from then',
  async (from) => {
    const story = scenario({ beatMs: 10 * second });
    story.replicationStalls(frankfurt, dublin, { from: '00:04:12', to: '00:07:30' });
    story.linkIsCut(frankfurt, ohio, { from: '00:04:23', to: '00:07:43' });
    story.linkIsCut(frankfurt, dublin, { from, to: '00:08:40' });
    const ending = await story.endsInCalm();
    expect(ending.firstSaidAt('PAGE watchdog:eu-central-1')).toBeGreaterThanOrEqual(at(from) + 58 * second);
    expect(ending.broken).toEqual([]);
  },
);
