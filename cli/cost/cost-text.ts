/** The bill as a table: a row for what is paid, a column for each region. */
import { allRegions, type Config } from '../../src/core/config/config';
import type { Bill } from '../../src/core/cost/bill';
import type { BillLine } from '../../src/core/cost/bill-line';

interface Priced {
  readonly file: string;
  readonly config: Config;
  readonly bill: Bill;
}

export function costText({ file, config, bill }: Priced): string {
  const regions = allRegions(config.regions);
  const header: Row = ['USD a month', ...regions, 'all'];
  const rows = bill.services.flatMap(({ service }) =>
    rowsOf(
      bill.lines.filter((line) => line.service === service),
      regions,
    ),
  );
  const total: Row = ['all', ...regions.map((region) => usd(totalOf(bill.lines.filter((line) => line.region === region)))), usd(bill.usd)];
  return [
    `${file}: ${about(config)}`,
    '',
    ...table([header, ...rows, total]),
    ...shorterBeats(bill),
    '',
    'The same elsewhere:',
    ...bill.elsewhere.map(({ name, how, usd: price }) => `  ${usd(price).padStart(9)}  ${name}: ${how}`),
    '',
    `Prices of ${bill.pricesOf.date} from the ${bill.pricesOf.source}. Taken for granted:`,
    ...bill.assumptions.map((assumption) => `  - ${assumption}`),
    '',
  ].join('\n');
}

function shorterBeats({ usdByTheMinute }: Bill): readonly string[] {
  if (usdByTheMinute === undefined) return [];
  return ['', `With intervals of a minute or more it would be ${usd(usdByTheMinute)}: shorter ones keep every function running all the time.`];
}

function about({ monitors, regions, beatIntervalMs }: Config): string {
  const witness = regions.witness === undefined ? '' : ` and a witness in ${regions.witness}`;
  return `${monitors.length === 1 ? '1 monitor' : `${monitors.length} monitors`} from ${regions.probers.join(', ')}${witness}, beats every ${beatIntervalMs / 1000} s`;
}

type Row = readonly string[];

/** A service, and below it what is paid for, summed over the functions of a region. */
function rowsOf(lines: readonly BillLine[], regions: readonly string[]): readonly Row[] {
  const names = [...new Set(lines.map(({ what }) => what))];
  const row = (name: string, some: readonly BillLine[]): Row => [
    name,
    ...regions.map((region) => priceOrNothing(some.filter((line) => line.region === region))),
    usd(totalOf(some)),
  ];
  const [first] = lines;
  if (first === undefined) return [];
  const details = names.map((what) => {
    const some = lines.filter((line) => line.what === what);
    return [...row(`  ${what}`, some), quantityOf(some)];
  });
  return [row(first.service, lines), ...details];
}

const totalOf = (lines: readonly BillLine[]): number => lines.reduce((all, line) => all + line.usd, 0);
const priceOrNothing = (lines: readonly BillLine[]): string => (lines.length === 0 ? '' : usd(totalOf(lines)));

/** A price below a cent is shown as such and not as nothing. */
function usd(price: number): string {
  if (price > 0 && price < 0.005) return '<0.01';
  return price.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function quantityOf(lines: readonly BillLine[]): string {
  const quantity = lines.reduce((all, line) => all + line.quantity, 0);
  return `${quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 10 ? 2 : 0 })} ${lines[0]?.unit ?? ''}`;
}

/** Text to the left, prices to the right, quantities behind them. */
function table(rows: readonly Row[]): readonly string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : column < columns ? cell.padStart(widths[column] ?? 0) : cell))
      .join('  ')
      .trimEnd(),
  );
}
