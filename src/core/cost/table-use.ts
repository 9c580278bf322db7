/**
 * What one region writes and reads in an hour in which nothing is wrong. It follows the engine call by call; a test holds it
 * against the calls that the engine really makes.
 */
import type { RegionId } from '../basics/brand';
import { hour, minute, second } from '../basics/time';
import { allRegions, type Config } from '../config/config';
import { isLooping } from '../slots';
import type { Item } from '../table';
import { itemBytes, readUnits, writeUnits } from './item-size';
import { meanOf, type Typical, type TypicalItems, typicalItems } from './typical';

export interface Writing {
  readonly kind: 'claim' | 'head' | 'beat' | 'watch' | 'hour';
  readonly writesPerHour: number;
  /** Of one write, in one replica. */
  readonly units: number;
  readonly bytes: number;
}

export interface Reading {
  readonly what: 'look' | 'own-head' | 'claim' | 'logs' | 'roll-up' | 'roll-up-elsewhere';
  /** Of the replica at home; of each other replica for `roll-up-elsewhere`. */
  readonly unitsPerHour: number;
}

export interface TableUse {
  readonly region: RegionId;
  readonly writes: readonly Writing[];
  readonly reads: readonly Reading[];
}

export function tableUseOf(config: Config, region: RegionId, typical: Typical): TableUse {
  const isProber = config.regions.probers.includes(region);
  const items = typicalItems(config, region, typical);
  const pace = paceOf(config);
  const writes = [...(isProber ? proberWrites(items, pace) : []), writing('watch', pace.vigilsStored, [items.watch])];
  const looks = pace.vigilLooks + (isProber ? pace.rounds : 0);
  const reads = [...looksAt(config, region, { items, looks }), ...(isProber ? [...ownReads(items, pace), ...rollingUp(config, items)] : [])];
  return { region, writes, reads };
}

/** All an hour. */
interface Pace {
  readonly rounds: number;
  readonly claims: number;
  readonly claimsRead: number;
  readonly ownHeadsRead: number;
  readonly vigilLooks: number;
  readonly vigilsStored: number;
}

const invocationsPerHour = hour / minute;
const vigilLoopMs = 5 * second;
/** A loop is handed over once in a minute: both claim a slot that the other one has, and look in vain. Measured, not counted. */
const handOver = { claims: 1.45, claimsRead: 0.45, looks: 1, vigilsStored: 0.5 };

function paceOf(config: Config): Pace {
  const rounds = hour / config.beatIntervalMs;
  if (!isLooping(config)) {
    return { rounds, claims: rounds, claimsRead: 0, ownHeadsRead: rounds, vigilLooks: invocationsPerHour, vigilsStored: invocationsPerHour };
  }
  const vigils = hour / vigilLoopMs;
  return {
    rounds,
    claims: rounds + handOver.claims * invocationsPerHour,
    claimsRead: handOver.claimsRead * invocationsPerHour,
    ownHeadsRead: invocationsPerHour,
    vigilLooks: vigils + handOver.looks * invocationsPerHour,
    vigilsStored: vigils + handOver.vigilsStored * invocationsPerHour,
  };
}

const writing = (kind: Writing['kind'], writesPerHour: number, items: readonly Item[]): Writing => ({
  kind,
  writesPerHour,
  units: meanOf(items, writeUnits),
  bytes: meanOf(items, (bytes) => bytes),
});

const proberWrites = (items: TypicalItems, pace: Pace): readonly Writing[] => [
  writing('claim', pace.claims, [items.claim]),
  writing('head', pace.rounds, [items.head]),
  writing('beat', pace.rounds, items.beats),
  writing('hour', items.hour.length, items.hour),
];

/** Reads at home are consistent of what the region wrote there itself. Of others, and of what is written under another name, they may lag. */
const unitsOf = (item: Item): number => readUnits(itemBytes(item), true);
const unitsOfOthers = (item: Item): number => readUnits(itemBytes(item), false);
const unitsOfNothing = readUnits(0, true);
const unitsOfNothingOfOthers = readUnits(0, false);
/** In the first day of a month the logs of the one before are read, too. */
const logsPerLook = 1 + 1 / 30;

/** A head of every prober, a watch record and a log of every region. What may be written under another name is read where these come late. */
function looksAt(
  { regions }: Config,
  region: RegionId,
  { items: { head, watch }, looks }: { readonly items: TypicalItems; readonly looks: number },
): readonly Reading[] {
  const others = allRegions(regions).length - 1;
  const isProber = regions.probers.includes(region);
  const heads = (isProber ? unitsOf(head) : 0) + (regions.probers.length - (isProber ? 1 : 0)) * unitsOfOthers(head);
  const watches = unitsOf(watch) + others * unitsOfOthers(watch);
  const logs = unitsOfNothing + others * unitsOfNothingOfOthers;
  return [
    { what: 'look', unitsPerHour: looks * (heads + watches) },
    { what: 'logs', unitsPerHour: looks * logs * logsPerLook },
  ];
}

function ownReads({ head, claim }: TypicalItems, pace: Pace): readonly Reading[] {
  return [
    { what: 'own-head', unitsPerHour: pace.ownHeadsRead * unitsOf(head) },
    { what: 'claim', unitsPerHour: pace.claimsRead * unitsOf(claim) },
  ];
}

/** An hour is looked at when it is over, and twice later, then in every replica: the hour itself and the edges of those around it. */
const looksAtHour = { home: 3, elsewhere: 2 };
const hoursTouched = 3;

function rollingUp(config: Config, { beats, hour: parts }: TypicalItems): readonly Reading[] {
  const names = allRegions(config.regions).length;
  const hourBytes = meanOf(beats, (bytes) => bytes) * (hour / config.beatIntervalMs);
  const absentBeats = hoursTouched * (names - 1) * unitsOfNothingOfOthers;
  const beatsAtHome = readUnits(hourBytes, true) + (hoursTouched - 1) * unitsOfNothing + absentBeats;
  const beatsElsewhere = readUnits(hourBytes, false) + (hoursTouched - 1) * unitsOfNothingOfOthers + absentBeats;
  const revisions = parts.reduce((sum, part) => sum + unitsOf(part), 0);
  const found = looksAtHour.elsewhere * revisions + (looksAtHour.home - looksAtHour.elsewhere) * unitsOfNothing;
  const absentHours = looksAtHour.home * (names - 1) * unitsOfNothingOfOthers;
  return [
    { what: 'roll-up', unitsPerHour: looksAtHour.home * beatsAtHome + found + absentHours },
    { what: 'roll-up-elsewhere', unitsPerHour: looksAtHour.elsewhere * beatsElsewhere },
  ];
}
