/** Draws the world of a seed and a random subset of faults for it: the storm is over well before `stormEnds`. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { allRegions, type Config } from '../../src/core/config/config';
import { bothWays, type Fault } from './faults';
import type { Random } from './random';

interface Storm {
  /** Milliseconds since the beginning. */
  readonly begins: number;
  readonly ends: number;
}

interface Drawing {
  readonly random: Random;
  readonly config: Config;
  readonly storm: Storm;
}

type Draw = (drawing: Drawing) => readonly Fault[];

/** Each seed enables a random subset of these kinds, and draws one to three faults of each. */
const draws: Readonly<Record<string, Draw>> = {
  blip: (drawing) => [linkCut(drawing, drawing.random.between(1 * second, 60 * second))],
  partition: (drawing) => [linkCut(drawing, drawing.random.between(1 * minute, 5 * minute))],
  stall: (drawing) => [replicationStalled(drawing)],
  dark: (drawing) => [regionDark(drawing, drawing.random.pick(allRegions(drawing.config.regions)))],
  bothProbers,
  lostMinute: (drawing) => [lostMinute(drawing)],
  outage: (drawing) => [targetDown(drawing, drawing.config.regions.probers)],
  regionalOutage: (drawing) => [targetDown(drawing, [drawing.random.pick(drawing.config.regions.probers)])],
};

export function drawFaults(drawing: Drawing): readonly Fault[] {
  const { random } = drawing;
  const names = Object.keys(draws);
  const enabled = names.filter(() => random.chance(0.3));
  const kinds = enabled.length > 0 ? enabled : [random.pick(names)];
  const faults = kinds.flatMap((name) => {
    const times = random.integer(1, name === 'blip' ? 3 : 2);
    return Array.from({ length: times }).flatMap(() => draws[name]?.(drawing) ?? []);
  });
  return faults.sort((one, other) => one.begins - other.begins);
}

function linkCut(drawing: Drawing, lastsMs: number): Fault {
  return { kind: 'link-cut', directions: drawDirections(drawing), ...during(drawing, lastsMs) };
}

function replicationStalled(drawing: Drawing): Fault {
  return { kind: 'replication-stalled', directions: drawDirections(drawing), ...during(drawing, drawing.random.between(20 * second, 5 * minute)) };
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
    symptom: random.pick(['refuses', 'status', 'hangs']),
    ...during(drawing, random.between(20 * second, 8 * minute)),
  };
}

function drawDirections({ random, config }: Drawing): ReturnType<typeof bothWays> {
  const regions = allRegions(config.regions);
  const one = random.pick(regions);
  const other = random.pick(regions.filter((region) => region !== one));
  return random.chance(0.65) ? bothWays(one, other) : [{ from: one, to: other }];
}

function during({ random, storm }: Drawing, lastsMs: number): { readonly begins: number; readonly ends: number } {
  const lasts = Math.min(lastsMs, storm.ends - storm.begins);
  const begins = whole(random.between(storm.begins, storm.ends - lasts));
  return { begins, ends: whole(begins + lasts) };
}

const whole = Math.round;
