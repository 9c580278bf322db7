/** Which status codes are good: `2xx`, `204`, `200-204`, or a list of those. */

export type StatusRange = readonly [number, number];

/** One status or class of them, as text, for the schema that editors read. */
export const statusPattern = '^([1-5][0-9][0-9](-[1-5][0-9][0-9])?|[1-5]xx)$';

/** Ascending ranges that do not touch, or `undefined` where the value says no such thing. */
export function parseStatus(value: unknown): readonly StatusRange[] | undefined {
  const ranges = (Array.isArray(value) ? value : [value]).map(rangeOf);
  if (ranges.length === 0 || ranges.includes(undefined)) return undefined;
  return merged(ranges.filter((range) => range !== undefined));
}

/** The first part of a status expectation that says nothing. */
export const badStatus = (value: unknown): unknown => (Array.isArray(value) ? value.find((part) => rangeOf(part) === undefined) : value);

function rangeOf(part: unknown): StatusRange | undefined {
  if (typeof part === 'number') return Number.isInteger(part) && part >= 100 && part <= 599 ? [part, part] : undefined;
  if (typeof part !== 'string' || !new RegExp(statusPattern).test(part)) return undefined;
  if (part.endsWith('xx')) return [Number(part[0]) * 100, Number(part[0]) * 100 + 99];
  const [from = '', to = from] = part.split('-');
  return Number(from) <= Number(to) ? [Number(from), Number(to)] : undefined;
}

function merged(ranges: readonly StatusRange[]): readonly StatusRange[] {
  const result: StatusRange[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}
