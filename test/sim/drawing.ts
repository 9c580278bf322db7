/** Draws the world of a seed and a random subset of faults for it: the storm is over well before `stormEnds`. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { allRegions } from '../../src/core/config/config';
import { type Draw, type Drawing, during } from './draw';
import { drawsOfFunctions } from './drawing-functions';
import { drawsOfMoments } from './drawing-moments';
import { drawsOfOrders } from './drawing-orders';
import { drawsOfServices } from './drawing-services';
import { bothWays, type Fault } from './faults';

/** Each seed enables a random subset of these kinds, and draws one to three faults of each. */
const draws: Readonly<Record<string, Draw>> = {
  blip: (drawing) => [linkCut(drawing, drawing.random.between(1 * second, 60 * second))],
  partition: (drawing) => [linkCut(drawing, drawing.random.between(1 * minute, 5 * minute))],
  stall: (drawing) => [replicationStalled(drawing)],
  dark: (drawing) => [regionDark(drawing, drawing.random.pick(allRegions(drawing.config.regions)))],
  bothProbers,
  lostMinute: (drawing) => [lostMinute(drawing)],
  disorder: (drawing) => [replicationDisordered(drawing)],
  isolation: (drawing) => [isolated(drawing)],
  ...drawsOfFunctions,
  ...drawsOfServices,
  outage: (drawing) => [targetDown(drawing, drawing.config.regions.probers)],
  regionalOutage: (drawing) => [targetDown(drawing, [drawing.random.pick(drawing.config.regions.probers)])],
};

/** So many kinds meet in a storm; more would hide from each other what is promised of one. */
const averageKinds = 3.5;

export function drawFaults(drawing: Drawing): readonly Fault[] {
  const { random } = drawing;
  const names = Object.keys(draws);
  const enabled = names.filter(() => random.chance(averageKinds / names.length));
  const kinds = enabled.length > 0 ? enabled : [random.pick(names)];
  const faults = kinds.flatMap((name) => {
    const times = random.integer(1, name === 'blip' ? 3 : 2);
    return Array.from({ length: times }).flatMap(() => draws[name]?.(drawing) ?? []);
  });
  const joining = joiningFaults(drawing, averageKinds / names.length);
  return inOrder([...faults, ...joining]);
}

export const allDraws: Readonly<Record<string, Draw>> = { ...draws, ...drawsOfMoments, ...drawsOfOrders };

/** As a story tells them, without those that would overlay another one. */
export const inOrder = (faults: readonly Fault[]): readonly Fault[] => faults.filter(isFirstOfItsKind).sort((one, other) => one.begins - other.begins);

/** Each from a stream of its own: it joins a storm and leaves the rest of it as it was. */
function joiningFaults(drawing: Drawing, probability: number): readonly Fault[] {
  return Object.entries({ ...drawsOfMoments, ...drawsOfOrders }).flatMap(([name, draw]) => {
    const random = drawing.random.branch(name);
    return random.chance(probability) ? draw({ ...drawing, random }) : [];
  });
}

/** Two of one kind in one region would overlay each other; links and targets count theirs. */
function isFirstOfItsKind(fault: Fault, index: number, faults: readonly Fault[]): boolean {
  const isLike = (other: Fault): boolean => familyOf(other) === familyOf(fault) && other.begins <= fault.ends && other.ends >= fault.begins;
  return !faults.slice(0, index).some(isLike);
}

function familyOf(fault: Fault): string | Fault {
  if (!('region' in fault) || fault.kind === 'region-dark' || fault.kind === 'lost-minute')
    return 'directions' in fault ? [fault.kind, fault.directions.map(({ from, to }) => `${from}>${to}`)].join() : fault;
  return `${fault.kind.split('-')[0]} ${fault.region} ${'role' in fault ? fault.role : ''}`;
}

function linkCut(drawing: Drawing, lastsMs: number): Fault {
  return { kind: 'link-cut', directions: drawDirections(drawing), ...during(drawing, lastsMs) };
}

function replicationStalled(drawing: Drawing): Fault {
  return { kind: 'replication-stalled', directions: drawDirections(drawing), ...during(drawing, drawing.random.between(20 * second, 5 * minute)) };
}

function replicationDisordered(drawing: Drawing): Fault {
  const { random } = drawing;
  const upToMs = random.pick([10, 30, 60]) * second;
  return { kind: 'replication-disordered', directions: drawDirections(drawing), upToMs, ...during(drawing, random.between(1 * minute, 5 * minute)) };
}

/** Mostly for less than what is tolerated, sometimes for long. */
function isolated(drawing: Drawing): Fault {
  const { random, config } = drawing;
  const region = random.pick(allRegions(config.regions));
  const lastsMs = random.chance(0.6) ? random.between(5 * second, config.watch.tolerateMs) : random.between(1 * minute, 5 * minute);
  return { kind: 'isolated', region, others: allRegions(config.regions).filter((other) => other !== region), ...during(drawing, lastsMs) };
}

function regionDark(drawing: Drawing, region: RegionId): Fault {
  const { random } = drawing;
  return { kind: 'region-dark', region, darkness: random.pick(['hangs', 'refuses']), ...during(drawing, random.between(10 * second, 6 * minute)) };
}

/** Minutes apart, and dark together for a while. */
function bothProbers(drawing: Drawing): readonly Fault[] {
  const { random, config, storm } = drawing;
  const begins = whole(random.between(storm.begins, storm.begins + (storm.ends - storm.begins) / 4));
  return config.regions.probers.map((region, index) => {
    const from = whole(begins + index * random.between(30 * second, 3 * minute));
    return {
      kind: 'region-dark',
      region,
      darkness: random.pick(['hangs', 'refuses']),
      begins: from,
      ends: whole(random.between((from + storm.ends) / 2, storm.ends)),
    };
  });
}

function lostMinute(drawing: Drawing): Fault {
  const { random, config, storm } = drawing;
  const region = random.pick(allRegions(config.regions));
  const role = config.regions.probers.includes(region) ? random.pick(['prober', 'watchdog'] as const) : 'watchdog';
  const begins = random.integer(storm.begins / minute, storm.ends / minute - 1) * minute;
  return { kind: 'lost-minute', region, role, begins: begins - 5 * second, ends: begins + 55 * second };
}

function targetDown(drawing: Drawing, from: readonly RegionId[]): Fault {
  const { random, config } = drawing;
  const monitor = random.pick(config.monitors).id;
  return {
    kind: 'target-down',
    monitor,
    from,
    symptom: random.pick(['refuses', 'status', 'hangs', 'impersonated']),
    ...during(drawing, random.between(20 * second, 8 * minute)),
  };
}

function drawDirections({ random, config }: Drawing): ReturnType<typeof bothWays> {
  const regions = allRegions(config.regions);
  const one = random.pick(regions);
  const other = random.pick(regions.filter((region) => region !== one));
  return random.chance(0.65) ? bothWays(one, other) : [{ from: one, to: other }];
}

const whole = Math.round;
