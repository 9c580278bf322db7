/** What it costs to look: the widget of every region draws when a dashboard is open, and reads the table of its region for it. */
import type { RegionId } from '../basics/brand';
import { hour, minute, second } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import { leastMemoryMb } from '../function-size';
import { type BillLine, gigabyte, line, sum } from './bill-line';
import { logsKeptMonths } from './function-lines';
import { itemBytes, readUnits } from './item-size';
import { priceListOf } from './prices';
import { meanOf, type Typical, type TypicalItems, typicalItems } from './typical';

/** An hour on every working day, drawn anew every minute. */
export const hoursLookedAt = 20;
const looks = hoursLookedAt * 60;
/** Of a warm function, with as little of a core as it is given. */
const drawingMs = 700;
const loggedBytes = 700;
/** Roll-ups of a day, and beats of the time since the last one. */
const hoursRolledUp = 23;
const hoursOfBeats = 2;

export function dashboardLines(config: Config, typical: Typical): readonly BillLine[] {
  const regions = allRegions(config.regions);
  const units = looks * unitsPerLook(config, typical);
  return regions.flatMap((region) => linesOf(region, units));
}

function linesOf(region: RegionId, units: number): readonly BillLine[] {
  const { prices } = priceListOf(region);
  const gbSeconds = (looks * drawingMs * leastMemoryMb) / 1024 / second;
  return [
    line({ service: 'Lambda', region, what: 'widget requests' }, { quantity: looks, unit: 'requests', price: prices.lambdaRequest }),
    line({ service: 'Lambda', region, what: 'widget running' }, { quantity: gbSeconds, unit: 'GB-seconds', price: prices.lambdaArmGbSecond }),
    line(
      { service: 'CloudWatch Logs', region, what: 'widget log' },
      { quantity: (looks * loggedBytes) / gigabyte, unit: 'GB', price: prices.logGbIngested + logsKeptMonths * prices.logGbMonth },
    ),
    line({ service: 'DynamoDB', region, what: 'reads of the widget' }, { quantity: units, unit: 'units', price: prices.readUnit }),
  ];
}

/** Everything may lag a moment behind, which is half as dear. Where nothing is, asking takes as much as the smallest item. */
function unitsPerLook(config: Config, typical: Typical): number {
  const regions = allRegions(config.regions);
  const { probers } = config.regions;
  const kept = sum(probers.map((region) => unitsOf(config, typicalItems(config, region, typical))));
  // Heads, watch records, logs, beginnings and roll-ups have a name for each replica that they may have been written in.
  const absent = regions.length * regions.length * 5;
  return kept + absent * readUnits(0, false);
}

function unitsOf({ beatIntervalMs }: Config, { head, watch, beats, hour: rolledUp }: TypicalItems): number {
  const hoursBytes = hoursRolledUp * sum(rolledUp.map(itemBytes));
  const beatsBytes = (hoursOfBeats * hour * meanOf(beats, (bytes) => bytes)) / Math.min(beatIntervalMs, minute);
  // A head and a watch record are read once to be shown, and once more with the last day.
  return [head, watch].reduce((units, item) => units + 2 * readUnits(itemBytes(item), false), readUnits(hoursBytes, false) + readUnits(beatsBytes, false));
}
