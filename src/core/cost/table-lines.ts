/** What the global table costs: in each region what it writes there, what comes from the others, what is read, and what lies there. */
import type { RegionId } from '../basics/brand';
import { keptBeatDays } from '../beat';
import { allRegions, type Config } from '../config/config';
import { type BillLine, gigabyte, hoursPerMonth, line, sum } from './bill-line';
import { storageOverheadBytes } from './item-size';
import { priceListOf } from './prices';
import { type TableUse, tableUseOf, type Writing } from './table-use';
import { incidentsPerMonth, logEntriesPerIncident, logEntryBytes } from './telling-lines';
import type { Typical } from './typical';

export function tableLines(config: Config, typical: Typical): readonly BillLine[] {
  const regions = allRegions(config.regions);
  const uses = regions.map((region) => tableUseOf(config, region, typical));
  const storedGb = (sum(uses.map(storedBytes)) + logBytesPerYear) / gigabyte;
  return regions.flatMap((region) => linesOf(region, uses, storedGb));
}

function linesOf(region: RegionId, uses: readonly TableUse[], storedGb: number): readonly BillLine[] {
  const { prices } = priceListOf(region);
  const own = uses.filter((use) => use.region === region);
  const others = uses.filter((use) => use.region !== region);
  const of = (what: string, quantity: number, unit: string, price: number) => line({ service: 'DynamoDB', region, what }, { quantity, unit, price });
  const replicated = sum(others.map(unitsWritten)) + logUnits;
  return [
    of('writes', sum(own.map(unitsWritten)) + logUnits, 'units', prices.writeUnit),
    of('writes from other regions', others.length > 0 ? replicated : 0, 'units', prices.replicatedWriteUnit),
    of('expired beats of other regions', sum(others.map(unitsExpired)), 'units', prices.replicatedWriteUnit),
    of('reads', unitsRead(own, 'home') + unitsRead(others, 'elsewhere'), 'units', prices.readUnit),
    of('storage', storedGb, 'GB-month', prices.tableGbMonth),
    of('point-in-time recovery', storedGb, 'GB-month', prices.pointInTimeRecoveryGbMonth),
  ];
}

const unitsWritten = ({ writes }: Pick<TableUse, 'writes'>): number => sum(writes.map((write) => write.units * write.writesPerHour)) * hoursPerMonth;

/** The region that removes an item does so for nothing; the others are told of it, which counts as a write of it. */
const unitsExpired = ({ writes }: TableUse): number => unitsWritten({ writes: writes.filter(isBeat) });
const isBeat = ({ kind }: Writing): boolean => kind === 'beat';

function unitsRead(uses: readonly TableUse[], where: 'home' | 'elsewhere'): number {
  const reads = uses.flatMap((use) => use.reads).filter(({ what }) => (what === 'roll-up-elsewhere') === (where === 'elsewhere'));
  return sum(reads.map(({ unitsPerHour }) => unitsPerHour)) * hoursPerMonth;
}

const hoursKept: Readonly<Record<Writing['kind'], number>> = { claim: 0, head: 0, watch: 0, beat: keptBeatDays * 24, hour: 365 * 24 };

/** What is written over again and again counts once, which is nothing. */
const storedBytes = ({ writes }: TableUse): number =>
  sum(writes.map(({ kind, bytes, writesPerHour }) => (bytes + storageOverheadBytes) * writesPerHour * hoursKept[kind]));

const logUnits = incidentsPerMonth * logEntriesPerIncident * Math.ceil(logEntryBytes / 1024);
const logBytesPerYear = 12 * incidentsPerMonth * logEntriesPerIncident * logEntryBytes;
