import { monitorHash, monitorId } from '../../src/core/basics/brand';
import { decodeBeat, decodeHead, encodeBeat, encodeHead } from '../../src/core/beat';
import { itemBytes } from '../../src/core/cost/item-size';
import { mostMonitorsOfOneBeat } from '../../src/core/function-size';
import { noPhases } from '../../src/core/observation';
import { head, sample, west } from './builders';

/** DynamoDB takes no larger item. */
const itemBytesMax = 400 * 1024;

const samples = Array.from({ length: mostMonitorsOfOneBeat }, (_, place) =>
  sample({
    ok: false,
    hash: monitorHash((place * 7919).toString(16).padStart(12, '0')),
    reason: 'first-byte-timeout',
    detail: `no answer of shop-${place} within 10000 ms`,
    address: `203.0.113.${place % 200}:443`,
  }),
);
const allFail = head({ region: west, samples });

it('what a region says fits one item also when everything fails at once: the reasons of all are kept, and the details of the first', () => {
  const item = encodeHead(allFail, west);
  expect(itemBytes(item)).toBeLessThan(itemBytesMax);
  const read = decodeHead({ ...item })!.samples;
  expect(read.map(({ reason }) => reason)).toEqual(samples.map(({ reason }) => reason));
  expect(read[0]!.detail).toBe('no answer of shop-0 within 10000 ms');
  expect(read.at(-1)!.detail).toBe('');
});

it('a round of which nothing was covered fits one item, too', () => {
  const detail = 'probe worker of shard 3 of 4: probe-worker eu-west-1: Invoke failed: Rate Exceeded. (TooManyRequestsException)';
  const marks = samples.map(() => ({ outcome: 'skipped' as const, phases: noPhases, reason: 'prober-error' as const, detail }));
  const { samples: _samples, ...facts } = allFail;
  const item = encodeBeat({ ...facts, marks }, west);
  expect(itemBytes(item)).toBeLessThan(itemBytesMax);
  expect(decodeBeat(item)!.marks.map(({ outcome }) => outcome)).toEqual(marks.map(({ outcome }) => outcome));
  expect(decodeBeat(item)!.marks[0]!.detail).toBe(detail);
});

it('of few that fail every detail is kept', () => {
  const few = samples.slice(0, 500).map((one) => ({ ...one, id: monitorId('a') }));
  const read = decodeHead({ ...encodeHead(head({ region: west, samples: few }), west) })!.samples;
  expect(read.map(({ detail }) => detail)).toEqual(few.map(({ detail }) => detail));
});
