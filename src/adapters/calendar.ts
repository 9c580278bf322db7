/** When a calendar comes to its next time, by the clocks of a time zone: loaded when the first monitor needs it. */
import { type Instant, instant } from '../core/basics/brand';
import type { Calendar } from '../engine/ports';

type Next = (after: Instant) => Instant | undefined;

/** Kept for the life of the process: reading a calendar costs more than asking it. */
const known = new Map<string, Next>();

export const systemCalendar: Calendar = {
  async next(cron, timezone) {
    const name = `${cron} ${timezone}`;
    const next = known.get(name) ?? (await read(cron, timezone));
    known.set(name, next);
    return next;
  },
};

async function read(cron: string, timezone: string): Promise<Next> {
  const { Cron } = await import('croner');
  const calendar = new Cron(cron, { timezone, paused: true });
  return (after) => {
    const found = calendar.nextRun(new Date(after));
    return found === null ? undefined : instant(found.getTime());
  };
}
