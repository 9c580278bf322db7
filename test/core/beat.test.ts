import fc from 'fast-check';
import { instant, monitorHash, regionId, slotAt } from '../../src/core/basics/brand';
import { type Beat, type BeatMark, decodeBeat, decodeHead, encodeBeat, encodeHead, type Head, type RoundFacts } from '../../src/core/beat';
import { itemBytes } from '../../src/core/cost/item-size';
import { type Phases, reasons } from '../../src/core/observation';
import { storedMs } from '../../src/core/packed-phases';
import { type Item, writerAt } from '../../src/core/table';
import { at, east, sample, slot, west } from './builders';

const round: RoundFacts = {
  region: west,
  slot: slot('00:10'),
  by: 'schedule',
  startedAt: at('00:10'),
  finishedAt: at('00:10:02'),
  covered: 2,
  expected: 2,
  configHash: 'c0ffee000000',
  configMadeAt: at('00:00'),
  canaries: 'right',
  codeVersion: '0.1.0',
  bootId: 'boot',
  seen: { [east]: slot('00:09:50') },
};

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('status 503, wanted 2xx: „kaputt“ 😀'.repeat(50)));
const rounds = fc
  .record({
    canaries: fc.constantFrom(...(['right', 'closed-port-answered', 'nothing-answered'] as const)),
    startedAfterMs: fc.integer({ min: -100_000, max: 10_000_000 }),
    tookMs: fc.integer({ min: -5000, max: 900_000 }),
    covered: fc.nat(100_000),
    expected: fc.nat(100_000),
    configHash: text,
    madeAt: fc.integer({ min: 0, max: 4e12 }),
    codeVersion: text,
    bootId: text,
    seen: fc.dictionary(fc.stringMatching(/^[a-z]{2}-[a-z]+-\d$/), fc.integer({ min: 1, max: 4e9 }), { maxKeys: 5 }),
  })
  .map(({ startedAfterMs, tookMs, madeAt, seen, ...rest }): RoundFacts => {
    const startedAt = instant(round.slot * 1000 + startedAfterMs);
    const times = { startedAt, finishedAt: instant(startedAt + tookMs), configMadeAt: instant(madeAt) };
    return { ...round, ...rest, ...times, seen: seen as RoundFacts['seen'] };
  });

const stored = ({ dnsMs, connectMs, tlsMs, firstByteMs, transferMs }: Phases): Phases => ({
  ...{ dnsMs: storedMs(dnsMs), connectMs: storedMs(connectMs), tlsMs: storedMs(tlsMs) },
  ...{ firstByteMs: storedMs(firstByteMs), transferMs: storedMs(transferMs) },
});
const phases = fc
  .record({ dnsMs: fc.nat(5000), connectMs: fc.nat(5000), tlsMs: fc.nat(5000), firstByteMs: fc.nat(50_000), transferMs: fc.nat(50_000) })
  .map(stored);
const failure = fc.record({ reason: fc.constantFrom(...reasons.filter((reason) => reason !== 'ok')), detail: text });
const good = fc.constant({ reason: 'ok' as const, detail: '' });

const samples = fc.array(
  fc
    .record({
      hash: fc.nat(0xffffff),
      ageSeconds: fc.oneof(fc.constant(0), fc.nat(86_400)),
      run: fc.integer({ min: 1, max: 0xffff }),
      sinceSeconds: fc.nat(10_000_000),
      failedBits: fc.nat(2 ** 20 - 1),
      phases,
      health: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
      address: fc.oneof(fc.constantFrom('', '192.0.2.1:443', '[2001:db8::1]:80', '[2001:db8::1]:443'), text),
    })
    .chain((drawn) => fc.oneof(good, failure).map((why) => ({ ...drawn, ...why }))),
);

it('a head comes back as it was written, whatever its samples', () => {
  fc.assert(
    fc.property(rounds, samples, (facts, drawn) => {
      const head: Head = {
        ...facts,
        samples: drawn.map(({ hash, ageSeconds, sinceSeconds, ...rest }) =>
          sample({
            ...rest,
            ok: rest.reason === 'ok',
            hash: monitorHash(hash.toString(16).padStart(12, '0')),
            slot: slotAt(round.slot - ageSeconds),
            runSince: slotAt(round.slot - sinceSeconds),
          }),
        ),
      };
      expect(decodeHead(encodeHead(head, west))).toEqual(head);
    }),
  );
});

