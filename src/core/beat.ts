/**
 * A beat is the record of a finished round and its proof of life. It is stored twice: as the region's newest head,
 * which every judgement reads, and as one packed item in its hour, from which history is told.
 */
import { type Instant, monitorHash, type RegionId, type Slot, slotAt } from './basics/brand';
import type { Health, Sample } from './health';
import type { Receiving } from './heartbeat/receiving';
import { noPhases, type Phases, type Reason } from './observation';
import { ByteReader, ByteWriter } from './packing';
import { beatKey, headKey, type Item, onlyShard, type Writer } from './table';

/** `closed-port-answered`: it would call anything up. `nothing-answered`: it reached nothing at all, not even what must answer. */
export type CanaryReading = 'right' | 'closed-port-answered' | 'nothing-answered';

/** What a round says of itself. */
export interface RoundFacts {
  readonly region: RegionId;
  readonly slot: Slot;
  readonly by: 'schedule';
  /** What the round's own canaries showed of it; where they read wrong, its observations are not covered. */
  readonly canaries: CanaryReading;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** Monitors that were observed, of those that were due. */
  readonly covered: number;
  readonly expected: number;
  readonly configHash: string;
  readonly configMadeAt: Instant;
  readonly codeVersion: string;
  readonly bootId: string;
  /** The newest slot that this region had seen of each other one. */
  readonly seen: Readonly<Record<RegionId, Slot>>;
}

/** The newest beat of a region, with the newest sample of every monitor. */
export interface Head extends RoundFacts {
  readonly samples: readonly Sample[];
  /** When this region's own inbox was seen at work; only where a monitor calls us. */
  readonly receiving?: Receiving | undefined;
}

/** How a monitor fared in one round, as history keeps it. */
export interface BeatMark {
  /** `skipped`: it was due and could not be covered; `idle`: it was not due. */
  readonly outcome: 'ok' | 'failed' | 'skipped' | 'idle';
  readonly phases: Phases;
  readonly reason: Reason;
  readonly detail: string;
}

export interface Beat extends RoundFacts {
  /** In the order of the roster of this configuration. */
  readonly marks: readonly BeatMark[];
}

/** After so many days beats expire; what is older is told from roll-ups. */
export const keptBeatDays = 35;
const facts = ({ region: _region, slot: _slot, ...rest }: RoundFacts): string => JSON.stringify(rest);

export function encodeHead(head: Head, writer: Writer): Item {
  const { samples, receiving, ...round } = head;
  const writing = new ByteWriter();
  for (const sample of samples) packSample(writing, sample, head.slot);
  const faults = samples.flatMap((sample, index) => (sample.ok ? [] : [[index, sample.reason, sample.detail]]));
  const addresses = samples.map((sample) => sample.address);
  const item = { ...headKey(writer, onlyShard), v: 1, seq: head.slot, facts: facts(round), packed: writing.done(), faults: JSON.stringify(faults) };
  return { ...item, addresses: JSON.stringify(shared(addresses)), ...(receiving === undefined ? {} : { receiving: JSON.stringify(receiving) }) };
}

/** One item may be looked at by many. */
const decodedHeads = new WeakMap<Item, Head>();

/** Undefined for an item that is no head of this version: it is skipped, not fatal. */
export function decodeHead(item: Item): Head | undefined {
  const known = decodedHeads.get(item) ?? unpackHead(item);
  if (known !== undefined) decodedHeads.set(item, known);
  return known;
}

function unpackHead(item: Item): Head | undefined {
  const round = decodeFacts(item);
  if (round === undefined || !(item.packed instanceof Uint8Array)) return undefined;
  try {
    const faults = new Map((JSON.parse(String(item.faults)) as [number, Reason, string][]).map(([index, reason, detail]) => [index, { reason, detail }]));
    const addresses = unshared(JSON.parse(String(item.addresses ?? '[[],[]]')));
    const reading = new ByteReader(item.packed);
    const samples: Sample[] = [];
    while (!reading.isAtEnd) {
      const index = samples.length;
      samples.push({ ...unpackSample(reading, round.slot), ...(faults.get(index) ?? { reason: 'ok', detail: '' }), address: addresses[index] ?? '' });
    }
    return { ...round, samples, ...(typeof item.receiving === 'string' ? { receiving: JSON.parse(item.receiving) as Receiving } : {}) };
  } catch {
    return undefined;
  }
}

