import { doubtfulIn } from '../../src/core/all-well';
import { type Instant, instant } from '../../src/core/basics/brand';
import { type Arrivals, observeArrival } from '../../src/core/freshness';
import { chorusOf, voicesOf } from '../../src/core/voices';
import { at, config, head, sample, slot, west } from './builders';

const own = config({ regions: { probers: [west] } });
const [shop] = own.monitors;

/** The newest sample is of 00:09, by a clock that was fast by a minute; the newest beat is of 00:09:20, by one that is right. */
const heard = head({ slot: slot('00:09:20'), samples: [sample({ slot: slot('00:09') })] });
const fast: Arrivals = { newest: slot('00:09'), firstSeenAt: at('00:08'), lagsMs: [-60_000, -60_000], lateLagsMs: [] };
const right = (now: Instant): Arrivals => observeArrival(fast, heard.slot, { now, cycleMs: own.beatIntervalMs });

it.each([
  ['00:08:25', fast, 'fresh'],
  ['00:08:26', fast, '?'],
  ['00:09:21', right(at('00:09:21')), '?'],
] as const)('a monitor is well at a glance where it is when looked at: at %s', (time, arrivals, kind) => {
  const chorus = chorusOf(own, { now: instant(at(time)), heads: new Map([[west, heard]]), arrivals: new Map([[west, arrivals]]) });
  expect(voicesOf(chorus, shop!).map((voice) => voice.kind)).toEqual([kind]);
  expect(doubtfulIn(chorus).size).toBe(kind === 'fresh' ? 0 : 1);
});
