/**
 * What one region saw of every monitor in one hour: the roll-up from which history is told when the beats have expired.
 * It keeps when a monitor was seen up or down, to the millisecond, so that any window adds up; an hour of one state is two bytes.
 */
import { type Instant, instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { day, hour, parseTime, second } from './basics/time';
import { type Latency, packLatency, unpackLatency } from './latency';
import { ByteReader, ByteWriter } from './packing';
import { hourKey, type Item, type Writer } from './table';
import { addSpan, type Span, type Stretch } from './timeline';

export interface MonitorHour {
  /** In order, within the hour; nothing was observed in between. */
  readonly spans: readonly Span[];
  readonly latency: Latency;
}

export interface HourRollUp {
  readonly region: RegionId;
  readonly begins: Instant;
  /** Counts from 0; a later one knows more beats. */
  readonly revision: number;
  readonly writtenAt: Instant;
  /** The configuration whose monitors these are, in the order of its roster. */
  readonly configHash: string;
  /** How many beats it was told from: those of the hour, and those around it that say how long observations held. */
  readonly rounds: number;
  /** From the first to the last round of each time in which rounds followed on one another. */
  readonly work: readonly Stretch[];
  readonly monitors: readonly MonitorHour[];
}

/** Three years: a month can be set beside the same month of the year before, and of the one before that. */
const keptDays = 1100;
/** Well below the 400 KB that an item may have. */
const partBytesMost = 200_000;

export const hourBefore = (at: Instant): Instant => instant(Math.floor(at / hour) * hour - hour);
export const slotOfHour = (begins: Instant): Slot => slotAt(begins / second);

/** One item, or several where there are very many monitors. */
export function encodeHour(rollUp: HourRollUp, writer: Writer): readonly Item[] {
  const { begins, revision, writtenAt, configHash, rounds } = rollUp;
  const parts = partsOf(rollUp);
  const ttl = Math.floor(begins / second) + keptDays * (day / second);
  const shared = { v: 1, at: writtenAt, config: configHash, rounds, work: JSON.stringify(workText(rollUp)), parts: parts.length, ttl };
  return parts.map(({ first, packed, whys }, part) => ({
    ...hourKey(writer, slotOfHour(begins), { revision, part }),
    ...shared,
    first,
    packed,
    whys: JSON.stringify(whys),
  }));
}

const workText = ({ work, begins }: HourRollUp): readonly number[] => work.flatMap(({ from, to }) => [from - begins, to - begins]);

interface Part {
  /** Which monitor of the roster it begins with. */
  readonly first: number;
  readonly packed: Uint8Array;
  readonly whys: readonly string[];
}

function partsOf({ monitors, begins }: HourRollUp): readonly Part[] {
  const parts: Part[] = [];
  let [first, whys, writing] = [0, [] as string[], new ByteWriter()];
  const end = (next: number): void => {
    parts.push({ first, packed: writing.done(), whys });
    [first, whys, writing] = [next, [], new ByteWriter()];
  };
  for (const [index, { spans, latency }] of monitors.entries()) {
    packSpans(writing, whys, { spans, begins });
    packLatency(writing, latency);
    if (writing.length >= partBytesMost && index + 1 < monitors.length) end(index + 1);
  }
  end(monitors.length);
  return parts;
}

const outcomes: readonly (Span['outcome'] | undefined)[] = [undefined, 'ok', 'failed', 'skipped'];

/** How many pieces fill the hour; of each what it is, and its length but for the last. Of what was skipped, why: one more than its place, or 0. */
function packSpans(writing: ByteWriter, whys: string[], { spans, begins }: { readonly spans: readonly Span[]; readonly begins: Instant }): void {
  const pieces = filled(spans, begins);
  writing.count(pieces.length);
  for (const [index, { from, to, outcome, why }] of pieces.entries()) {
    writing.byte(outcomes.indexOf(outcome));
    if (index + 1 < pieces.length) writing.count(to - from);
    if (outcome === 'skipped') writing.count(why === undefined ? 0 : placeOf(whys, why) + 1);
  }
}

type PieceOfHour = Stretch & { readonly outcome: Span['outcome'] | undefined; readonly why?: string | undefined };

function filled(spans: readonly Span[], begins: Instant): readonly PieceOfHour[] {
  const pieces: PieceOfHour[] = [];
  let until = begins;
  for (const span of spans) {
    if (span.from > until) pieces.push({ from: until, to: span.from, outcome: undefined });
    pieces.push(span);
    until = span.to;
  }
  const ends = instant(begins + hour);
  if (until < ends || pieces.length === 0) pieces.push({ from: until, to: ends, outcome: undefined });
  return pieces;
}

function placeOf(texts: string[], text: string): number {
  const known = texts.indexOf(text);
  return known >= 0 ? known : texts.push(text) - 1;
}

/** An item of a roll-up, with what it holds still packed. */
export interface HourItem extends Omit<HourRollUp, 'monitors'> {
  readonly part: number;
  readonly parts: number;
  readonly first: number;
  readonly packed: Uint8Array;
  readonly whys: readonly string[];
}

/** Undefined for an item that is no roll-up of this version. */
export function decodeHour(item: Item): HourItem | undefined {
  const [kind, writer] = item.pk.split('#');
  const [name, revision, part] = item.sk.split('#');
  const begins = parseTime(`${name}:00:00Z`);
  const { at, config, rounds, first, parts, packed } = item;
  if (kind !== 'HOUR' || writer === undefined || begins === undefined || !(packed instanceof Uint8Array)) return undefined;
  if (typeof at !== 'number' || typeof rounds !== 'number' || typeof first !== 'number' || typeof parts !== 'number') return undefined;
  const work = numbersOf(item.work);
  const named = { region: writer.split('@')[0] as RegionId, begins, revision: Number(revision), part: Number(part) };
  return {
    ...named,
    writtenAt: instant(at),
    configHash: String(config),
    ...{ rounds, first, parts, packed },
    work: work.flatMap((from, index) => (index % 2 === 0 ? [{ from: instant(begins + from), to: instant(begins + (work[index + 1] ?? from)) }] : [])),
    whys: textsOf(item.whys),
  };
}

/** Where what is read goes: of each monitor, by its place in the roster; undefined where nobody asked for it. */
export interface Shelves {
  readonly spans: (place: number) => Span[] | undefined;
  readonly latency: (place: number) => number[] | undefined;
}

/** Adds what an item says to what is known already; hours are to be read in their order. Throws a RangeError where bytes are missing. */
export function readHour(item: HourItem, { spans, latency }: Shelves): void {
  const reading = new ByteReader(item.packed);
  for (let place = item.first; !reading.isAtEnd; place += 1) {
    unpackSpans(reading, item, spans(place));
    unpackLatency(reading, latency(place));
  }
}

function unpackSpans(reading: ByteReader, { begins, whys }: HourItem, spans: Span[] | undefined): void {
  let from = begins;
  for (let left = reading.count(); left > 0; left -= 1) {
    const outcome = outcomes[reading.byte()];
    const to = instant(left > 1 ? from + reading.count() : begins + hour);
    const why = outcome === 'skipped' ? whys[reading.count() - 1] : undefined;
    if (outcome !== undefined && spans !== undefined) addSpan(spans, why === undefined ? { from, to, outcome } : { from, to, outcome, why });
    from = to;
  }
}

function numbersOf(json: unknown): readonly number[] {
  const value = parsedJson(json);
  return Array.isArray(value) ? value.map(Number) : [];
}

function textsOf(json: unknown): readonly string[] {
  const value = parsedJson(json);
  return Array.isArray(value) ? value.map(String) : [];
}

function parsedJson(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}