it('a beat comes back as it was written, from another replica too', () => {
  const marks = fc.array(fc.tuple(fc.constantFrom<BeatMark['outcome']>('ok', 'failed', 'skipped', 'idle'), phases, failure));
  fc.assert(
    fc.property(rounds, marks, (facts, drawn) => {
      const nothing = { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 };
      const beat: Beat = {
        ...facts,
        marks: drawn.map(([outcome, taken, why]) => ({
          outcome,
          phases: outcome === 'ok' || outcome === 'failed' ? taken : nothing,
          ...(outcome === 'failed' || outcome === 'skipped' ? why : { reason: 'ok', detail: '' }),
        })),
      };
      expect(decodeBeat(encodeBeat(beat, writerAt(west, east)))).toEqual(beat);
    }),
  );
});

/** A hundred hosts of their own that have been up since different times, and round facts as they are in AWS. */
const fleet = Array.from({ length: 100 }, (_, index) =>
  sample({
    ...{
      hash: monitorHash((0xabcdef000000 + index * 7919).toString(16)),
      slot: round.slot,
      run: 9001 + index,
      runSince: slotAt(round.slot - 60 * (9000 + index)),
    },
    phases: { dnsMs: 12, connectMs: 90 + index, tlsMs: 95, firstByteMs: 180, transferMs: 3 },
    address: `203.0.113.${index}:443`,
  }),
);
const inAws: RoundFacts = { ...round, covered: 100, expected: 100, bootId: '3f0c2a1e-5b7d-4c8e-9a64-1d2e3f405162' };

it('a healthy observation of a distant target takes at most six bytes of a beat, and a beat of a hundred one write unit', () => {
  const beatOf = (observations: number): Item => {
    const marks = Array.from(
      { length: observations },
      (_, index): BeatMark => ({ outcome: 'ok', phases: fleet[index % 100]!.phases, reason: 'ok', detail: '' }),
    );
    return encodeBeat({ ...inAws, marks }, writerAt(west, east));
  };
  expect((itemBytes(beatOf(1100)) - itemBytes(beatOf(100))) / 1000).toBeLessThanOrEqual(6);
  expect(itemBytes(beatOf(100))).toBeLessThanOrEqual(1024);
});

it('a head of a hundred monitors takes two write units, however differently long they have been up', () => {
  expect(itemBytes(encodeHead({ ...inAws, samples: fleet }, writerAt(west, east)))).toBeLessThanOrEqual(2048);
});

it('an item that is no head or beat of this version is skipped', () => {
  const item = encodeHead({ ...round, samples: [sample()] }, west);
  const beat = encodeBeat({ ...round, marks: [] }, west);
  expect(decodeHead({ ...item, packed: Uint8Array.of(1, 2) })).toBeUndefined();
  expect(decodeHead({ ...item, faults: '{' })).toBeUndefined();
  expect(decodeHead({ ...item, v: 1 })).toBeUndefined();
  expect(decodeBeat({ ...beat, v: 3 })).toBeUndefined();
  expect(decodeBeat({ pk: 'BEAT#x', sk: '1' })).toBeUndefined();
});

it('bytes that were cut or broken are skipped, whatever they are', () => {
  const item = encodeHead({ ...round, samples: fleet.slice(0, 3) }, west);
  const packed = item.packed as Uint8Array;
  for (let length = 0; length < packed.length; length += 1) expect(decodeHead({ ...item, packed: packed.slice(0, length) })).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      decodeHead({ ...item, packed: bytes });
      decodeBeat({ ...item, packed: bytes });
    }),
  );
});

it('unknown attributes of a later version do no harm', () => {
  const head: Head = { ...round, samples: [sample()] };
  expect(decodeHead({ ...encodeHead(head, west), fromTheFuture: 'yes' })).toEqual(head);
});

it('names its region whatever replica it was written to', () => {
  const head: Head = { ...round, samples: [] };
  expect(encodeHead(head, writerAt(west, east)).pk).toBe('HEAD#eu-west-1@us-east-2');
  expect(decodeHead(encodeHead(head, writerAt(west, east)))?.region).toBe(regionId('eu-west-1'));
});
