/** Where claims fail, the loop that should have been handed over to and the one before it both run. */
import type { RegionId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { scenario } from './scenario';

it('once claims work again the older loop goes and the younger one stays: no round is missed', async () => {
  const story = scenario({ beatMs: 10 * second });
  story.credentialsAreRevoked(ohio, { from: '00:02:59', to: '00:06:01' });
  const ending = await story.endsInCalm();
  expect(ending.rounds(ohio, { from: '00:06:10', to: '00:07:00' })).toBeGreaterThanOrEqual(4);
  expect(ending.broken).toEqual([]);
});

it('once claims work again the younger loop goes on after those of the older one, which are ahead by what the clock was fast', async () => {
  const story = scenario({ beatMs: 10 * second, tolerateMs: 30 * second });
  story.clockIsWrong(ohio, { from: '00:01:42', to: '00:05:53', byMs: 90 * second });
  story.credentialsAreRevoked(ohio, { from: '00:03:32', to: '00:08:02' });
  const ending = await story.endsInCalm();
  expect(ending.rounds(ohio, { from: '00:08:02', to: '00:09:02' })).toBeGreaterThanOrEqual(5);
  expect(ending.broken).toEqual([]);
});

it('a loop that begins where claims of a fast clock were lost goes on after what was stored elsewhere', async () => {
  const story = scenario({ beatMs: 10 * second, tolerateMs: 30 * second });
  story.clockSteps(ohio, { from: '00:03:00', to: '00:07:40', byMs: 85 * second, everyMs: 108 * second });
  story.tableFails(ohio, { from: '00:04:39', to: '00:08:13', calls: 'all', how: 'broken', probability: 1 });
  expect((await story.endsInCalm()).broken).toEqual([]);
});

it('old events among new ones do not push the rounds ahead of their slots: each is of the time that it stands for', async () => {
  const story = scenario({ beatMs: 10 * second, tolerateMs: 30 * second });
  story.eventsComeLate(dublin, 'prober', { from: '00:02:54', to: '00:07:46', byMs: 354 * second });
  story.isBadlyDeployed(ohio, 'lies-down', { from: '00:04:32', to: '00:07:56' });
  story.regionIsDark(dublin, { from: '00:07:07', to: '00:08:56' });
  const ending = await story.endsInCalm();
  expect(ending.rounds(dublin, { from: '00:03:00', to: '00:07:00' })).toBeLessThanOrEqual(24);
  expect(ending.broken).toEqual([]);
});

it('a loop whose successor is due lets go of a slot to one that came hours late and has the time: no round is missed', async () => {
  const faults: readonly Fault[] = [
    { kind: 'duplicate-invocations', region: dublin, role: 'prober', afterMs: 5 * second, begins: 233_000, ends: 530_000 },
    { kind: 'late-invocations', region: dublin, role: 'prober', lateMs: 308 * minute, isOnly: true, begins: 302_000, ends: 370_000 },
  ];
  expect((await runSeed({ seed: 36_067, engine: realEngine, beatMs: 10 * second, faults })).violations).toEqual([]);
});

it('a loop whose table is slow ends by itself, though the turn in which it accuses somebody takes longer than those before', async () => {
  const faults: readonly Fault[] = [
    { kind: 'region-dark', region: ohio, darkness: 'hangs', begins: 197_783, ends: 348_030 },
    { kind: 'table-failing', region: dublin, trouble: { calls: 'all', how: 'slow', probability: 1 }, begins: 229_412, ends: 520_186 },
    { kind: 'replication-stalled', directions: bothWays(frankfurt, ohio), begins: 239_559, ends: 401_664 },
    { kind: 'clock-stepping', region: ohio, byMs: 1021, everyMs: 118_722, begins: 240_864, ends: 301_872 },
    { kind: 'region-dark', region: ohio, darkness: 'refuses', begins: 241_221, ends: 422_358 },
  ];
  expect((await runSeed({ seed: 20_351, engine: realEngine, monitors: 2, beatMs: 10 * second, faults })).violations).toEqual([]);
});

const bothWays = (one: RegionId, other: RegionId) => [
  { from: one, to: other },
  { from: other, to: one },
];

it('without the tick of its minute a prober runs until the loops before that minute end, and from the next tick on', async () => {
  const faults: readonly Fault[] = [
    { kind: 'late-invocations', region: dublin, role: 'prober', lateMs: 5 * minute, isOnly: true, begins: 460_000, ends: 486_000 },
  ];
  expect((await runSeed({ seed: 66_519, engine: realEngine, beatMs: 10 * second, faults })).violations).toEqual([]);
});

it('three loops, of events that come twice and hours late, run the slots that they took from one another in their turn', async () => {
  const faults: readonly Fault[] = [
    { kind: 'duplicate-invocations', region: dublin, role: 'prober', afterMs: 10_459, begins: 181_507, ends: 437_947 },
    { kind: 'late-invocations', region: dublin, role: 'prober', lateMs: 17_624_038, isOnly: false, begins: 248_309, ends: 460_155 },
  ];
  expect((await runSeed({ seed: 402_030, engine: realEngine, beatMs: 10 * second, faults })).violations).toEqual([]);
});

it('a loop that finds its slot run by another one, where claims are slow to fail, has the next slot in its turn, not at once', async () => {
  const faults: readonly Fault[] = [
    { kind: 'duplicate-invocations', region: ohio, role: 'prober', afterMs: 3303, begins: 231_070, ends: 506_409 },
    { kind: 'table-failing', region: ohio, trouble: { calls: 'writes', how: 'slow', probability: 0.5 }, begins: 231_741, ends: 515_692 },
    { kind: 'table-failing', region: frankfurt, trouble: { calls: 'all', how: 'slow', probability: 0.1 }, begins: 233_727, ends: 282_869 },
  ];
  expect((await runSeed({ seed: 500_375, engine: realEngine, beatMs: 10 * second, faults })).violations).toEqual([]);
});

/** The neighbour of the storm 81037: what the second loop ran again was no sign of life to anybody, and the prober hung after it. */
it.each([
  { byMs: -14 * second, from: '00:03:01' },
  { byMs: -15 * second, from: '00:02:53' },
  { byMs: -19 * second, from: '00:02:57' },
])('a loop does not run again, where claims fail, what another one has stored elsewhere: %j', async (wrong) => {
  const story = scenario({ beatMs: 10 * second, tolerateMs: 30 * second });
  story.targetIsDown('service-001', { from: '00:02:00', to: '00:06:00', seenFrom: [ohio], symptom: 'hangs' });
  story.tableFails(ohio, { calls: 'writes', from: '00:02:15', to: '00:03:21' });
  story.proberHangs(ohio, { isDeaf: true, from: '00:02:36', to: '00:04:30' });
  story.clockIsWrong(ohio, { ...wrong, to: '00:06:00' });
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('PAGE prober:us-east-2 is SILENT')).toBeGreaterThan(0);
  expect(ending.broken).toEqual([]);
});