export function encodeBeat(beat: Beat, writer: Writer): Item {
  const { marks, ...round } = beat;
  const writing = new ByteWriter();
  for (const mark of marks) packMark(writing, mark);
  const faults = marks.flatMap((mark, index) => (mark.outcome === 'failed' || mark.outcome === 'skipped' ? [[index, mark.reason, mark.detail]] : []));
  const item = { ...beatKey(writer, onlyShard, beat.slot), v: 1, seq: beat.slot, facts: facts(round), packed: writing.done(), faults: JSON.stringify(faults) };
  return { ...item, ttl: beat.slot + keptBeatDays * 86_400 };
}

/** Undefined for an item that is no beat of this version. */
export function decodeBeat(item: Item): Beat | undefined {
  const round = decodeFacts(item);
  if (round === undefined || !(item.packed instanceof Uint8Array)) return undefined;
  try {
    const faults = new Map((JSON.parse(String(item.faults)) as [number, Reason, string][]).map(([index, reason, detail]) => [index, { reason, detail }]));
    const reading = new ByteReader(item.packed);
    const marks: BeatMark[] = [];
    while (!reading.isAtEnd) marks.push({ ...unpackMark(reading), ...(faults.get(marks.length) ?? { reason: 'ok', detail: '' }) });
    return { ...round, marks };
  } catch {
    return undefined;
  }
}

function decodeFacts(item: Item): RoundFacts | undefined {
  const region = item.pk.split('#')[1]?.split('@')[0];
  if (region === undefined || typeof item.seq !== 'number' || typeof item.facts !== 'string') return undefined;
  try {
    return { ...(JSON.parse(item.facts) as Omit<RoundFacts, 'region' | 'slot'>), region: region as RegionId, slot: slotAt(item.seq) };
  } catch {
    return undefined;
  }
}

const healthCodes: readonly Health[] = ['unknown', 'up', 'down'];

function packSample(writing: ByteWriter, sample: Sample, headSlot: Slot): void {
  writing.hex(sample.hash).byte((sample.ok ? 1 : 0) | (healthCodes.indexOf(sample.health) << 1));
  writing
    .count(headSlot - sample.slot)
    .count(sample.run)
    .count(headSlot - sample.runSince)
    .count(sample.failedBits);
  packPhases(writing, sample.phases);
}

function unpackSample(reading: ByteReader, headSlot: Slot): Omit<Sample, 'reason' | 'detail' | 'address'> {
  const hash = monitorHash(reading.hex(6));
  const flags = reading.byte();
  const slot = slotAt(headSlot - reading.count());
  const run = reading.count();
  const runSince = slotAt(headSlot - reading.count());
  const failedBits = reading.count();
  return { hash, slot, ok: (flags & 1) === 1, health: healthCodes[flags >> 1] ?? 'unknown', run, runSince, failedBits, phases: unpackPhases(reading) };
}

const markCodes: readonly BeatMark['outcome'][] = ['idle', 'ok', 'failed', 'skipped'];

function packMark(writing: ByteWriter, mark: BeatMark): void {
  writing.byte(markCodes.indexOf(mark.outcome));
  if (mark.outcome === 'ok' || mark.outcome === 'failed') packPhases(writing, mark.phases);
}

function unpackMark(reading: ByteReader): Pick<BeatMark, 'outcome' | 'phases'> {
  const outcome = markCodes[reading.byte()] ?? 'idle';
  return { outcome, phases: outcome === 'ok' || outcome === 'failed' ? unpackPhases(reading) : noPhases };
}

function packPhases(writing: ByteWriter, phases: Phases): void {
  writing.count(phases.dnsMs).count(phases.connectMs).count(phases.tlsMs).count(phases.firstByteMs).count(phases.transferMs);
}

function unpackPhases(reading: ByteReader): Phases {
  const dnsMs = reading.count();
  const connectMs = reading.count();
  const tlsMs = reading.count();
  const firstByteMs = reading.count();
  return { dnsMs, connectMs, tlsMs, firstByteMs, transferMs: reading.count() };
}

/** Many monitors share few addresses: the distinct ones, and an index per sample. */
function shared(texts: readonly string[]): readonly [readonly string[], readonly number[]] {
  const distinct = [...new Set(texts)];
  const positions = new Map(distinct.map((text, index) => [text, index]));
  return [distinct, texts.map((text) => positions.get(text) ?? 0)];
}

function unshared(packed: readonly [readonly string[], readonly number[]]): readonly string[] {
  const [distinct, indices] = packed;
  return indices.map((index) => distinct[index] ?? '');
}
