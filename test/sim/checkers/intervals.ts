/** Stretches of time: joined, cut and measured. All times are milliseconds since the story began. */
export interface Interval {
  readonly begins: number;
  readonly ends: number;
}

/** Overlapping intervals as one. */
export function merged(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort((one, other) => one.begins - other.begins);
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && interval.begins <= last.ends) joined[joined.length - 1] = { begins: last.begins, ends: Math.max(last.ends, interval.ends) };
    else joined.push({ begins: interval.begins, ends: interval.ends });
  }
  return joined;
}

/** Whether two stretches have any time in common. */
export const touches = (one: Interval, other: Interval): boolean => one.begins < other.ends && one.ends > other.begins;

/** The times between neighbours, from the beginning to the end, that last longer than `leastMs`. */
export function pausesBetween(times: readonly number[], within: Interval, leastMs: number): readonly Interval[] {
  const marks = [within.begins, ...times.filter((time) => time > within.begins && time < within.ends), within.ends];
  return marks.slice(1).flatMap((ends, index) => {
    const begins = marks[index] ?? ends;
    return ends - begins > leastMs ? [{ begins, ends }] : [];
  });
}
