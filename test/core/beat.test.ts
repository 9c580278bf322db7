import fc from 'fast-check';
import { monitorHash, regionId, slotAt } from '../../src/core/basics/brand';
import { type Beat, type BeatMark, decodeBeat, decodeHead, encodeBeat, encodeHead, type Head, type RoundFacts } from '../../src/core/beat';
import { reasons } from '../../src/core/observation';
import { ByteReader, ByteWriter } from '../../src/core/packing';
import { writerAt } from '../../src/core/table';
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

const phases = fc.record({ dnsMs: fc.nat(5000), connectMs: fc.nat(5000), tlsMs: fc.nat(5000), firstByteMs: fc.nat(50_000), transferMs: fc.nat(50_000) });
const failure = fc.record({ reason: fc.constantFrom(...reasons.filter((reason) => reason !== 'ok')), detail: fc.string() });
const good = fc.constant({ reason: 'ok' as const, detail: '' });

const samples = fc.array(
  fc
    .record({
      hash: fc.nat(0xffffff),
      ageSeconds: fc.nat(86_400),
      run: fc.integer({ min: 1, max: 0xffff }),
      sinceSeconds: fc.nat(10_000_000),
      failedBits: fc.nat(2 ** 20 - 1),
      phases,
      health: fc.constantFrom('up' as const, 'down' as const, 'unknown' as const),
      address: fc.constantFrom('', '192.0.2.1:443', '[2001:db8::1]:80'),
    })
    .chain((drawn) => fc.oneof(good, failure).map((why) => ({ ...drawn, ...why }))),
);

it('a head comes back as it was written, whatever its samples', () => {
  fc.assert(
    fc.property(samples, (drawn) => {
      const head: Head = {
        ...round,
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
    fc.property(marks, (drawn) => {
      const nothing = { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 };
      const beat: Beat = {
        ...round,
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

it('a healthy observation of a distant target takes at most eight bytes of a beat', () => {
  const mark: BeatMark = { outcome: 'ok', phases: { dnsMs: 12, connectMs: 90, tlsMs: 95, firstByteMs: 180, transferMs: 3 }, reason: 'ok', detail: '' };
  const packed = encodeBeat({ ...round, marks: Array.from({ length: 100 }, () => mark) }, west).packed as Uint8Array;
  expect(packed.length / 100).toBeLessThanOrEqual(8);
});

it('an item that is no head or beat of this version is skipped', () => {
  const item = encodeHead({ ...round, samples: [sample()] }, west);
  expect(decodeHead({ ...item, packed: Uint8Array.of(1, 2) })).toBeUndefined();
  expect(decodeHead({ ...item, facts: '{' })).toBeUndefined();
  expect(decodeBeat({ pk: 'BEAT#x', sk: '1' })).toBeUndefined();
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

it('packed numbers come back, and bytes that end too soon are an error', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (value) => new ByteReader(new ByteWriter().count(value).done()).count() === value));
  expect(() => new ByteReader(Uint8Array.of(0x80)).count()).toThrow(RangeError);
});
