/** A watch record in few bytes: it is written with every vigil, and most of what it says has been said before. */
import { type Instant, instant, regionId, type Slot, slotAt } from './basics/brand';
import { second } from './basics/time';
import type { Arrivals } from './freshness';
import type { LocalHealth } from './local-health';
import type { Pinging } from './outside';
import { type ByteReader, type ByteWriter, codesOf, folded, unfolded } from './packing';
import type { SelfState, WatchState } from './watch';
import type { WatchdogState } from './watchdog-watch';
import type { Reporting, WatchedPeer, WatchedWatchdog, WatchRecord } from './watched';

const selfCodes = codesOf<SelfState>({ well: 0, isolated: 1, alone: 2, refused: 3, abstaining: 4 });
const watchdogCodes = codesOf<WatchdogState>({ expected: 0, watching: 1, late: 2, 'watcher-silent': 3, unknown: 4 });
const watchCodes = codesOf<WatchState>({
  ...{ expected: 0, reporting: 1, late: 2, 'link-lost': 3, 'replication-stuck': 4, skewed: 5, skipping: 6, lying: 7 },
  ...{ silent: 8, hung: 9, stopped: 10, 'store-down': 11, isolated: 12, alone: 13, abstaining: 14 },
});

/** What is said while nothing is wrong, by its place here, counted from one. Others are written out. */
const usualReasons: readonly string[] = [
  'its watch record is fresh',
  'it is the one who says so',
  'local replica fresh, direct read not asked, third region not asked',
];

/** Times are written by how long before the record they were. */
interface Packing {
  readonly writing: ByteWriter;
  readonly at: Instant;
}
interface Unpacking {
  readonly reading: ByteReader;
  readonly at: Instant;
}

export function packWatch(writing: ByteWriter, record: WatchRecord): void {
  const into: Packing = { writing, at: record.at };
  writing
    .whole(record.seq - record.at)
    .byte(selfCodes.codeOf(record.self))
    .byte(record.localHealth);
  packTime(into, record.watchingSince);
  packTime(into, record.invocationAt);
  writing.maybe(record.selfSince, (since) => packTime(into, since));
  writing.maybe(record.asleep, ({ from, to }) => {
    packTime(into, from);
    packTime(into, to);
  });
  writing.maybe(record.sleptMs, (sleptMs) => writing.count(sleptMs));
  writing.maybe(record.outside, (pinging) => packPinging(into, pinging));
  writing.each(record.peers, (peer) => packPeer(into, peer));
  writing.each(record.watchdogs, (watchdog) => packWatchdog(into, watchdog));
}

export function unpackWatch(reading: ByteReader, { region, seq }: Pick<WatchRecord, 'region' | 'seq'>): WatchRecord {
  const at = instant(seq - reading.whole());
  const from: Unpacking = { reading, at };
  const self = selfCodes.wordOf(reading.byte());
  const localHealth = reading.byte() as LocalHealth;
  return {
    region,
    seq,
    at,
    self,
    localHealth,
    watchingSince: unpackTime(from),
    invocationAt: unpackTime(from),
    selfSince: reading.maybe(() => unpackTime(from)),
    asleep: reading.maybe(() => ({ from: unpackTime(from), to: unpackTime(from) })),
    sleptMs: reading.maybe(() => reading.count()),
    outside: reading.maybe(() => unpackPinging(from)),
    peers: reading.each(() => unpackPeer(from)),
    watchdogs: reading.each(() => unpackWatchdog(from)),
  };
}

const packTime = ({ writing, at }: Packing, time: Instant): ByteWriter => writing.whole(at - time);
const unpackTime = ({ reading, at }: Unpacking): Instant => instant(at - reading.whole());

const packSlot = ({ writing, at }: Packing, slot: Slot): ByteWriter => writing.whole(Math.floor(at / second) - slot);
const unpackSlot = ({ reading, at }: Unpacking): Slot => slotAt(Math.floor(at / second) - reading.whole());

function packReason({ writing }: Packing, reason: string): void {
  const place = usualReasons.indexOf(reason) + 1;
  writing.count(place);
  if (place === 0) writing.text(reason);
}

