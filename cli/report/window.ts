/** The time that a report is about: so long until now, or a month as a place counts it, however long its days are. */
import { type Instant, instant } from '../../src/core/basics/brand';
import { day, hour, minute } from '../../src/core/basics/time';
import { nearestName } from '../../src/core/config/nearest-key';
import type { Stretch } from '../../src/core/timeline';
import { CannotAsk } from '../local-http';

export interface WindowOptions {
  readonly window?: string | undefined;
  readonly month?: string | undefined;
  readonly timezone?: string | undefined;
}

export interface ReportWindow extends Stretch {
  /** Such as `30d`, or `2026-10 in Europe/Lisbon`. */
  readonly name: string;
}

const usualWindow = '30d';
/** Roll-ups are not kept for longer. */
const daysMost = 1100;

/** Throws `CannotAsk` with what to write instead. */
export function readWindow({ window, month, timezone }: WindowOptions, now: Instant): ReportWindow {
  if (month === undefined) {
    if (timezone !== undefined) throw new CannotAsk('--timezone says where a month begins and ends; write it with --month 2026-10');
    return lastOf(window ?? usualWindow, now);
  }
  if (window !== undefined) throw new CannotAsk('--window and --month name two different times; write one of them');
  return monthIn(month, timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, now);
}

const unitsMs: Readonly<Record<string, number>> = { d: day, h: hour, m: minute };

function lastOf(text: string, now: Instant): ReportWindow {
  const [, count = '', unit = ''] = /^(\d{1,7})([dhm])$/.exec(text) ?? [];
  const lengthMs = Number(count) * (unitsMs[unit] ?? 0);
  if (!(lengthMs > 0)) throw new CannotAsk(`"${text}" is no window; write days, hours or minutes, as in --window 30d, 36h or 90m`);
  if (lengthMs > daysMost * day) throw new CannotAsk(`"${text}" is longer than history is kept; write at most --window ${daysMost}d`);
  return { from: instant(now - lengthMs), to: now, name: `the last ${text}` };
}

/** A month that is not over yet ends now: what is to come is neither known nor unknown. */
function monthIn(text: string, timezone: string, now: Instant): ReportWindow {
  const [, year = '', month = ''] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === '') throw new CannotAsk(`"${text}" is no month; write it as in --month 2026-10`);
  const calendar = calendarOf(timezone);
  const [thisOne, next] = [Number(year) * 12 + Number(month) - 1, Number(year) * 12 + Number(month)];
  const [from, to] = [beginningOf(thisOne, calendar), beginningOf(next, calendar)];
  if (from >= now) throw new CannotAsk(`${text} has not begun in ${timezone}; name a month that has`);
  const isOver = to <= now;
  return { from, to: isOver ? to : now, name: `${text} in ${timezone}${isOver ? '' : ', so far'}` };
}

function calendarOf(timezone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: timezone, calendar: 'gregory', year: 'numeric', month: 'numeric', era: 'short' });
  } catch {
    const nearest = nearestName(timezone, Intl.supportedValuesOf('timeZone'));
    throw new CannotAsk(
      `there is no time zone "${timezone}"; ${nearest === undefined ? 'write it as in --timezone Europe/Lisbon' : `did you mean ${nearest}?`}`,
    );
  }
}

/** The first second that the calendar there counts to this month, found by halving: no rule of summer time has to be known. */
function beginningOf(monthCount: number, calendar: Intl.DateTimeFormat): Instant {
  const inUtc = Date.UTC(Math.floor(monthCount / 12), monthCount % 12, 1);
  let [before, within] = [inUtc - day, inUtc + day];
  while (within - before > 1000) {
    const middle = before + Math.floor((within - before) / 2000) * 1000;
    if (monthAt(middle, calendar) >= monthCount) within = middle;
    else before = middle;
  }
  return instant(within);
}

function monthAt(time: number, calendar: Intl.DateTimeFormat): number {
  const parts = new Map(calendar.formatToParts(time).map(({ type, value }) => [type, value]));
  return Number(parts.get('year')) * 12 + Number(parts.get('month')) - 1;
}
