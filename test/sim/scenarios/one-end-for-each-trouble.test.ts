/** Trouble has one end: it is told once, it is the last word, and what it did not know of has another one. */
import { monitorId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { type Ending, scenario } from './scenario';

const ofTarget = ({ said }: Ending): readonly string[] => said.filter((line) => line.includes('service-001'));

describe('the end of trouble', () => {
  it('with beats of a minute three regions do not tell one end three times', async () => {
    const story = scenario({ beatMs: minute });
    story.targetIsDown('service-001', { seenFrom: [dublin, ohio], from: '00:04:40', to: '00:05:10' });
    const ending = await story.endsInCalm();
    expect(ending.concluded).toEqual(expect.arrayContaining(['opened service-001:availability', 'resolved service-001:availability']));
    expect(ofTarget(ending)).toEqual([`${dublin}: PAGE service-001 is DOWN (confirmed)`, `${dublin}: RESOLVED service-001 is up again`]);
    expect(ending.broken).toEqual([]);
  });

  /** Frankfurt sees no receipt, and its watchdog dies each time it is about to send: its page leaves when others have told the end. */
  it('a page that comes after the end was told is not the last word', async () => {
    const story = scenario({ beatMs: minute });
    for (const other of [dublin, ohio]) {
      story.replicationStalls(frankfurt, other, { from: '00:04:00', to: '00:09:00' });
      story.replicationStalls(other, frankfurt, { from: '00:04:00', to: '00:09:00' });
    }
    story.targetIsDown('service-001', { seenFrom: [dublin, ohio], from: '00:04:10', to: '00:07:00' });
    story.functionCrashes(frankfurt, 'watchdog', { from: '00:05:00', to: '00:09:00', afterAnswers: [23, 10, 35, 2] });
    const ending = await story.endsInCalm();
    expect(ofTarget(ending)).toEqual([
      `${dublin}: PAGE service-001 is DOWN (confirmed)`,
      `${dublin}: RESOLVED service-001 is up again`,
      `${frankfurt}: PAGE service-001 is DOWN (confirmed)`,
      `${frankfurt}: RESOLVED service-001 is up again`,
    ]);
    expect(ending.broken).toEqual([]);
  });

  /**
   * Found by the storm 3599250, and here half a minute sooner: Ohio, which was fast, ended alone what Dublin saw, dated minutes ahead; it opened
   * again, and Dublin's end of that was taken for the one that had been told.
   */
  it('of a trouble that one region ended alone, dated ahead, what others opened again has an end of its own', async () => {
    const faults: readonly Fault[] = [
      { kind: 'target-down', monitor: monitorId('service-001'), from: [dublin], symptom: 'status', begins: 334_543, ends: 664_762 },
      { kind: 'clock-stepping', region: ohio, byMs: 250_280, everyMs: 123_032, begins: 380_000, ends: 696_539 },
    ];
    const { violations, world } = await runSeed({ seed: 3_599_250, engine: realEngine, beatMs: minute, faults });
    const told = world.history.announced.filter(({ key }) => key === 'service-001:availability').map(({ kind }) => kind);
    expect(told).toEqual(['opened', 'resolved', 'opened', 'resolved']);
    expect(violations).toEqual([]);
  });

  /** Frankfurt sees Dublin alone, where it is up, and ends what Ohio alone still sees and calls worse: Frankfurt cannot know that. */
  it('a change that a resolution did not know of has an end of its own', async () => {
    const story = scenario({ beatMs: 10 * second });
    story.targetIsDown('service-001', { seenFrom: [ohio], from: '00:04:14', to: '00:08:20' });
    story.linkIsCut(frankfurt, ohio, { from: '00:05:00', to: '00:08:32' });
    story.regionIsDark(dublin, { from: '00:05:35', to: '00:09:20' });
    const ending = await story.endsInCalm();
    expect(ofTarget(ending)).toEqual([
      `${ohio}: PAGE service-001 is DOWN FROM SOME REGIONS (confirmed)`,
      `${ohio}: PAGE service-001 is DOWN (worsened, single witness)`,
      `${frankfurt}: RESOLVED service-001 is up from every region again`,
      `${ohio}: RESOLVED service-001 is up again`,
    ]);
    expect(ending.broken).toEqual([]);
  });

  /** Frankfurt's log tells Ohio of the end, while what Ohio holds of Dublin is a failing sample from before it, and one of its own fails. */
  it('a view that lags in one region opens nothing', async () => {
    const story = scenario({ beatMs: 10 * second });
    const lagging = { from: '00:06:55', to: '00:09:30' };
    story.targetIsDown('service-001', { seenFrom: [dublin, ohio], from: '00:05:02', to: '00:07:00' });
    story.linkIsCut(dublin, ohio, lagging);
    story.tableFails(frankfurt, { ...lagging, calls: 'reads' });
    story.targetIsDown('service-001', { seenFrom: [ohio], from: '00:07:12', to: '00:07:27' });
    const ending = await story.endsInCalm();
    expect(ofTarget(ending).filter((line) => line.includes('PAGE'))).toEqual([`${dublin}: PAGE service-001 is DOWN (confirmed)`]);
    expect(ending.broken).toEqual([]);
  });
});

/** Found by the storm 601139. Since Frankfurt's clock was set back its records are named ahead of it, so that the end of before its page seems to be of after it. */
it('a page that comes after the end was told is not the last word, though whoever told it names its records ahead of its clock', async () => {
  const directions = [
    { from: frankfurt, to: dublin },
    { from: dublin, to: frankfurt },
  ];
  const faults: readonly Fault[] = [
    { kind: 'clock-skewed', region: frankfurt, byMs: -134_519, begins: 244_926, ends: 648_314 },
    { kind: 'lost-minute', region: frankfurt, role: 'watchdog', begins: 295_000, ends: 355_000 },
    { kind: 'clock-stepping', region: dublin, byMs: 126_117, everyMs: 93_091, begins: 330_105, ends: 499_925 },
    { kind: 'late-invocations', region: frankfurt, role: 'watchdog', lateMs: 16_965_799, isOnly: false, begins: 374_845, ends: 661_609 },
    { kind: 'replication-disordered', directions, upToMs: 30 * second, begins: 380_556, ends: 542_016 },
  ];
  const { violations, world } = await runSeed({ seed: 601_139, engine: realEngine, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.announced.map(({ sender, headline }) => `${sender}: ${headline}`)).toEqual([
    `${dublin}: RESOLVED watchdog:${frankfurt} watches again`,
    `${frankfurt}: PAGE watchdog:${frankfurt} has STOPPED WATCHING (single witness)`,
    `${frankfurt}: RESOLVED watchdog:${frankfurt} watches again`,
  ]);
});

/** Found by the storm 4454541: the prober of Dublin concluded and told the end while its watchdog, whose stores were slow, was about to tell the page. */
it('a page that one function of a region tells after the other has told the end is not the last word', async () => {
  const faults: readonly Fault[] = [
    { kind: 'lost-minute', region: dublin, role: 'watchdog', begins: 295_000, ends: 355_000 },
    { kind: 'table-failing', region: frankfurt, trouble: { calls: 'writes', how: 'condition-refused', probability: 0.05 }, begins: 326_116, ends: 615_413 },
    { kind: 'table-failing', region: dublin, trouble: { calls: 'all', how: 'slow', probability: 0.5 }, begins: 466_468, ends: 696_778 },
    { kind: 'region-dark', region: ohio, darkness: 'hangs', begins: 484_932, ends: 763_162 },
    { kind: 'target-down', monitor: monitorId('service-001'), from: [dublin, ohio], symptom: 'status', begins: 518_086, ends: 764_281 },
    { kind: 'region-dark', region: frankfurt, darkness: 'hangs', begins: 544_661, ends: 629_499 },
  ];
  const { violations, world } = await runSeed({ seed: 4_454_541, engine: realEngine, monitors: 2, beatMs: minute, faults });
  expect(violations).toEqual([]);
  const ofWatchdog = world.history.announced.map(({ headline }) => headline).filter((headline) => headline.includes(`watchdog:${frankfurt}`));
  expect(ofWatchdog.at(-1)).toBe(`RESOLVED watchdog:${frankfurt} watches again`);
});

/** Found by the storm 5018933: Dublin's page was dated minutes ahead, so that the end that Dublin told of it seemed to be of before it. */
it('an end is told once, though the page was dated by a clock that was fast for a moment', async () => {
  const faults: readonly Fault[] = [
    { kind: 'table-failing', region: dublin, trouble: { calls: 'writes', how: 'condition-refused', probability: 0.5 }, begins: 273_452, ends: 396_799 },
    { kind: 'clock-stepping', region: dublin, byMs: 273_543, everyMs: 136_174, begins: 285_982, ends: 607_553 },
    { kind: 'prober-hung', region: ohio, isDeaf: false, begins: 353_606, ends: 742_162 },
    { kind: 'table-failing', region: dublin, trouble: { calls: 'writes', how: 'throttled', probability: 0.5 }, begins: 439_027, ends: 677_101 },
    { kind: 'region-dark', region: frankfurt, darkness: 'hangs', begins: 445_791, ends: 792_696 },
  ];
  const { violations, world } = await runSeed({ seed: 5_018_933, engine: realEngine, monitors: 1, beatMs: minute, faults });
  expect(violations).toEqual([]);
  const ofWatchdog = world.history.announced.map(({ headline }) => headline).filter((headline) => headline.includes(`watchdog:${frankfurt}`));
  expect(ofWatchdog).toEqual([`PAGE watchdog:${frankfurt} has STOPPED WATCHING (single witness)`, `RESOLVED watchdog:${frankfurt} watches again`]);
});

/** Found by the storm 5144817: no topic but that of Frankfurt took the page, and seconds passed until it did. Meanwhile the other function told the end. */
it('a page that was on its way while the other function of its region told the end is not the last word', async () => {
  const directions = [
    { from: dublin, to: ohio },
    { from: ohio, to: dublin },
  ];
  const faults: readonly Fault[] = [
    { kind: 'replication-stalled', directions, begins: 279_564, ends: 488_454 },
    { kind: 'region-dark', region: dublin, darkness: 'refuses', begins: 387_291, ends: 645_680 },
    { kind: 'topic-failing', region: frankfurt, begins: 399_237, ends: 745_331 },
    { kind: 'region-dark', region: ohio, darkness: 'hangs', begins: 454_777, ends: 754_795 },
    { kind: 'topic-failing', region: dublin, begins: 476_197, ends: 795_633 },
  ];
  const { violations, world } = await runSeed({ seed: 5_144_817, engine: realEngine, monitors: 1, beatMs: minute, faults });
  expect(violations).toEqual([]);
  const toldByDublin = world.history.announced.filter(({ sender, headline }) => sender === dublin && headline.includes('monitoring'));
  expect(toldByDublin.map(({ headline }) => headline)).toEqual([
    'RESOLVED monitoring goes on',
    'PAGE monitoring is DOWN: nobody watches (single witness)',
    'RESOLVED monitoring goes on',
  ]);
});
