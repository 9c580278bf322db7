/** What must hold of the rows, and which of it does not. */
import type { Row } from './rows';

interface Goal {
  readonly detector: string;
  readonly setting: string;
  readonly p99: number;
  readonly max: number;
  readonly falsePerYear: number;
}

const goals: readonly Goal[] = [
  { detector: 'ours, 10 s beats', setting: 'typical', p99: 85, max: 90, falsePerYear: 0.1 },
  { detector: 'ours, 60 s beats', setting: 'typical', p99: 110, max: Number.POSITIVE_INFINITY, falsePerYear: 0.2 },
];

/** A sentence for each goal that is missed, and for each row that is better than ours in both. */
export function missed(rows: readonly Row[]): readonly string[] {
  return [...goals.flatMap((goal) => missedOf(goal, rows)), ...dominating(rows)];
}

function missedOf(goal: Goal, rows: readonly Row[]): readonly string[] {
  const row = rows.find(({ detector, setting }) => detector === goal.detector && setting === goal.setting);
  const name = `${goal.detector} (${goal.setting})`;
  if (row === undefined) return [`${name}: was not run`];
  const numbers = [
    { what: 'p99 s', is: row.together.p99, atMost: goal.p99 },
    { what: 'max s', is: row.together.max, atMost: goal.max },
    { what: 'false pages a year', is: row.falsePerYear, atMost: goal.falsePerYear },
  ];
  return numbers.filter(({ is, atMost }) => !(is <= atMost)).map(({ what, is, atMost }) => `${name}: ${what} is ${is.toFixed(2)}, goal at most ${atMost}`);
}

function dominating(rows: readonly Row[]): readonly string[] {
  return rows
    .filter(({ isOurs }) => isOurs)
    .flatMap((ours) => {
      const better = rows.filter((row) => !row.isOurs && row.setting === ours.setting && isBetter(row, ours));
      return better.map((row) => `${row.detector} is better than ${ours.detector} (${ours.setting}) in both p99 and false pages`);
    });
}

const isBetter = (row: Row, than: Row): boolean => row.together.p99 < than.together.p99 && row.falsePerYear < than.falsePerYear;
