/** A time as a clock on a wall shows it, with or without its zone. */
import { Cron, CronDate } from 'croner';
import { type Instant, instant } from '../../basics/brand';
import { parseTime } from '../../basics/time';

/** `no-such-time`: clocks there are put forward over it. `undefined`: it cannot be read. */
export type ReadTime = Instant | 'no-such-time' | undefined;

const form = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?(Z|[+-]\d{2}:\d{2})?$/;

export const hasZone = (text: string): boolean => /(Z|[+-]\d{2}:\d{2})$/.test(text.slice(10));

/** Where clocks are put back a time comes twice: the first one is meant. */
export function readTime(text: string, timezone: string): ReadTime {
  if (!form.test(text)) return undefined;
  const written = text.replace(' ', 'T');
  if (hasZone(text)) return parseTime(written);
  return timeIn(`${written.length === 10 ? `${written}T00:00` : written}:00`.slice(0, 19), timezone);
}

/** A time that no clock there shows is taken for the one that they show instead. */
function timeIn(local: string, timezone: string): ReadTime {
  try {
    const run = new Cron(local, { timezone, paused: true }).nextRun('1970-01-01T00:00:00');
    if (run === null) return undefined;
    const { hour, minute } = new CronDate(run, timezone);
    return `${two(hour)}:${two(minute)}` === local.slice(11, 16) ? instant(run.getTime()) : 'no-such-time';
  } catch {
    return undefined;
  }
}

const two = (count: number): string => String(count).padStart(2, '0');
