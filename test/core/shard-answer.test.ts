import fc from 'fast-check';
import { monitorHash, regionId } from '../../src/core/basics/brand';
import type { CanaryReading } from '../../src/core/beat';
import { type Attempt, reasons } from '../../src/core/observation';
import { type ShardAnswer, shardAnswerFromJson, shardAnswerToJson } from '../../src/core/shard-answer';
import { attempt } from './builders';

const overTheWire = (answer: ShardAnswer): unknown => JSON.parse(JSON.stringify(shardAnswerToJson(answer)));

const ms = fc.integer({ min: 0, max: 60_000 });
const attempts: fc.Arbitrary<Attempt> = fc.record(
  {
    reason: fc.constantFrom(...reasons),
    detail: fc.string(),
    phases: fc.record({ dnsMs: ms, connectMs: ms, tlsMs: ms, firstByteMs: ms, transferMs: ms }),
    address: fc.ipV4(),
  },
  { requiredKeys: ['reason', 'detail', 'phases'] },
);
const answers: fc.Arbitrary<ShardAnswer> = fc.record({
  nonce: fc.string(),
  region: fc.constantFrom(regionId('eu-west-1'), regionId('us-east-2')),
  configHash: fc.string(),
  canaries: fc.constantFrom<CanaryReading>('right', 'closed-port-answered', 'nothing-answered'),
  seen: fc.array(
    fc.record({
      hash: fc.string().map(monitorHash),
      attempts: fc.tuple(attempts, fc.array(attempts, { maxLength: 2 })).map(([first, others]): readonly [Attempt, ...Attempt[]] => [first, ...others]),
    }),
  ),
});

it('what is answered arrives as it was', () => {
  fc.assert(fc.property(answers, (answer) => expect(shardAnswerFromJson(overTheWire(answer))).toEqual(answer)));
});

it('anything may come, and nothing is believed that cannot be read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(shardAnswerFromJson(value)).toBeUndefined();
    }),
  );
});

const good = { v: 1, nonce: 'n', region: 'eu-west-1', configHash: 'c', canaries: 'right', texts: ['', 'why'], seen: [] };
it.each([
  ['another version', { v: 2 }],
  ['no nonce', { nonce: undefined }],
  ['no region', { region: 7 }],
  ['no configuration', { configHash: null }],
  ['canaries of a later version', { canaries: 'asleep' }],
  ['no list of texts', { texts: 'why' }],
  ['no list of what was seen', { seen: {} }],
])('an answer with %s is none', (_case, over) => {
  expect(shardAnswerFromJson({ ...good, ...over })).toBeUndefined();
  expect(shardAnswerFromJson(good)).toMatchObject({ nonce: 'n', seen: [] });
});

it.each([
  ['no row', null],
  ['no attempt', ['a']],
  ['a reason of a later version', ['a', [9999, 0, -1, 1, 1, 1, 1, 1]]],
  ['a reason that is no number', ['a', [null, 0, -1, 1, 1, 1, 1, 1]]],
  ['a text that is not there', ['a', [0, 7, -1, 1, 1, 1, 1, 1]]],
  ['an address that is not there', ['a', [0, 0, 7, 1, 1, 1, 1, 1]]],
  ['too few phases', ['a', [0, 0, -1, 1, 1, 1, 1]]],
  ['a phase below zero', ['a', [0, 0, -1, 1, 1, 1, 1, -1]]],
  ['a second attempt that cannot be read', ['a', [0, 0, -1, 1, 1, 1, 1, 1], 'x']],
])('a monitor with %s is left out, and hides no other', (_case, row) => {
  const other = ['b', [0, 0, -1, 1, 2, 3, 4, 5]];
  expect(shardAnswerFromJson({ ...good, seen: [row, other] })?.seen.map(({ hash }) => hash)).toEqual(['b']);
});

const failing = (place: number) => ({
  hash: monitorHash(place.toString(16).padStart(12, '0')),
  attempts: [0, 1].map((tryAt) =>
    attempt({ reason: 'body', detail: `wanted "ok", got ${place}-${tryAt} ${'x'.repeat(180)}`, address: `192.0.2.${place % 250}:443` }),
  ) as unknown as [Attempt, Attempt],
});
const ofAll = (count: number): ShardAnswer => ({
  nonce: 'n',
  region: regionId('eu-west-1'),
  configHash: 'c',
  canaries: 'right',
  seen: Array.from({ length: count }, (_, place) => failing(place)),
});

it('of a shard in which everything fails with an own text it is less than Lambda takes, and every monitor is in it', () => {
  const text = JSON.stringify(shardAnswerToJson(ofAll(14_037)));
  expect(text.length).toBeLessThan(6_000_000);
  expect(shardAnswerFromJson(JSON.parse(text))?.seen).toHaveLength(14_037);
});

it('while all is well it takes no more than 60 bytes for a monitor', () => {
  const seen = Array.from({ length: 2475 }, (_, place) => ({
    hash: failing(place).hash,
    attempts: [
      attempt({ address: `192.0.2.${place % 250}:443`, phases: { dnsMs: 3, connectMs: 80, tlsMs: 160.25, firstByteMs: 140, transferMs: 2 } }),
    ] as const,
  }));
  expect(JSON.stringify(shardAnswerToJson({ ...ofAll(0), seen })).length / 2475).toBeLessThan(60);
});
