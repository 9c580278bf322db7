import { setTimeout as sleep } from 'node:timers/promises';
import { Schedule, type ScheduleParts } from '../../../local/aws/schedule';
import { turnOf } from '../../../src/adapters/lambda/turn';
import { eventually } from '../eventually';

interface Fired {
  readonly at: number;
  readonly event: { readonly kind?: string; readonly scheduledTime?: string; readonly Records?: readonly { readonly body: string }[] };
}

describe('a schedule', () => {
  const running: Schedule[] = [];
  afterEach(() => {
    for (const schedule of running.splice(0)) schedule.stop();
  });

  function started(over: Partial<ScheduleParts>): { readonly schedule: Schedule; readonly fired: Fired[] } {
    const fired: Fired[] = [];
    const fire = (payload: string) => void fired.push({ at: Date.now(), event: JSON.parse(payload) });
    const schedule = new Schedule({ everyMs: 1000, firstAfterMs: 0, now: Date.now, fire, ...over });
    running.push(schedule);
    schedule.start();
    return { schedule, fired };
  }
  const enough = (fired: readonly Fired[]) => eventually(() => (fired.length >= 3 ? true : undefined));

  it('brings a function its turn directly', async () => {
    const { fired } = started({});
    await enough(fired);
    for (const { at, event } of fired.slice(1)) {
      expect(event).toEqual({ kind: 'schedule', scheduledTime: expect.stringMatching(/^2\d{3}-.*:\d\dZ$/) });
      expect(at - Date.parse(event.scheduledTime!)).toBeLessThan(5000);
    }
  });

  it('with a delay brings it later, out of a queue, and so the function is told the later time', async () => {
    const { fired } = started({ delayMs: 400 });
    await enough(fired);
    expect(Date.parse(turnOf(fired[0]!.event).scheduledTime!)).toBeLessThanOrEqual(fired[0]!.at);
    for (const { at, event } of fired.slice(1)) {
      const due = Date.parse(turnOf(event).scheduledTime!);
      expect(due % 1000).toBe(400);
      expect(at - due).toBeGreaterThanOrEqual(-5);
      expect(at - due).toBeLessThan(5000);
    }
  });

  it('that is stopped loses the turn that is held back', async () => {
    const { schedule, fired } = started({ delayMs: 700 });
    await eventually(() => (fired.length === 1 ? true : undefined));
    await sleep(1100 - (Date.now() % 1000));
    schedule.stop();
    const before = fired.length;
    await sleep(800);
    expect(fired).toHaveLength(before);
  });
});
