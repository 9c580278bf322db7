/**
 * What a probe worker answers, on its way to the prober that asked: texts that repeat are written once, and monitors are named by
 * their hashes, which also tell whether both sides mean the same one. Read without trust: what cannot be read was not observed.
 */
import { type MonitorHash, monitorHash, type RegionId, regionId } from './basics/brand';
import type { CanaryReading } from './beat';
import { type Attempt, type Phases, type Reason, reasons } from './observation';

export interface ShardAnswer {
  /** The one that was asked with: an answer with another one is none. */
  readonly nonce: string;
  readonly region: RegionId;
  readonly configHash: string;
  /** What the worker's own canaries showed of it: it looks from another machine than the prober. */
  readonly canaries: CanaryReading;
  readonly seen: readonly ShardSeen[];
}

export interface ShardSeen {
  readonly hash: MonitorHash;
  readonly attempts: readonly [Attempt, ...Attempt[]];
}

const version = 1;

const noAddress = -1;

/** Reason, detail and address by their places in lists, then the milliseconds of each phase. */
type AttemptRow = readonly [reason: number, detail: number, address: number, ...phasesMs: number[]];
type SeenRow = readonly [hash: string, ...attempts: AttemptRow[]];

export interface ShardAnswerJson {
  readonly v: typeof version;
  readonly nonce: string;
  readonly region: string;
  readonly configHash: string;
  readonly canaries: CanaryReading;
  readonly texts: readonly string[];
  readonly seen: readonly SeenRow[];
}

/** Plain data, for JSON. */
export function shardAnswerToJson({ seen, ...facts }: ShardAnswer): ShardAnswerJson {
  const texts = new Map<string, number>();
  const placeOf = (text: string): number => {
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const row = ({ reason, detail, address, phases }: Attempt): AttemptRow => {
    const { dnsMs, connectMs, tlsMs, firstByteMs, transferMs } = phases;
    const phasesMs = [dnsMs, connectMs, tlsMs, firstByteMs, transferMs].map(rounded);
    return [reasons.indexOf(reason), placeOf(detail), address === undefined ? noAddress : placeOf(address), ...phasesMs];
  };
  const rows = seen.map(({ hash, attempts }): SeenRow => [hash, ...attempts.map(row)]);
  return { v: version, ...facts, texts: withinLimit([...texts.keys()]), seen: rows };
}

/** Lambda takes no answer of more than 6 MB. Where so much is wrong at once, each text is shorter, and none is lost. */
const mostCharacters = 1_500_000;
const shortText = 60;

const withinLimit = (texts: readonly string[]): readonly string[] =>
  texts.reduce((sum, { length }) => sum + length, 0) > mostCharacters ? texts.map((text) => text.slice(0, shortText)) : texts;

/** A beat keeps no finer ones. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

/** Undefined where it is no answer of this version. A monitor whose row cannot be read is left out. */
export function shardAnswerFromJson(value: unknown): ShardAnswer | undefined {
  const { v, nonce, region, configHash, canaries, texts, seen } = fieldsOf(value);
  if (v !== version || typeof nonce !== 'string' || typeof region !== 'string' || typeof configHash !== 'string') return undefined;
  if (!isCanaryReading(canaries) || !Array.isArray(texts) || !Array.isArray(seen)) return undefined;
  return { nonce, region: regionId(region), configHash, canaries, seen: seen.flatMap((row) => seenOf(row, texts) ?? []) };
}

const canaryReadings: readonly unknown[] = ['right', 'closed-port-answered', 'nothing-answered'] satisfies readonly CanaryReading[];
const isCanaryReading = (value: unknown): value is CanaryReading => canaryReadings.includes(value);

function seenOf(row: unknown, texts: readonly unknown[]): ShardSeen | undefined {
  if (!Array.isArray(row)) return undefined;
  const [hash, ...rows] = row;
  const [first, ...others] = rows.map((one) => attemptOf(one, texts));
  if (typeof hash !== 'string' || first === undefined || others.includes(undefined)) return undefined;
  return { hash: monitorHash(hash), attempts: [first, ...others.filter((one) => one !== undefined)] };
}

function attemptOf(row: unknown, texts: readonly unknown[]): Attempt | undefined {
  if (!Array.isArray(row)) return undefined;
  const [reasonPlace, detailPlace, addressPlace, ...ms] = row;
  const reason = placed<Reason>(reasons, reasonPlace);
  const detail = placed(texts, detailPlace);
  const address = placed(texts, addressPlace);
  const phases = phasesOf(ms);
  if (reason === undefined || typeof detail !== 'string' || phases === undefined) return undefined;
  if (addressPlace !== noAddress && typeof address !== 'string') return undefined;
  return { reason, detail, phases, ...(typeof address === 'string' ? { address } : {}) };
}

const placed = <T>(list: readonly T[], place: unknown): T | undefined => (typeof place === 'number' ? list[place] : undefined);

function phasesOf(ms: readonly unknown[]): Phases | undefined {
  if (ms.length !== 5 || !ms.every((one): one is number => typeof one === 'number' && Number.isFinite(one) && one >= 0)) return undefined;
  const [dnsMs = 0, connectMs = 0, tlsMs = 0, firstByteMs = 0, transferMs = 0] = ms;
  return { dnsMs, connectMs, tlsMs, firstByteMs, transferMs };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
