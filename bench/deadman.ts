/**
 * How long after a crash somebody is told, and how often somebody is told for nothing: ours, driven by the core, beside others in
 * one seeded world. Options: --years N of ours at 60 s beats (others in proportion), --seed S, --json. Exits with 1 when a goal is missed.
 */
import { parseArgs } from 'node:util';
import { second } from '../src/core/basics/time';
import { missed } from './deadman/goals';
import { baselineRows, oursRow, type Row, type Run } from './deadman/rows';
import { kindsOf, tableOf } from './deadman/table';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, years: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
});
const years = wholeNumber('--years', values.years);
const seed = wholeNumber('--seed', values.seed);

const settings: readonly Run['setting'][] = [
  { name: 'typical', jitter: 'typical', stalls: 1, links: 1 },
  { name: 'worst jitter', jitter: 'worst', stalls: 1, links: 1 },
  { name: 'stalls x10', jitter: 'typical', stalls: 10, links: 1 },
  { name: 'link loss x10', jitter: 'typical', stalls: 1, links: 10 },
];

const begun = performance.now();
const rows = settings.flatMap((setting, place) => rowsIn(setting, { ours: place < 2 ? 1 : 0.5, others: place === 0 ? 0.5 : 0.125 }));
const misses = missed(rows);
const seconds = (performance.now() - begun) / second;
if (values.json) console.log(JSON.stringify({ bench: 'deadman', seed, seconds, rows, missed: misses }));
else print();
process.exitCode = misses.length === 0 ? 0 : 1;

/** Years are spent where they tell most: false pages of ours are rare. */
function rowsIn(setting: Run['setting'], share: { readonly ours: number; readonly others: number }): readonly Row[] {
  const crashes = share.ours === 1 ? 2000 : 500;
  const run = (part: number): Run => ({ seed, years: Math.max(1, Math.round(years * part)), crashes, setting });
  return [oursRow(run(share.ours * 2.5), 10 * second), oursRow(run(share.ours), 60 * second), ...baselineRows(run(share.others))];
}

function print(): void {
  for (const { name } of settings) {
    console.log(`\n${name}: seconds from a crash to the page, and pages about a prober that is alive`);
    console.log(tableOf(rows.filter(({ setting }) => setting === name)));
  }
  console.log(`\n${kindsOf(rows)}`);
  for (const miss of misses) console.log(`MISSED: ${miss}`);
  if (misses.length === 0) console.log('All goals are met, and no row is better than ours in both.');
  console.log(`seed ${seed}, ${seconds.toFixed(0)} s`);
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${option} must be a whole number from 1 on, not ${text}`);
  return number;
}
