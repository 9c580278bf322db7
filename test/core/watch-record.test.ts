import fc from 'fast-check';
import { instant, slotAt } from '../../src/core/basics/brand';
import { day } from '../../src/core/basics/time';
import { itemBytes } from '../../src/core/cost/item-size';
import type { Arrivals } from '../../src/core/freshness';
import type { LocalHealth } from '../../src/core/local-health';
import { writerAt } from '../../src/core/table';
import type { WatchState } from '../../src/core/watch';
import { decodeWatch, encodeWatch, type WatchRecord } from '../../src/core/watch-record';
import type { WatchdogState } from '../../src/core/watchdog-watch';
import type { WatchedPeer, WatchedWatchdog } from '../../src/core/watched';
import { at, east, middle, slot, west } from './builders';

const now = at('00:10:07');
const time = fc.integer({ min: -3_000_000_000, max: 100_000 }).map((ms) => instant(now + ms));
const someSlot = fc.integer({ min: 0, max: 4e9 }).map(slotAt);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('its watch record is fresh', 'it is the one who says so'));
const maybe = <T>(drawn: fc.Arbitrary<T>) => fc.option(drawn, { nil: undefined });
const lags = fc.array(fc.oneof(fc.constant(2000), fc.integer({ min: -4e9, max: 4e9 })), { maxLength: 32 });
const arrivals: fc.Arbitrary<Arrivals> = fc.record({ newest: someSlot, firstSeenAt: time, lagsMs: lags, lateLagsMs: lags });
const arrivalsOfProber = fc.tuple(arrivals, maybe(fc.constant(true as const))).map(([known, isAgeUnknown]): Arrivals => ({ ...known, isAgeUnknown }));
const region = fc.oneof(fc.constantFrom(west, east, middle), text) as fc.Arbitrary<typeof west>;
const watchStates: readonly WatchState[] = [
  ...(['expected', 'reporting', 'late', 'link-lost', 'replication-stuck', 'skewed', 'skipping', 'lying'] as const),
  ...(['silent', 'hung', 'stopped', 'store-down', 'isolated', 'alone', 'abstaining'] as const),
];
const watchdogStates: readonly WatchdogState[] = ['expected', 'watching', 'late', 'watcher-silent', 'unknown'];
const reporting = fc.record({ configHash: text, since: time, unbrokenSince: time, slot: someSlot });
const peers: fc.Arbitrary<WatchedPeer> = fc.record({
  ...{ region, state: fc.constantFrom(...watchStates), since: time, reason: text },
  ...{ arrivals: maybe(arrivalsOfProber), reporting: maybe(reporting), answersSince: maybe(time) },
});
const watchdogs: fc.Arbitrary<WatchedWatchdog> = fc.record({
  ...{ region, state: fc.constantFrom(...watchdogStates), since: time, reason: text, vigils: maybe(arrivals) },
});
const failed = fc.record({ times: fc.nat(100_000), since: time, until: time, reason: text });
const records: fc.Arbitrary<WatchRecord> = fc.record({
  region: fc.constant(west),
  ...{ at: time, seq: time.map(Number), watchingSince: time, invocationAt: time, selfSince: maybe(time) },
  ...{ lateMs: maybe(fc.integer()), isClockDoubtful: maybe(fc.constant(true as const)), homeUnreadSince: maybe(time) },
  self: fc.constantFrom(...(['well', 'isolated', 'alone', 'refused', 'abstaining'] as const)),
  localHealth: fc.nat(3).map((health) => health as LocalHealth),
  ...{ peers: fc.array(peers, { maxLength: 4 }), watchdogs: fc.array(watchdogs, { maxLength: 4 }) },
  outside: maybe(fc.record({ triedAt: time, takenAt: maybe(time), failed: maybe(failed) })),
  ...{ sleptMs: maybe(fc.nat()), asleep: maybe(fc.record({ from: time, to: time })) },
});

it('a watch record comes back as it was written, from another replica too', () => {
  fc.assert(
    fc.property(records, fc.constantFrom(west, east), (record, into) => expect(decodeWatch(encodeWatch(record, writerAt(west, into)))).toEqual(record)),
  );
});

/** As it is in a year without trouble: lags differ by up to some seconds, and everybody has been watched for long. */
function quiet(): WatchRecord {
  const lagsMs = Array.from({ length: 32 }, (_, index) => 1500 + ((index * 7919) % 4000));
  const since = instant(now - 365 * day);
  const seen: Arrivals = { newest: slot('00:10'), firstSeenAt: now, lagsMs, lateLagsMs: [] };
  const reports = { configHash: 'c0ffee000000', since, unbrokenSince: since, slot: slot('00:10') };
  const reason = 'local replica fresh, direct read not asked, third region not asked';
  return {
    ...{
      region: west,
      at: now,
      seq: now + 1,
      watchingSince: since,
      invocationAt: now,
      lateMs: 2134,
      self: 'well',
      selfSince: since,
      localHealth: 0,
      sleptMs: 0,
    },
    peers: [west, east].map((of) => ({ region: of, state: 'reporting', since, reason, arrivals: seen, reporting: reports, answersSince: since })),
    watchdogs: [west, east, middle].map((of) => ({ region: of, state: 'watching', since, reason: 'its watch record is fresh', vigils: seen })),
    outside: { triedAt: now, takenAt: now },
  };
}

it('while nothing is wrong it takes one write unit, with a witness too', () => {
  expect(itemBytes(encodeWatch(quiet(), writerAt(west, east)))).toBeLessThanOrEqual(1024);
});

it('an item of another version, or with bytes that were cut, broken, or hold a word of a later version, is skipped', () => {
  const item = encodeWatch(quiet(), west);
  const packed = item.packed as Uint8Array;
  expect(decodeWatch({ ...item, v: 1 })).toBeUndefined();
  expect(decodeWatch({ pk: item.pk, sk: item.sk, v: 2, seq: now, body: '{}' })).toBeUndefined();
  for (let length = 0; length < packed.length; length += 1) expect(decodeWatch({ ...item, packed: packed.slice(0, length) })).toBeUndefined();
  const unknownSelf = Uint8Array.from(packed);
  unknownSelf[1] = 99;
  expect(decodeWatch({ ...item, packed: unknownSelf })).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeWatch({ ...item, packed: bytes })));
});

it('unknown attributes of a later version do no harm', () => {
  expect(decodeWatch({ ...encodeWatch(quiet(), west), fromTheFuture: 'yes' })).toEqual(quiet());
});
