/** Durations as people write them: `500ms`, `10s`, `1m30s`, `1h`. */
import { hour, minute, second } from '../basics/time';

/** The form of a duration, for the schema that editors read; a reference may stand for one. */
export const durationPattern = '^(?=\\d)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,9}s)?(\\d{1,12}ms)?$';

const form = /^(?=\d)(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?(?:(\d{1,12})ms)?$/;

/** Milliseconds, or `undefined` where the value is no duration. A number is none: it has no unit. */
export function parseDuration(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? form.exec(value) : null;
  if (parts === null) return undefined;
  const [, hours = 0, minutes = 0, seconds = 0, ms = 0] = parts;
  return Number(hours) * hour + Number(minutes) * minute + Number(seconds) * second + Number(ms);
}

/** The shortest text of a duration: `1m30s`. */
export function formatDuration(ms: number): string {
  if (ms < minute && ms % second !== 0) return `${Math.round(ms)}ms`;
  const parts = [
    [Math.floor(ms / hour), 'h'],
    [Math.floor((ms % hour) / minute), 'm'],
    [Math.floor((ms % minute) / second), 's'],
    [Math.round(ms % second), 'ms'],
  ] as const;
  const text = parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('');
  return text === '' ? '0s' : text;
}

const looseForm = /^\s*(\d{1,9}(?:\.\d{1,9})?)\s*([a-z]*)\s*$/i;

const looseUnits: readonly (readonly [RegExp, number])[] = [
  [/^(ms|msecs?|millis|milliseconds?)$/i, 1],
  [/^(s|secs?|seconds?)$/i, second],
  [/^(m|mins?|minutes?)$/i, minute],
  [/^(h|hrs?|hours?)$/i, hour],
];

/** What was probably meant: `60s` for `60`, `1500ms` for `1.5`, `1m` for `1 minute`. */
export function suggestDuration(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const [, count = '', unit = ''] = (typeof text === 'string' ? looseForm.exec(text) : null) ?? [];
  if (!(Number(count) > 0)) return undefined;
  if (unit === '') return Number.isInteger(Number(count)) ? unitsFor(count) : formatDuration(Number(count) * second);
  const unitMs = looseUnits.find(([name]) => name.test(unit))?.[1];
  return unitMs === undefined ? undefined : formatDuration(Number(count) * unitMs);
}

/** Numbers from a hundred may well have been meant as milliseconds. */
const unitsFor = (count: string): string => (Number(count) < 100 ? `${Number(count)}s` : `${Number(count)}ms or ${Number(count)}s`);

/** Whether a value is a duration whose unit was forgotten. */
export const lacksUnit = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value));