function unpackReason({ reading }: Unpacking): string {
  const place = reading.count();
  const reason = place === 0 ? reading.text() : usualReasons[place - 1];
  if (reason === undefined) throw new RangeError(`no reason has the place ${place}`);
  return reason;
}

function packPeer(into: Packing, peer: WatchedPeer): void {
  into.writing.text(peer.region).byte(watchCodes.codeOf(peer.state));
  packTime(into, peer.since);
  packReason(into, peer.reason);
  into.writing.maybe(peer.arrivals, (arrivals) => packArrivals(into, arrivals));
  into.writing.maybe(peer.reporting, (reporting) => packReporting(into, reporting));
  into.writing.maybe(peer.answersSince, (since) => packTime(into, since));
}

function unpackPeer(from: Unpacking): WatchedPeer {
  const { reading } = from;
  return {
    region: regionId(reading.text()),
    state: watchCodes.wordOf(reading.byte()),
    since: unpackTime(from),
    reason: unpackReason(from),
    arrivals: reading.maybe(() => unpackArrivals(from)),
    reporting: reading.maybe(() => unpackReporting(from)),
    answersSince: reading.maybe(() => unpackTime(from)),
  };
}

function packWatchdog(into: Packing, watchdog: WatchedWatchdog): void {
  into.writing.text(watchdog.region).byte(watchdogCodes.codeOf(watchdog.state));
  packTime(into, watchdog.since);
  packReason(into, watchdog.reason);
  into.writing.maybe(watchdog.vigils, (vigils) => packArrivals(into, vigils));
}

function unpackWatchdog(from: Unpacking): WatchedWatchdog {
  const { reading } = from;
  return {
    region: regionId(reading.text()),
    state: watchdogCodes.wordOf(reading.byte()),
    since: unpackTime(from),
    reason: unpackReason(from),
    vigils: reading.maybe(() => unpackArrivals(from)),
  };
}

function packReporting(into: Packing, { configHash, since, unbrokenSince, slot }: Reporting): void {
  into.writing.text(configHash);
  packTime(into, since);
  packTime(into, unbrokenSince);
  packSlot(into, slot);
}

const unpackReporting = (from: Unpacking): Reporting => ({
  configHash: from.reading.text(),
  since: unpackTime(from),
  unbrokenSince: unpackTime(from),
  slot: unpackSlot(from),
});

function packPinging(into: Packing, { triedAt, takenAt, failed }: Pinging): void {
  packTime(into, triedAt);
  into.writing.maybe(takenAt, (time) => packTime(into, time));
  into.writing.maybe(failed, ({ times, since, until, reason }) => {
    into.writing.count(times);
    packTime(into, since);
    packTime(into, until);
    into.writing.text(reason);
  });
}

function unpackPinging(from: Unpacking): Pinging {
  const { reading } = from;
  const pinged = { triedAt: unpackTime(from), takenAt: reading.maybe(() => unpackTime(from)) };
  const failed = reading.maybe(() => ({ times: reading.count(), since: unpackTime(from), until: unpackTime(from), reason: reading.text() }));
  return { ...pinged, failed };
}

function packArrivals(into: Packing, { newest, firstSeenAt, lagsMs, lateLagsMs }: Arrivals): void {
  packSlot(into, newest);
  packTime(into, firstSeenAt);
  packLags(into, lagsMs);
  packLags(into, lateLagsMs);
}

const unpackArrivals = (from: Unpacking): Arrivals => ({
  newest: unpackSlot(from),
  firstSeenAt: unpackTime(from),
  lagsMs: unpackLags(from),
  lateLagsMs: unpackLags(from),
});

/** Lags are much alike, so each is written by how far it is from the one before. */
function packLags({ writing }: Packing, lagsMs: readonly number[]): void {
  let before = 0;
  const steps = lagsMs.map((lagMs) => {
    const step = folded(lagMs - before);
    before = lagMs;
    return step;
  });
  writing.count(lagsMs.length).counts(steps);
}

function unpackLags({ reading }: Unpacking): readonly number[] {
  let lagMs = 0;
  return reading.counts(reading.count()).map((step) => {
    lagMs += unfolded(step);
    return lagMs;
  });
}
