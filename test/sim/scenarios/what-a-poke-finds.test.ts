/** What a poke finds is of the round that it finds: one that was only just begun, or that somebody has given up, says nothing of a prober that hangs. */
import { monitorId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { scenario } from './scenario';

const tenSeconds = 10 * second;

it('a prober that hung while its clock was set back is not called hung again, though the slots of its rounds are minutes ahead of it', async () => {
  const story = scenario({ beatMs: minute });
  story.clockIsWrong(ohio, { from: '00:04:23', to: '00:05:45', byMs: 4 * minute });
  story.targetIsDown('service-001', { from: '00:05:24', to: '00:10:48', seenFrom: [dublin, ohio], symptom: 'hangs' });
  story.proberHangs(ohio, { from: '00:05:44', to: '00:08:14' });
  const ending = await story.endsInCalm();
  expect(ending.concluded.filter((line) => line === 'opened prober:us-east-2:watch')).toHaveLength(1);
  expect(ending.broken).toEqual([]);
});

it('a prober that hangs while its clock is set ahead by minutes is called hung: by that clock the round that it began seems given up', async () => {
  const story = scenario({ beatMs: tenSeconds });
  story.proberHangs(dublin, { from: '00:02:24', to: '00:08:58' });
  story.clockIsWrong(dublin, { from: '00:03:16', to: '00:08:31', byMs: 4 * minute });
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('PAGE prober:eu-west-1 is HUNG')).toBeGreaterThan(0);
  expect(ending.said.filter((line) => line.includes('STOPPED'))).toEqual([]);
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 3593744: by the clock of that prober its rounds were begun minutes from now. */
it('a prober that hangs while its clock is fast by minutes is called hung as soon as any other', async () => {
  const story = scenario({ beatMs: minute });
  story.clockIsWrong(dublin, { from: '00:04:14', to: '00:08:05', byMs: 3 * minute });
  story.proberHangs(dublin, { from: '00:04:26', to: '00:11:00' });
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('PAGE prober:eu-west-1 is HUNG')).toBeLessThan(at('00:06:30'));
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 3273284: by the clock that was right again the oldest round had been claimed minutes from now. */
it('a prober that hangs, and whose clock was fast until amid its silence, is called hung as soon as any other', async () => {
  const story = scenario({ beatMs: minute });
  story.clockIsWrong(ohio, { from: '00:05:17', to: '00:10:13', byMs: 222_225 });
  story.proberHangs(ohio, { from: '00:09:01', to: '00:14:00' });
  const ending = await story.endsInCalm();
  expect(ending.firstSaidAt('PAGE prober:us-east-2 is HUNG')).toBeLessThan(at('00:11:40'));
  expect(ending.broken).toEqual([]);
});

it('a prober whose region was dark for a moment is not called hung while its first round waits for a target that hangs', async () => {
  const story = scenario({ beatMs: minute });
  story.targetIsDown('service-001', { from: '00:05:34', to: '00:07:40', seenFrom: [dublin, ohio], symptom: 'hangs' });
  story.regionIsDark(ohio, { from: '00:06:00', to: '00:06:44', darkness: 'refuses' });
  story.regionIsDark(dublin, { from: '00:06:24', to: '00:08:26', darkness: 'hangs' });
  const ending = await story.endsInCalm();
  expect(ending.said.filter((line) => line.includes('HUNG'))).toEqual([]);
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 79981: by its slot the round was older than it was. */
it('a prober that begins with a slot it has missed, when its region is there again, is not called hung in that round', async () => {
  const faults: readonly Fault[] = [
    { kind: 'region-dark', region: dublin, darkness: 'refuses', begins: 142_322, ends: 489_174 },
    { kind: 'target-down', monitor: monitorId('service-001'), from: [ohio], symptom: 'hangs', begins: 160_145, ends: 520_973 },
    { kind: 'region-dark', region: ohio, darkness: 'hangs', begins: 222_541, ends: 454_102 },
    { kind: 'duplicate-invocations', region: frankfurt, role: 'watchdog', afterMs: 3004, begins: 372_537, ends: 502_293 },
  ];
  const { violations, world } = await runSeed({ seed: 79_981, engine: realEngine, beatMs: tenSeconds, faults });
  expect(violations).toEqual([]);
  expect(world.history.logged.filter(({ body }) => body.subject === `prober:${ohio}` && body.verdict === 'hung')).toEqual([]);
});

/** Found by the storm 83941: the environment that said so had been at rest since the silence before, in which the prober hung. */
it('a prober that hung, and is found amid its first round after a later silence, is not called hung for what was found of it then', async () => {
  const faults: readonly Fault[] = [{ kind: 'bad-deploy', region: ohio, deploy: 'empty', begins: 265_278, ends: 436_800 }];
  const { violations, world } = await runSeed({ seed: 83_941, engine: realEngine, faults });
  expect(violations).toEqual([]);
  expect(world.history.announced.filter(({ headline }) => headline.includes('PAGE prober:us-east-2 is HUNG')).map(({ at: toldAt }) => toldAt)).toEqual([
    expect.closeTo(at('00:04:58'), -3),
  ]);
});

/** Found by the storm 1014685: by its only beat that an observer had seen, which came after five minutes, the round that darkness had ended was still under way. */
it('a prober whose round was ended by darkness is not called hung in its next one, by whoever was dark as well', async () => {
  const faults: readonly Fault[] = [
    { kind: 'duplicate-invocations', region: frankfurt, role: 'watchdog', afterMs: 34_866, begins: 253_327, ends: 539_559 },
    { kind: 'target-down', monitor: monitorId('service-001'), from: [dublin, ohio], symptom: 'hangs', begins: 284_435, ends: 667_778 },
    { kind: 'region-dark', region: dublin, darkness: 'hangs', begins: 312_396, ends: 634_309 },
    { kind: 'region-dark', region: frankfurt, darkness: 'refuses', begins: 331_923, ends: 551_507 },
    { kind: 'region-dark', region: ohio, darkness: 'hangs', begins: 482_367, ends: 714_299 },
  ];
  const { violations, world } = await runSeed({ seed: 1_014_685, engine: realEngine, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.logged.filter(({ body }) => body.subject === `prober:${dublin}` && body.verdict === 'hung')).toEqual([]);
});

/** Found by the storm 1004319: a prober that looks once a minute had found the other one at no work the time before. */
it('a prober that hung and is invoked again is not called stopped by who pokes it in its first round', async () => {
  const faults: readonly Fault[] = [
    { kind: 'region-dark', region: dublin, darkness: 'refuses', begins: 306_515, ends: 645_828 },
    { kind: 'region-dark', region: ohio, darkness: 'refuses', begins: 351_195, ends: 736_373 },
    { kind: 'watchdog-dead', region: frankfurt, begins: 482_962, ends: 805_088 },
    { kind: 'prober-hung', region: ohio, isDeaf: false, begins: 499_493, ends: 787_083 },
  ];
  const { violations, world } = await runSeed({ seed: 1_004_319, engine: realEngine, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.logged.filter(({ body }) => body.kind === 'opened' && body.verdict === 'stopped')).toEqual([]);
});

/** Found by the storm 3034683: by its slot the round had begun almost a minute before it did. */
it('a prober whose first event after a silence comes late in its minute, and that crashes in it, is not called hung at once', async () => {
  const faults: readonly Fault[] = [
    { kind: 'crashes', region: ohio, role: 'prober', afterAnswers: [19, 3, 3, 16], begins: 469_665, ends: 714_173 },
    { kind: 'late-invocations', region: ohio, role: 'prober', lateMs: 159_642, isOnly: true, begins: 474_393, ends: 543_798 },
  ];
  const { violations, world } = await runSeed({ seed: 3_034_683, engine: realEngine, monitors: 1, beatMs: minute, faults });
  expect(violations).toEqual([]);
  const [hung] = world.history.logged.filter(({ body }) => body.subject === `prober:${ohio}` && body.verdict === 'hung');
  expect(hung === undefined || hung.at > at('00:09:15')).toBe(true);
});

/** Found by the storm 4422940: it was poked while its store took everything again. */
it('a prober that finished a round whose beat no store took is not called hung for it, by whoever is cut off with it', async () => {
  const faults: readonly Fault[] = [
    { kind: 'table-failing', region: ohio, trouble: { calls: 'all', how: 'throttled', probability: 0.1 }, begins: 264_604, ends: 373_253 },
    { kind: 'isolated', region: ohio, others: [dublin, frankfurt], begins: 361_063, ends: 529_584 },
  ];
  const { violations, world } = await runSeed({ seed: 4_422_940, engine: realEngine, monitors: 1, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.logged.filter(({ body }) => body.kind === 'opened' && body.verdict === 'hung')).toEqual([]);
});
