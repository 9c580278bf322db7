import { monitorHash, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { advanceSample, type Sample } from '../../src/core/health';
import { type Reason, reasons } from '../../src/core/observation';
import { attempt, monitor, observation, slot } from './builders';

/** Samples after outcomes such as `ok ok fail`, one every ten seconds. */
function sampleAfter(outcomes: string, of = monitor()): Sample | undefined {
  return outcomes.split(' ').reduce<Sample | undefined>((before, outcome, index) => {
    const reason: Reason = outcome === 'ok' ? 'ok' : outcome === 'fail' ? 'status' : 'prober-error';
    return advanceSample(before, observation({ slot: slot(`00:00:${String(index).padStart(2, '0')}`), attempts: [attempt({ reason })] }), of);
  }, undefined);
}

describe("a region's own health of a monitor", () => {
  it.each([
    ['ok', 'unknown'],
    ['ok ok', 'up'],
    ['fail', 'unknown'],
    ['fail fail', 'down'],
    ['ok ok fail', 'up'],
    ['ok ok fail fail', 'down'],
    ['fail fail ok', 'down'],
    ['fail fail ok ok', 'up'],
    ['ok ok fail ok fail ok', 'up'],
  ])('after %s is %s', (outcomes, health) => {
    expect(sampleAfter(outcomes)?.health).toBe(health);
  });

  it('needs as many samples as the monitor asks for', () => {
    expect(sampleAfter('fail fail fail', monitor({ downAfter: 4 }))?.health).toBe('unknown');
    expect(sampleAfter('fail fail fail fail', monitor({ downAfter: 4 }))?.health).toBe('down');
  });

  it("is not touched by the prober's own trouble", () => {
    expect(sampleAfter('ok ok oops oops oops')).toEqual(sampleAfter('ok ok'));
  });

  it('starts again when the configuration of the monitor changes', () => {
    const before = sampleAfter('fail fail');
    const changed = monitor({ hash: monitorHash('00000000000b') });
    expect(advanceSample(before, observation({ hash: changed.hash }), changed)).toMatchObject({ run: 1, health: 'unknown' });
  });

  it('counts runs and remembers outcomes one by one, newest lowest', () => {
    expect(sampleAfter('ok fail fail ok')).toMatchObject({ run: 1, failedBits: 0b0110, runSince: slot('00:00:03') });
  });

  it.each([
    [2, 0b100],
    [19, 2 ** 19],
    [20, 0],
    [40, 0],
    [0, 0b10],
  ])('remembers the outcomes of intervals: a failure and then a good sample %d intervals later', (intervals, failedBits) => {
    const [failed, good] = ['status', 'ok'].map((reason) => [attempt({ reason: reason as Reason })] as const);
    const before = advanceSample(undefined, observation({ slot: slot('00:00'), attempts: failed! }), monitor());
    const later = observation({ slot: slotAt(slot('00:00') + (intervals * monitor().intervalMs) / second), attempts: good! });
    expect(advanceSample(before, later, monitor())).toMatchObject({ failedBits });
  });

  it('takes the outcome from the last attempt and the latency from the first', () => {
    const phases = { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, transferMs: 5 };
    const retried = observation({ attempts: [attempt({ reason: 'connect-reset', phases }), attempt({ reason: 'ok' })] });
    expect(advanceSample(undefined, retried, monitor())).toMatchObject({ ok: true, phases });
  });

  it('treats every reason as either good, a failure or not covered', () => {
    const outcomes = reasons.map((reason) => advanceSample(undefined, observation({ attempts: [attempt({ reason })] }), monitor())?.ok ?? 'not-covered');
    expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'not-covered')).toHaveLength(4);
  });
});
