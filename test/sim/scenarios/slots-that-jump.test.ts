/** Where the clock of a prober is set and its events are delivered again, a round may be named for a slot that is minutes ahead. */
import { monitorId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { ohio } from '../settings';
import { at } from '../time-of-story';
import { scenario } from './scenario';

const skipping = (begins: number, ends: number): Fault => ({
  kind: 'skipping',
  region: ohio,
  monitors: ['service-001', 'service-003', 'service-005'].map(monitorId),
  begins,
  ends,
});

const jumping = (byMs: number): readonly Fault[] => [
  { kind: 'duplicate-invocations', region: ohio, role: 'prober', afterMs: 58_214, begins: 436_602, ends: 569_531 },
  { kind: 'clock-skewed', region: ohio, byMs, begins: 544_230, ends: 836_400 },
];

it('that is no pause where the beat before it was on time: what is left out is told in time', async () => {
  const faults = [skipping(411_156, 811_001), ...jumping(80_730)];
  expect((await runSeed({ seed: 500_857, engine: realEngine, faults })).violations).toEqual([]);
});

it.each([80_730, 3 * minute, 5 * minute])('and by %d ms no evidence of it either: one round that is cut short after it is told to nobody', async (byMs) => {
  const faults = [skipping(570 * second, 630 * second), ...jumping(byMs)];
  const { violations, world } = await runSeed({ seed: 500_857, engine: realEngine, faults });
  expect(violations).toEqual([]);
  expect(world.history.announced.filter(({ headline }) => headline.includes('SKIPS'))).toEqual([]);
});

/** Found by the storm 85495: the minute that a new configuration is given began anew, and the page came 107 s after the jump. */
it('a configuration without monitors is no younger for it: it is told as soon as without the jump', async () => {
  const story = scenario({ beatMs: 10 * second });
  story.isBadlyDeployed(ohio, 'empty', { from: '00:02:16', to: '00:08:34' });
  story.clockIsWrong(ohio, { from: '00:04:24', to: '00:07:25', byMs: 220 * second });
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('PAGE prober:us-east-2 SKIPS monitors')).toBeLessThan(at('00:05:10'));
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 84091: the loop had claimed the slot after the last one, by a clock that was slow, and waited for its turn. */
it('a slot that is past when its turn has come, as the clock was set meanwhile, is not recorded: what is recorded is of now', async () => {
  const faults: readonly Fault[] = [
    { kind: 'region-dark', region: ohio, darkness: 'refuses', begins: 132_337, ends: 301_053 },
    { kind: 'clock-stepping', region: ohio, byMs: -222_139, everyMs: 144_380, begins: 163_505, ends: 393_559 },
  ];
  const { violations, world } = await runSeed({ seed: 84_091, engine: realEngine, monitors: 1, faults });
  expect(violations).toEqual([]);
  const [first] = world.history.rounds.filter(({ region, at }) => region === ohio && at > 301_053);
  expect(first?.at).toBeLessThan(315_000);
});

/** Found by the storm 3053571: its last round at home was named just before the one it was due, and so those it had stored elsewhere were not looked at. */
it('a region whose clock was fast before its table broke goes on after the rounds that it stored elsewhere', async () => {
  const story = scenario({ beatMs: minute });
  story.clockIsWrong(ohio, { from: '00:04:31', to: '00:06:31', byMs: 290 * second });
  story.tableFails(ohio, { from: '00:06:10', to: '00:10:19', calls: 'all', how: 'broken', probability: 1 });
  const ending = await story.endsInCalm();
  expect(ending.concluded.filter((line) => line.startsWith('opened prober:us-east-2:watch'))).toEqual([]);
  expect(ending.broken).toEqual([]);
});
