/** Rows as text, for people. */
import type { Delays, Row } from './rows';

const columns = ['detector', 'p50', 'p99', 'max', 'prober dies p50/p99/max', 'region dark p50/p99/max', 'false/year', '95 % bounds', 'years'];
const widths = [20, 6, 6, 7, 24, 24, 11, 19, 7];

export function tableOf(rows: readonly Row[]): string {
  return [line(columns), ...rows.map((row) => line(cellsOf(row)))].join('\n');
}

/** How ours tells of a prober that hangs, and of one that nothing invokes. */
export function kindsOf(rows: readonly Row[]): string {
  return rows
    .filter(({ isOurs }) => isOurs)
    .map(({ detector, setting, hung, stopped }) => `${detector} (${setting}): hung ${three(hung)} s, schedule stopped ${three(stopped)} s`)
    .join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const { p50, p99, max } = row.together;
  const [low, high] = row.falseBounds;
  return [
    row.detector,
    p50.toFixed(0),
    p99.toFixed(1),
    max.toFixed(1),
    three(row.prober),
    three(row.region),
    row.falsePerYear.toFixed(2),
    `${low.toFixed(3)}-${high.toFixed(3)}`,
    String(row.years),
  ];
}

const three = (delays: Delays | undefined): string => (delays === undefined ? '' : [delays.p50, delays.p99, delays.max].map((at) => at.toFixed(1)).join(' / '));

const line = (cells: readonly string[]): string =>
  cells.map((cell, place) => (place === 0 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0))).join(' ');
