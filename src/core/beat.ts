/**
 * A beat is the record of a finished round and its proof of life. It is stored twice: as the region's newest head,
 * which every judgement reads, and as one packed item in its hour, from which history is told.
 */
import { awayFields } from './away';
import { type Instant, instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { second } from './basics/time';
import type { Sample } from './health';
import type { Receiving } from './heartbeat/receiving';
import { noPhases, type Phases, type Reason } from './observation';
import { packPhases, unpackPhases } from './packed-phases';
import { packSamples, unpackSamples, type Why } from './packed-samples';
import { ByteReader, ByteWriter, codesOf } from './packing';
import { readSequence, sequenceNumber } from './sequence';
import { beatKey, headKey, type Item, onlyShard, type Writer, writerIn, writerRegion } from './table';

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
  /** How often the table had been restored when it was written; absent is 0. */
  readonly epoch?: number | undefined;
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

/** Of heads and beats; items of another version are skipped. */
const version = 2;

/** `away`: the other replicas at which its region is known to have written. */
export function encodeHead(head: Head, writer: Writer, away: Iterable<RegionId> = []): Item {
  const writing = new ByteWriter();
  packFacts(writing, head);
  packSamples(writing, head.samples, head.slot);
  const faults: Fault[] = [];
  head.samples.forEach((sample, index) => {
    if (!sample.ok) faults.push(faultOf(sample, index));
  });
  const item = { ...headKey(writer, onlyShard), v: version, seq: sequenceNumber(head), packed: writing.done(), ...awayFields(away), ...faultsOf(faults) };
  return head.receiving === undefined ? item : { ...item, receiving: JSON.stringify(head.receiving) };
}

/** One item may be looked at by many. */
const decodedHeads = new WeakMap<Item, Head>();

/** Undefined for an item that is no head of this version: it is skipped, not fatal. */
export function decodeHead(item: Item): Head | undefined {
  const known = decodedHeads.get(item);
  if (known !== undefined) return known;
  const head = unpacked(item, (reading, named) => ({ ...unpackHead(reading, named), ...epochIn(item), ...receivingIn(item) }));
  if (head !== undefined) decodedHeads.set(item, head);
  return head;
}

function unpackHead(reading: ByteReader, { region, slot, faults }: Named): Head {
  const facts = unpackFacts(reading, { region, slot });
  return { ...facts, samples: unpackSamples(reading, { headSlot: slot, whyAt: (place) => faults.get(place) ?? noFault }) };
}

function epochIn({ seq }: Item): Pick<Head, 'epoch'> {
  const { epoch } = readSequence(Number(seq));
  return epoch === 0 ? {} : { epoch };
}

const receivingIn = ({ receiving }: Item): Pick<Head, 'receiving'> => (typeof receiving === 'string' ? { receiving: JSON.parse(receiving) as Receiving } : {});

export function encodeBeat(beat: Beat, writer: Writer): Item {
  const writing = new ByteWriter();
  packFacts(writing, beat);
  packMarks(writing, beat.marks);
  const faults: Fault[] = [];
  beat.marks.forEach(({ outcome, reason, detail }, index) => {
    if (isFault(outcome)) faults.push([index, reason, detail]);
  });
  const ttl = beat.slot + keptBeatDays * 86_400;
  return { ...beatKey(writer, onlyShard, beat.slot), v: version, seq: beat.slot, packed: writing.done(), ...faultsOf(faults), ttl };
}

const isFault = (outcome: BeatMark['outcome']): boolean => outcome === 'failed' || outcome === 'skipped';

/** Undefined for an item that is no beat of this version. */
export const decodeBeat = (item: Item): Beat | undefined => unpacked(item, unpackBeat);

function unpackBeat(reading: ByteReader, { region, slot, faults }: Named): Beat {
  const facts = unpackFacts(reading, { region, slot });
  const marks = unpackMarks(reading).map(({ outcome, phases }, index) => {
    const { reason, detail } = faults.get(index) ?? noFault;
    return { outcome, phases, reason, detail };
  });
  return { ...facts, marks };
}

/** Which sample or mark, why, and what was seen; of a sample when it was last proven who answers, in seconds before it. */
type Fault = readonly [number, Reason, string] | readonly [number, Reason, string, number];

const faultOf = ({ reason, detail, slot, provenSlot }: Sample, index: number): Fault =>
  provenSlot === undefined ? [index, reason, detail] : [index, reason, detail, slot - provenSlot];
const noFault: Why = { reason: 'ok', detail: '' };

/** In most rounds there is none. */
const faultsOf = (faults: readonly Fault[]): { readonly faults?: string } => (faults.length === 0 ? {} : { faults: faultsText(faults) });

/** An item has its limit. Where very much fails at once, the details of the first ones tell what it is, and the reasons of all are kept. */
const mostDetailCharacters = 100_000;
const mostDetails = 300;

function faultsText(faults: readonly Fault[]): string {
  const length = faults.reduce((sum, [, , detail]) => sum + detail.length, 0);
  if (length <= mostDetailCharacters) return JSON.stringify(faults);
  return JSON.stringify(faults.map(([index, reason, detail, ...proven], place) => [index, reason, place < mostDetails ? detail.slice(0, 120) : '', ...proven]));
}

/** What stands beside the packed bytes. */
interface Named {
  readonly region: RegionId;
  readonly slot: Slot;
  readonly faults: ReadonlyMap<number, Why>;
}

function unpacked<Found>(item: Item, unpack: (reading: ByteReader, named: Named) => Found): Found | undefined {
  const writer = writerIn(item.pk);
  if (item.v !== version || writer === undefined || typeof item.seq !== 'number' || !(item.packed instanceof Uint8Array)) return undefined;
  try {
    return unpack(new ByteReader(item.packed), { region: writerRegion(writer), slot: readSequence(item.seq).slot, faults: faultsIn(item) });
  } catch {
    return undefined;
  }
}

const none: Named['faults'] = new Map();

function faultsIn({ faults }: Item): Named['faults'] {
  if (faults === undefined) return none;
  return new Map((JSON.parse(String(faults)) as Fault[]).map(([index, reason, detail, provenBefore]) => [index, { reason, detail, provenBefore }]));
}

const canaryCodes = codesOf<CanaryReading>({ right: 0, 'closed-port-answered': 1, 'nothing-answered': 2 });

function packFacts(writing: ByteWriter, facts: RoundFacts): void {
  const { slot, startedAt, finishedAt, seen } = facts;
  writing.byte(canaryCodes.codeOf(facts.canaries)).whole(startedAt - slot * second);
  writing
    .whole(finishedAt - startedAt)
    .count(facts.covered)
    .count(facts.expected);
  writing.text(facts.configHash).count(facts.configMadeAt).text(facts.codeVersion).text(facts.bootId);
  writing.each(Object.entries(seen) as [RegionId, Slot][], ([region, newest]) => writing.text(region).whole(slot - newest));
}

function unpackFacts(reading: ByteReader, { region, slot }: Pick<RoundFacts, 'region' | 'slot'>): RoundFacts {
  const canaries = canaryCodes.wordOf(reading.byte());
  const startedAt = instant(slot * second + reading.whole());
  return {
    region,
    slot,
    by: 'schedule',
    canaries,
    startedAt,
    finishedAt: instant(startedAt + reading.whole()),
    covered: reading.count(),
    expected: reading.count(),
    configHash: reading.text(),
    configMadeAt: instant(reading.count()),
    codeVersion: reading.text(),
    bootId: reading.text(),
    seen: Object.fromEntries(reading.each(() => [reading.text(), slotAt(slot - reading.whole())])),
  };
}

const outcomeCodes = codesOf<BeatMark['outcome']>({ idle: 0, ok: 1, failed: 2, skipped: 3 });
const tookTime = (outcome: BeatMark['outcome']): boolean => outcome === 'ok' || outcome === 'failed';

function packMarks(writing: ByteWriter, marks: readonly BeatMark[]): void {
  writing.count(marks.length).counts(marks.map(({ outcome }) => outcomeCodes.codeOf(outcome)));
  for (const { outcome, phases } of marks) if (tookTime(outcome)) packPhases(writing, phases);
}

function unpackMarks(reading: ByteReader): readonly Pick<BeatMark, 'outcome' | 'phases'>[] {
  const outcomes = reading.counts(reading.count()).map(outcomeCodes.wordOf);
  return outcomes.map((outcome) => ({ outcome, phases: tookTime(outcome) ? unpackPhases(reading) : noPhases }));
}
