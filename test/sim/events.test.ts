import { Events } from './events';

describe('virtual time', () => {
  it('lets things happen in the order of their time, and in the order of planning at the same time', async () => {
    const events = new Events(0);
    const happened: string[] = [];
    events.in(20, () => happened.push('third'));
    events.in(10, () => happened.push('first'));
    events.quietlyIn(10, () => happened.push('second'));
    await events.runUntil(100);
    expect(happened).toEqual(['first', 'second', 'third']);
    expect(events.now).toBe(100);
  });

  it('keeps thousands of plans in order', async () => {
    const events = new Events(0);
    const times: number[] = [];
    for (let n = 0; n < 5_000; n += 1) events.quietlyIn((n * 7919) % 5_003, () => times.push(events.now));
    await events.runUntil(10_000);
    expect(times).toHaveLength(5_000);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });

  it('does not move before everything that was awaited has gone on', async () => {
    const events = new Events(0);
    const seen: number[] = [];
    events.in(10, () => {
      void (async () => {
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
        seen.push(events.now);
      })();
    });
    events.in(11, () => undefined);
    await events.runUntil(100);
    expect(seen).toEqual([10]);
  });

  it('lets nothing happen that was cancelled', async () => {
    const events = new Events(0);
    const happened: string[] = [];
    events.in(10, () => happened.push('cancelled')).cancel();
    await events.runUntil(100);
    expect(happened).toEqual([]);
  });
});
