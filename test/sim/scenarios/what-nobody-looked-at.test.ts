/** Time in which an observer could not look is no evidence, and an event of long ago is a reason to look all the same. */
import { monitorId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { scenario } from './scenario';

it('whose rights were gone has not looked meanwhile: it accuses nobody before it has', async () => {
  const story = scenario({ beatMs: minute });
  story.credentialsAreRevoked(ohio, { from: '00:05:54', to: '00:08:56' });
  story.watchdogDies(ohio, { from: '00:06:54', to: '00:11:54' });
  story.watchdogDies(dublin, { from: '00:09:16', to: '00:10:56' });
  story.isBadlyDeployed(dublin, 'throws', { from: '00:08:57', to: '00:13:57' });
  expect((await story.endsInCalm()).broken).toEqual([]);
});

it('a watchdog whose events all come hours late goes on watching', async () => {
  const story = scenario({ beatMs: minute });
  story.scheduleIsStopped(dublin, 'watchdog', { from: '00:04:57', to: '00:12:00' });
  story.eventsComeLate(dublin, 'watchdog', { from: '00:04:57', to: '00:12:00', byMs: 145 * minute });
  const ending = await story.endsInCalm();
  expect(ending.said).toEqual([]);
  expect(ending.broken).toEqual([]);
});

it('a watchdog that is given old events and new ones goes on watching, for no clock was set', async () => {
  const story = scenario({ beatMs: minute });
  story.regionIsDark(dublin, { from: '00:04:16', to: '00:12:36' });
  story.regionIsDark(ohio, { from: '00:05:34', to: '00:12:36' });
  story.eventsComeLate(frankfurt, 'watchdog', { from: '00:05:54', to: '00:10:15', byMs: 3 * minute });
  const ending = await story.endsInCalm();
  expect(ending.concluded).toContainEqual(expect.stringMatching(/^opened monitoring:coverage|^opened prober:/));
  expect(ending.broken).toEqual([]);
});

it('who has watched without a break measures by its own clock, and not by what a watchdog remembers of another one', async () => {
  const story = scenario({ beatMs: minute });
  story.watchdogDies(ohio, { from: '00:06:19', to: '00:09:51' });
  story.clockIsWrong(ohio, { from: '00:08:34', to: '00:13:17', byMs: 204_000 });
  story.functionCrashes(frankfurt, 'watchdog', { from: '00:10:40', to: '00:12:20', afterAnswers: [3, 3] });
  const ending = await story.endsInCalm();
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 230384: by a clock that is fast Dublin's last beat seems to be of later than it is, and so to count for longer. */
it('a region that reaches nobody any more says nothing of the work of others by what it had heard before', async () => {
  const story = scenario({ beatMs: minute, tolerateMs: 30 * second });
  story.namesAreGone(dublin, { from: '00:04:46', to: '00:08:08' });
  story.clockIsWrong(dublin, { from: '00:05:54', to: '00:11:02', byMs: 165 * second });
  story.regionIsIsolated(frankfurt, { from: '00:06:05', to: '00:08:21' });
  story.isBadlyDeployed(dublin, 'throws', { from: '00:06:55', to: '00:11:48' });
  const ending = await story.endsInCalm();
  expect(ending.concluded.filter((line) => line === 'opened prober:eu-west-1:coverage')).toHaveLength(1);
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 86829: who had begun to watch a moment before took a beat of four minutes ago for one of now. */
it.each(['00:10:12', '00:10:50'])('what a region had seen before it was lost says nothing of now to a watchdog that watches again since %s', async (to) => {
  const story = scenario({ beatMs: 10 * second });
  story.targetIsDown('service-001', { from: '00:04:16', to: '00:07:32', seenFrom: [dublin, ohio], symptom: 'impersonated' });
  story.regionIsIsolated(frankfurt, { from: '00:04:18', to: '00:08:44' });
  story.regionIsDark(dublin, { from: '00:05:31', to: '00:08:58', darkness: 'refuses' });
  story.watchdogDies(dublin, { from: '00:05:58', to });
  story.regionIsDark(ohio, { from: '00:06:12', to: '00:10:57', darkness: 'refuses' });
  const ending = await story.endsInCalm();
  expect(ending.broken).toEqual([]);
  expect(ending.concluded.filter((line) => line === 'opened service-001:identity')).toHaveLength(1);
});

/** Found by the storm 3558187: the one failure that Ohio had seen before it missed its rounds stood beside what Dublin saw since, as one more. */
it('two outages of a target are two, though one region missed the second', async () => {
  const story = scenario({ beatMs: minute, tolerateMs: 30 * second });
  story.targetIsDown('service-001', { from: '00:04:16', to: '00:05:24', seenFrom: [dublin, ohio], symptom: 'hangs' });
  story.scheduleIsStopped(ohio, 'prober', { from: '00:05:36', to: '00:12:25' });
  story.targetIsDown('service-001', { from: '00:08:25', to: '00:10:36', seenFrom: [dublin, ohio], symptom: 'refuses' });
  const ending = await story.endsInCalm();
  expect(ending.concluded.filter((line) => line.includes('service-001'))).not.toContainEqual(expect.stringMatching(/^changed/));
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 4354225: by its own clock, which had been set back, it had watched for minutes. */
it('who had its clock set back says nothing of the work of others by a beat that it did not see come', async () => {
  const faults: readonly Fault[] = [
    { kind: 'bad-deploy', region: dublin, deploy: 'lies-down', begins: 255_021, ends: 375_703 },
    { kind: 'schedule-stopped', region: dublin, role: 'prober', begins: 359_325, ends: 592_270 },
    { kind: 'target-down', monitor: monitorId('service-002'), from: [dublin, ohio], symptom: 'hangs', begins: 371_121, ends: 755_094 },
    { kind: 'clock-skewed', region: ohio, byMs: 136_178, begins: 384_097, ends: 658_299 },
    { kind: 'bad-deploy', region: ohio, deploy: 'throws', begins: 477_378, ends: 678_156 },
    { kind: 'bad-deploy', region: dublin, deploy: 'throws', begins: 530_111, ends: 764_912 },
  ];
  const { violations, world } = await runSeed({ seed: 4_354_225, engine: realEngine, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.logged.filter(({ region, body }) => region === ohio && body.verdict === 'lying')).toEqual([]);
});
