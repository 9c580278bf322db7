/** From the body of a request to what a drill shall do. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import { clockOffMsMost } from '../../src/core/promises';
import { type DrillOrder, regionalKinds } from '../drills/order';
import type { Fields } from './json-body';
import { readRegion } from './region-name';

export interface KnownRegion {
  readonly name: RegionId;
  readonly role: 'prober' | 'witness';
}

const lagMsMost = 60 * minute;

const usage =
  'say {"kind": "kill", "region": …}, likewise kill-prober, freeze, stop, skip, throttle, store, mute and clock (with "offMs"), {"kind": "both"}, {"kind": "cut", "from": …, "to": …, "both": true | false} or {"kind": "lag", "from": …, "to": …, "lagMs": …}';

/** The order, or what is wrong with it. */
export function readOrder(regions: readonly KnownRegion[], body: Fields): DrillOrder | string {
  if (body.kind === 'both') return bothOf(regions);
  if (body.kind === 'cut' || body.kind === 'lag') return ofLink(regions, body, body.kind);
  const kind = ([...regionalKinds, 'mute', 'clock'] as const).find((known) => known === body.kind);
  if (kind === undefined) return usage;
  const named = readRegion(regions, body.region);
  if (named.kind === 'unknown') return named.sentence;
  const region = named.name;
  if (kind === 'clock') return ofClock(region, body.offMs);
  if (kind === 'mute') return ofTopic(regions, region, body.dying);
  const needsProber = kind === 'kill-prober' || kind === 'freeze' || kind === 'stop' || kind === 'skip';
  return needsProber ? (objectionToWitness(regions, region) ?? { kind, region }) : { kind, region };
}

function bothOf(regions: readonly KnownRegion[]): DrillOrder | string {
  const probers = regions.filter(({ role }) => role === 'prober').map(({ name }) => name);
  return probers.length === regions.length
    ? 'there is no witness, so nobody would be left to tell that all probers are dark'
    : { kind: 'both', regions: probers };
}

function ofLink(regions: readonly KnownRegion[], { from, to, both, lagMs }: Fields, kind: 'cut' | 'lag'): DrillOrder | string {
  const one = readRegion(regions, from);
  const other = readRegion(regions, to);
  if (one.kind === 'unknown') return one.sentence;
  if (other.kind === 'unknown') return other.sentence;
  if (one.name === other.name) return 'a link leads from one region to another; "from" and "to" are the same';
  const ends = { from: one.name, to: other.name };
  if (kind === 'cut') return typeof both === 'boolean' ? { kind, ...ends, both } : 'say whether both directions are cut: "both": true, or "both": false';
  if (typeof lagMs === 'number' && lagMs >= 1 && lagMs <= lagMsMost) return { kind, ...ends, lagMs };
  return `"lagMs" must be from 1 to ${lagMsMost}`;
}

function ofClock(region: RegionId, offMs: unknown): DrillOrder | string {
  if (typeof offMs === 'number' && offMs !== 0 && Math.abs(offMs) <= clockOffMsMost) return { kind: 'clock', region, offMs };
  return `"offMs" must be a number up to ${clockOffMsMost}, or down to -${clockOffMsMost}: nothing is promised for clocks that are off by more`;
}

function ofTopic(regions: readonly KnownRegion[], region: RegionId, dying: unknown): DrillOrder | string {
  const other = readRegion(regions, dying);
  if (other.kind === 'unknown') return other.sentence;
  if (other.name === region) return 'the prober that dies must be that of another region than the one whose topic is mute';
  return objectionToWitness(regions, other.name) ?? { kind: 'mute', region, dying: other.name };
}

function objectionToWitness(regions: readonly KnownRegion[], region: RegionId): string | undefined {
  const isWitness = regions.some(({ name, role }) => name === region && role === 'witness');
  return isWitness ? `${region} is a witness: it has no prober` : undefined;
}
