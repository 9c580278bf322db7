import { instant, monitorHash, monitorId, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { disbelief } from '../../src/core/canary';
import { coverageOf } from '../../src/core/coverage';
import { type CoverageQuestion, coverageFinding } from '../../src/core/coverage-finding';
import { config, east, head, middle, monitor, sample, slot, west } from './builders';

const quick = monitor({ id: monitorId('quick'), hash: monitorHash('00000000000a'), intervalMs: 10 * second, timeoutMs: 3 * second });
const slow = monitor({ id: monitorId('slow'), hash: monitorHash('00000000000b'), intervalMs: 5 * minute, timeoutMs: 3 * second });
const two = config({ monitors: [quick, slow] });
const newest = slot('00:30');
const covering = (quickAgeS: number, slowAgeS: number) =>
  head({
    region: east,
    slot: newest,
    configHash: two.hash,
    samples: [sample({ hash: quick.hash, slot: slotAt(newest - quickAgeS) }), sample({ hash: slow.hash, slot: slotAt(newest - slowAgeS) })],
  });

describe('what a region covers', () => {
  it.each([
    ['everything that was due', covering(0, 290), 'whole', []],
    ['a sample that is two intervals and a timeout old', covering(23, 290), 'whole', []],
    ['one that is older', covering(24, 290), 'skipping', ['quick']],
    ['a vector that does not move any more, though beats come', covering(604, 604), 'skipping', ['quick', 'slow']],
    ['a monitor that was never sampled', head({ ...covering(0, 0), samples: [sample({ hash: quick.hash, slot: newest })] }), 'skipping', ['slow']],
    ['nothing that can be believed', head({ ...covering(0, 0), canaries: 'closed-port-answered' }), 'lying', []],
    ['another configuration, of which nothing is known', head({ ...covering(604, 604), configHash: 'other' }), 'whole', []],
    ['another configuration, which holds nothing', head({ ...covering(0, 0), configHash: 'other', samples: [], expected: 0 }), 'skipping', []],
  ] as const)('%s', (_case, seen, work, skipped) => {
    expect(coverageOf(seen, two, 3600 * second)).toMatchObject({ work, skipped });
  });

  const caller = monitor({
    id: monitorId('caller'),
    hash: monitorHash('00000000000c'),
    probe: { kind: 'heartbeat', token: 'f00dfeed-0123-4567-89ab', times: { kind: 'every', everyMs: minute }, graceMs: minute },
  });
  const calls = config({ monitors: [caller, quick] });
  const seenAtWork = (ageMs: number) => {
    const seen = head({ ...covering(0, 0), configHash: calls.hash });
    return { ...seen, receiving: [{ from: instant(0), to: instant(seen.startedAt - ageMs) }] };
  };
  it.each([
    ['is at work', seenAtWork(0), 'whole', []],
    ['was at work a little while ago', seenAtWork(25_000), 'whole', []],
    ['takes nothing', seenAtWork(25_001), 'skipping', ['caller']],
    ['was never seen at work', { ...seenAtWork(0), receiving: [] }, 'skipping', ['caller']],
  ] as const)('a monitor that calls is covered where the inbox %s', (_case, seen, work, skipped) => {
    expect(coverageOf(seen, calls, 3600 * second)).toMatchObject({ work, skipped });
    expect(coverageOf(seen, calls, 25_000)).toMatchObject({ work: 'whole' });
  });

  const empty = head({ ...covering(0, 0), configHash: 'other', samples: [], expected: 0 });
  it.each([
    ['holds nothing, seen for a minute', empty, 60 * second, 'whole', 'every monitor is covered'],
    ['holds nothing, seen for longer', empty, 60 * second + 1, 'skipping', 'its configuration holds no monitors'],
    ['holds monitors that were not due yet', { ...empty, expected: 1 }, 3600 * second, 'whole', 'every monitor is covered'],
    ['holds monitors, none of which is due now', { ...empty, samples: [sample()] }, 3600 * second, 'whole', 'every monitor is covered'],
  ] as const)('another configuration that %s', (_case, seen, seenMs, work, reason) => {
    expect(coverageOf(seen, two, seenMs)).toEqual({ work, skipped: [], reason, isSure: seenMs > 60 * second });
  });

  it.each([0, 3600 * second])('is sure to be worth nothing where a canary reads wrong, seen for %i ms', (seenMs) => {
    const seen = head({ ...covering(0, 0), canaries: 'closed-port-answered' });
    expect(coverageOf(seen, two, seenMs)).toEqual({ work: 'lying', skipped: [], reason: disbelief['closed-port-answered'], isSure: true });
  });

  it('is said in numbers', () => {
    expect(coverageOf(covering(24, 290), two, 3600 * second).reason).toBe('1 of 2 monitors were due and not covered');
    expect(coverageOf(covering(0, 290), two, 3600 * second).reason).toBe('every monitor is covered');
  });

  it('is not held against a region before this observer has seen it report for long enough', () => {
    const restarted = covering(1800, 1800);
    expect(coverageOf(restarted, two, 23 * second).skipped).toEqual([]);
    expect(coverageOf(restarted, two, 24 * second).skipped).toEqual(['quick']);
    expect(coverageOf(restarted, two, 604 * second).skipped).toEqual(['quick', 'slow']);
  });
});

describe('what is written of it', () => {
  const question = (over: Partial<CoverageQuestion>): CoverageQuestion => ({
    subject: east,
    state: 'skipping',
    coverage: { work: 'skipping', skipped: [monitorId('quick')], reason: '1 of 2 monitors were due and not covered', isSure: true },
    lastsMs: 60 * second,
    patience: { cycleMs: 10 * second, tolerateMs: 60 * second },
    newest,
    speakers: [west, east, middle],
    me: west,
    ...over,
  });

  it.each([
    ['nothing before what is tolerated is over', { lastsMs: 60 * second - 1 }, undefined, 'not-long-enough'],
    ['that it skips, then', {}, 'skipping', undefined],
    ['that it lies', { state: 'lying' }, 'lying', undefined],
    [
      'nothing before two beats have shown that it lies',
      { state: 'lying', patience: { cycleMs: 40 * second, tolerateMs: 60 * second } },
      undefined,
      'not-long-enough',
    ],
    ['that all is well when it reports', { state: 'reporting' }, 'well', undefined],
    ['that all is well when only its configuration is older', { state: 'skewed' }, 'well', undefined],
    [
      'nothing while it has not reported for long enough to tell',
      { state: 'reporting', coverage: { work: 'whole', skipped: [], reason: '', isSure: false } },
      undefined,
      'not-long-enough',
    ],
    ['nothing while it is silent', { state: 'silent' }, undefined, undefined],
    ['nothing while it is late', { state: 'late' }, undefined, undefined],
  ] as [string, Partial<CoverageQuestion>, string | undefined, string | undefined][])('%s', (_case, over, condition, undecided) => {
    expect(coverageFinding(question(over))).toMatchObject({ condition, undecided });
  });

  it('names the monitors, but not hundreds of them; the region itself does not speak first', () => {
    const skipped = Array.from({ length: 12 }, (_, index) => monitorId(`m${index}`));
    const finding = coverageFinding(question({ coverage: { work: 'skipping', skipped, reason: '12 of 20 monitors were due and not covered', isSure: true } }));
    expect(finding.facts()).toEqual([
      'us-east-2: 12 of 20 monitors were due and not covered',
      'not covered: m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, and 2 more',
    ]);
    expect(finding.about).toMatchObject({ key: 'prober:us-east-2:coverage', family: 'coverage', severity: 'page' });
    expect(finding.about.speaker).not.toBe(east);
    expect(finding.evidence).toEqual({ [east]: newest });
  });
});
