/** Which status codes are good: `2xx`, `204`, `200-204`, `not 204`, or a list of those. */

export type StatusRange = readonly [number, number];

/** One status or class of them, as text, for the schema that editors read. */
export const statusPattern = '^(not )?([1-5][0-9][0-9](-[1-5][0-9][0-9])?|[1-5]xx)$';

/** Ascending ranges that do not touch, or `undefined` where the value says no such thing. An exclusion beats what includes it. */
export function parseStatus(value: unknown): readonly StatusRange[] | undefined {
  const parts = Array.isArray(value) ? value : [value];
  const ranges = parts.map(rangeOf);
  if (ranges.length === 0 || ranges.includes(undefined)) return undefined;
  const of = (isExcluded: boolean): readonly StatusRange[] =>
    merged(ranges.flatMap((range, index) => (range !== undefined && isExclusion(parts[index]) === isExcluded ? [range] : [])));
  const included = parts.every(isExclusion) ? everything : of(false);
  const good = of(true).reduce(without, included);
  return good.length === 0 ? undefined : good;
}

const everything: readonly StatusRange[] = [[100, 599]];

const isExclusion = (part: unknown): boolean => typeof part === 'string' && part.startsWith('not ');

const without = (ranges: readonly StatusRange[], [from, to]: StatusRange): readonly StatusRange[] =>
  ranges.flatMap(([low, high]): StatusRange[] => {
    const parts: StatusRange[] = [
      [low, Math.min(high, from - 1)],
      [Math.max(low, to + 1), high],
    ];
    return parts.filter(([first, last]) => first <= last);
  });

/** The first part of a status expectation that says nothing. */
export const badStatus = (value: unknown): unknown => (Array.isArray(value) ? value.find((part) => rangeOf(part) === undefined) : value);

function rangeOf(part: unknown): StatusRange | undefined {
  if (typeof part === 'number') return Number.isInteger(part) && part >= 100 && part <= 599 ? [part, part] : undefined;
  if (typeof part !== 'string' || !new RegExp(statusPattern).test(part)) return undefined;
  const codes = part.replace('not ', '');
  if (codes.endsWith('xx')) return [Number(codes[0]) * 100, Number(codes[0]) * 100 + 99];
  const [from = '', to = from] = codes.split('-');
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
