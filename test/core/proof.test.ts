/** When it was last proven who answers a monitor: remembered by each region, and said of all. */
import { decodeHead, encodeHead } from '../../src/core/beat';
import { advanceSample, provenSlotOf, type Sample } from '../../src/core/health';
import { answeredAs, proofRemark } from '../../src/core/identity';
import type { Attempt } from '../../src/core/observation';
import { lastProofWords, proofOf, proofWords } from '../../src/core/proof';
import { writerAt } from '../../src/core/table';
import type { Voice } from '../../src/core/verdict';
import { at, attempt, config, east, fresh, head, monitor, observation, slot, unheard, west } from './builders';

const named = monitor({
  probe: {
    kind: 'http',
    url: 'https://shop.example.com/',
    identity: { by: 'header', name: 'x-instance', equals: ['shop-1'] },
    expect: { status: [[200, 299]] },
  },
});

const outcomes: Readonly<Record<string, Partial<Attempt>>> = {
  ok: {},
  refused: { reason: 'connect-refused', detail: 'nothing listens there' },
  proven: { reason: 'status', detail: `status 503, wanted 2xx${proofRemark}` },
  stranger: { reason: 'misidentified', detail: answeredAs('cart-1', ['shop-1']) },
  'one-out': { reason: 'members', detail: '1 of 2, 192.0.2.11 is out: connect-refused' },
  'too-many': { reason: 'members', detail: 'pay.internal has 51 addresses, and at most 50 can be asked' },
  oops: { reason: 'prober-error', detail: 'no sockets' },
};

/** One sample a second after outcomes such as `ok refused`. */
const sampleAfter = (words: string, of = named): Sample | undefined =>
  words
    .split(' ')
    .reduce<Sample | undefined>(
      (before, word, index) => advanceSample(before, observation({ slot: slot(`00:00:0${index}`), attempts: [attempt(outcomes[word])] }), of),
      undefined,
    );

it.each([
  ['ok ok', '00:00:01'],
  ['ok refused refused refused', '00:00:00'],
  ['ok proven refused', '00:00:01'],
  ['proven', '00:00:00'],
  ['ok stranger stranger', '00:00:00'],
  ['stranger ok refused', '00:00:01'],
  ['one-out', '00:00:00'],
  ['ok oops', '00:00:00'],
  ['refused', undefined],
  ['stranger stranger', undefined],
  ['too-many', undefined],
])('after %s it was last proven at %s', (words, time) => {
  expect(provenSlotOf(sampleAfter(words))).toBe(time === undefined ? undefined : slot(time));
});

it('nothing is remembered where nobody is named, nor where a sample says it by itself', () => {
  expect(sampleAfter('ok refused', monitor())).not.toHaveProperty('provenSlot');
  expect(sampleAfter('ok proven')).not.toHaveProperty('provenSlot');
});

it('a head keeps it', () => {
  const sample = sampleAfter('ok refused refused') as Sample;
  const before = head({ slot: slot('00:00:02'), samples: [sample] });
  expect(decodeHead(encodeHead(before, writerAt(west, west)))?.samples).toEqual([sample]);
});

const now = at('00:10:09');
const ok = (over: Partial<Sample> = {}): Partial<Sample> => ({ ok: true, ...over });
const refused: Partial<Sample> = { ok: false, reason: 'connect-refused', detail: 'nothing listens there', provenSlot: slot('00:07') };
const wordsOf = (voices: readonly Voice[], of = named): string | undefined => {
  const proof = proofOf(of, { voices, config: config() });
  return proof && proofWords(proof, now);
};

describe('what is said of all regions', () => {
  it.each<[string, readonly Voice[], string | undefined]>([
    ['proven by all', [fresh(west, ok({ slot: slot('00:09:50') })), fresh(east, ok())], 'last proven 4 s ago from us-east-2'],
    [
      'by one of two',
      [fresh(west, refused), fresh(east, ok())],
      'not proven: eu-west-1: connect-refused: nothing listens there; last proven 4 s ago from us-east-2',
    ],
    [
      'by none now',
      [fresh(west, refused), fresh(east, refused)],
      'not proven: eu-west-1: connect-refused: nothing listens there; last proven 3 min ago from us-east-2',
    ],
    [
      'never',
      [fresh(west, { ...refused, provenSlot: undefined })],
      'not proven: eu-west-1: connect-refused: nothing listens there; never proven by a region that is fresh',
    ],
    ['unheard', [unheard(west), unheard(east)], 'not proven: no region is fresh; never proven by a region that is fresh'],
    ['bad, from the right one', [fresh(west, { ok: false, reason: 'status', detail: `status 503${proofRemark}` })], 'last proven 9 s ago from eu-west-1'],
  ])('%s', (_case, voices, words) => {
    expect(wordsOf(voices)).toBe(words);
  });

  it('nothing, where nobody is named', () => {
    expect(wordsOf([fresh(west, ok())], monitor())).toBeUndefined();
  });

  it('who must answer, and by what that is proven', () => {
    const proof = proofOf(named, { voices: [fresh(west, refused)], config: config() });
    expect(proof).toMatchObject({ wanted: '"shop-1", by the header x-instance', isProven: false });
    expect(proof && lastProofWords(proof, now)).toBe('last proven 3 min ago from eu-west-1');
  });
});
