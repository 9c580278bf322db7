/** One run of one seed: storm, heal, calm, and again; then every promise is checked. */
import { minute, second } from '../../src/core/basics/time';
import { allRegions, type Config } from '../../src/core/config/config';
import { Census } from './census';
import { checkers } from './checkers/all';
import type { Evidence, Violation } from './checkers/evidence';
import { harmsOf } from './checkers/harm';
import { Sightings } from './checkers/sightings';
import { recordedInTime, recordedOnce, WriteChecker } from './checkers/single-writer';
import { drawFaults } from './drawing';
import { drawHeavily } from './drawing-heavily';
import type { Engine } from './engine';
import type { FaultGroup } from './fault-groups';
import type { Fault } from './faults';
import { inflict } from './inflict';
import { type Inspection, runInspected } from './inspection';
import { Random } from './random';
import { smallConfig } from './settings';
import { World } from './world';

export interface SeedSettings {
  readonly seed: number;
  readonly engine: Engine;
  /** How long to simulate, in hours: whole cycles, at least one. */
  readonly hours?: number | undefined;
  /** So many monitors instead of the few that the seed would draw. */
  readonly monitors?: number | undefined;
  readonly beatMs?: number | undefined;
  /** Draws several faults of each of these groups, and few others. */
  readonly heavy?: readonly FaultGroup[] | undefined;
  /** These faults instead of drawn ones. */
  readonly faults?: readonly Fault[] | undefined;
  readonly keepsNotes?: boolean | undefined;
  /** Of the drawn faults only these, by their numbers in the order of the story, from 0. */
  readonly only?: readonly number[] | undefined;
  /** Ends the run so early, in milliseconds since its beginning. */
  readonly untilMs?: number | undefined;
}

export interface SeedRun {
  readonly seed: number;
  readonly config: Config;
  /** The number of each among all that were drawn stands in `faultNumbers`. */
  readonly faults: readonly Fault[];
  readonly faultNumbers: readonly number[];
  readonly world: World;
  readonly census: Census;
  readonly violations: readonly Violation[];
  /** Equal for equal runs. */
  readonly hash: string;
}

/** Each cycle is calm, then stormy, then calm for long enough that everything must have settled. */
interface Rhythm {
  readonly cycleMs: number;
  readonly stormBeginsMs: number;
  readonly stormEndsMs: number;
}
const slow: Rhythm = { cycleMs: 25 * minute, stormBeginsMs: 4 * minute, stormEndsMs: 14 * minute };
/** With short beats everything happens sooner. */
const quick: Rhythm = { cycleMs: 13 * minute, stormBeginsMs: 2 * minute, stormEndsMs: 9 * minute };
const rhythmOf = (config: Config): Rhythm => (config.beatIntervalMs < minute ? quick : slow);

export async function runSeed(settings: SeedSettings): Promise<SeedRun> {
  const { seed, engine } = settings;
  const config = drawConfig(settings);
  const world = new World({ seed, config, engine });
  world.history.keepsNotes = settings.keepsNotes ?? false;
  const writes = new WriteChecker({ now: () => world.events.now, read: (region) => world.clocks.read(region) });
  const census = new Census();
  world.writeWatches.push(
    (write, at) => writes.see(write, at),
    (write) => census.see(write),
  );
  const rhythm = rhythmOf(config);
  const cycles = Math.max(1, Math.round(((settings.hours ?? 0) * 60 * minute) / rhythm.cycleMs));
  const drawn = settings.faults ?? Array.from({ length: cycles }).flatMap((_, cycle) => faultsOfCycle(settings, cycle, config));
  const faultNumbers = [...drawn.keys()].filter((number) => settings.only?.includes(number) ?? true);
  const faults = faultNumbers.flatMap((number) => drawn[number] ?? []);
  for (const fault of faults) inflict(fault, world);
  const inspection = await runInspected(world, Math.min(settings.untilMs ?? Number.POSITIVE_INFINITY, cycles * rhythm.cycleMs));
  const evidence = evidenceOf(world, faults, inspection);
  const broken = [...checkers, recordedOnce(writes.repeated), recordedInTime(writes.early)].flatMap((check) => check(evidence));
  const violations = [...writes.violations, ...broken].sort((one, other) => one.at - other.at);
  return { seed, config, faults, faultNumbers, world, census, violations, hash: fingerprint(world) };
}

/** Holds a run up to now against everything that is promised. */
export function brokenPromises(world: World, faults: readonly Fault[], inspection: Inspection): readonly Violation[] {
  const evidence = evidenceOf(world, faults, inspection);
  return checkers.flatMap((check) => check(evidence));
}

function evidenceOf(world: World, faults: readonly Fault[], inspection: Inspection): Evidence {
  const { config, history, table } = world;
  return {
    config,
    regions: allRegions(config.regions),
    faults,
    harms: harmsOf(faults),
    history,
    sightings: new Sightings(history),
    inspection,
    logs: new Map([...table.stores].map(([region, store]) => [region, store.all().filter((item) => item.pk.startsWith('LOG#'))])),
    healedAt: Math.max(0, ...faults.map((fault) => fault.ends)),
    from: 0,
    to: world.elapsedMs,
  };
}

function drawConfig({ seed, monitors, beatMs }: SeedSettings): Config {
  const random = new Random(seed, 'config');
  const drawn = { monitors: random.integer(1, 5), beatMs: random.chance(0.4) ? 10 * second : minute, tolerateMs: random.pick([30 * second, minute]) };
  return smallConfig({ ...drawn, monitors: monitors ?? drawn.monitors, beatMs: beatMs ?? drawn.beatMs });
}

function faultsOfCycle({ seed, heavy }: SeedSettings, cycle: number, config: Config): readonly Fault[] {
  const { cycleMs, stormBeginsMs, stormEndsMs } = rhythmOf(config);
  const storm = { begins: cycle * cycleMs + stormBeginsMs, ends: cycle * cycleMs + stormEndsMs };
  const drawing = { random: new Random(seed, `faults ${cycle}`), config, storm };
  return heavy === undefined ? drawFaults(drawing) : drawHeavily(drawing, heavy);
}

function fingerprint(world: World): string {
  const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
  return hex(world.events.digest) + hex(world.history.digest);
}
