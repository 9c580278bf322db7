/** The one place that turns instants into text and back. It never reads a clock. */
import { type Instant, instant, type Slot } from './brand';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `2026-11-21T04:02:00.000Z` */
export const isoTime = (at: Instant): string => new Date(at).toISOString();

/** `2026-11-21 04:02:00 UTC`, for people. */
export const utcTime = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Parses an ISO time; text that is none, such as an unsubstituted placeholder, is absent. */
export function parseTime(text: string | undefined): Instant | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : instant(ms);
}

/** `2026-11-21T04`, the hour of a slot in UTC. */
export const hourOf = (slot: Slot): string => new Date(slot * second).toISOString().slice(0, 13);

/** `2026-11`, the month of an instant in UTC. */
export function monthOf(at: Instant): string {
  if (at >= lastMonth.from && at < lastMonth.to) return lastMonth.name;
  const date = new Date(at);
  const name = date.toISOString().slice(0, 7);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  lastMonth = { name, from: Date.UTC(year, month), to: Date.UTC(year, month + 1) };
  return name;
}

/** Nearly always the same is asked for again. */
let lastMonth = { name: '', from: 0, to: 0 };

/** The month before one such as `2026-01`. */
export function monthBefore(month: string): string {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  return monthOf(instant(first - day));
}

/** Every month that a time touches, oldest first. */
export function monthsOf({ from, to }: { readonly from: Instant; readonly to: Instant }): readonly string[] {
  const months = [monthOf(to)];
  for (let month = monthOf(to); month > monthOf(from); ) {
    month = monthBefore(month);
    months.unshift(month);
  }
  return months;
}

/** `4 s`, `12 min`, `3 h`, `2 d`: the age of something, rounded down. */
export function ageText(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.floor(ms / second))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** When a month such as `2026-11` began, in UTC. */
export const instantOfMonth = (month: string): Instant => instant(month === lastMonth.name ? lastMonth.from : Date.parse(`${month}-01T00:00:00Z`));

/** How long a prober probes in one round: it must also write and judge before the next one begins. */
export const probingMs = (beatIntervalMs: number): number => (beatIntervalMs < minute ? beatIntervalMs * 0.8 : minute * 0.75);
