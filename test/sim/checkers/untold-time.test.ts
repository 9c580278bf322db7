/** L2, held against stories that were made up: both probers rest from five to twenty past. */
import { minute, second } from '../../../src/core/basics/time';
import type { Announced } from '../announced';
import type { Claim, Round } from '../history';
import { dublin, ohio } from '../settings';
import { at } from '../time-of-story';
import { startsAt } from '../world';
import { roundSlackMs } from './bounds';
import type { Violation } from './evidence';
import type { Harm } from './harm';
import { evidenceOf, resting, taken } from './made-up';
import { untoldTime } from './untold-time';

const end: Partial<Announced> = { key: 'monitoring:coverage', kind: 'resolved', at: at('00:22:00') };
const wholly = { from: '00:06:00', to: '00:20:00' };

interface Told {
  readonly said?: readonly Partial<Announced>[];
  readonly written?: { readonly from: string; readonly to: string };
  readonly harms?: readonly Harm[];
}

function brokenWhere({ said = [], written, harms = [] }: Told): readonly string[] {
  const evidence = evidenceOf({ restsOf: resting(dublin, ohio), harms: [taken('rounds', dublin), ...harms], said });
  const stretches = written === undefined ? [] : [{ from: startsAt + at(written.from), to: startsAt + at(written.to) }];
  evidence.history.logged.push({ at: at('00:21:00'), region: ohio, body: { kind: 'gap', stretches } });
  return untoldTime(evidence).map(reading);
}

const reading = ({ promise, what }: Violation): string => `${promise} not ${/that was not (told|written down)/.exec(what)?.[1]}`;

it.each<readonly [string, Told, readonly string[]]>([
  ['nothing is said of it', {}, ['L2 not told', 'L2 not written down']],
  ['it is told when it is over, and written down', { said: [end], written: wholly }, []],
  ['it is told while it lasts, and written down', { said: [{ ...end, kind: 'opened', at: at('00:08:00') }], written: wholly }, []],
  ['something was told of another time before', { said: [{ ...end, at: at('00:04:00') }], written: wholly }, ['L2 not told']],
  ['it is told long after all was over', { said: [{ ...end, at: at('00:30:00') }], written: wholly }, ['L2 not told']],
  ['something else is told', { said: [{ ...end, key: 'prober:eu-west-1:watch' }], written: wholly }, ['L2 not told']],
  ['the end of it alone is written down', { said: [end], written: { from: '00:17:00', to: '00:20:00' } }, ['L2 not written down']],
  [
    'a clock was wrong: it may be told later, and of another time',
    { said: [{ ...end, at: at('00:28:00') }], written: { from: '00:17:00', to: '00:20:00' }, harms: [taken('clock', ohio)] },
    [],
  ],
  ['a clock was wrong, and nothing is said', { harms: [taken('clock', ohio)] }, ['L2 not told']],
  ['not all is well again by the end', { harms: [{ ...taken('looks', ohio), ends: at('00:39:00') }] }, []],
])('where nobody watched, and %s', (_case, told, broken) => {
  expect(brokenWhere(told)).toEqual(broken);
});

it.each([
  ['all of it', 15 * minute, []],
  ['but for more than is tolerated', 11 * minute, ['L2']],
])('a clock that was wrong may name rounds ahead of time, and so hide %s', (_how_much, aheadMs, promises) => {
  const evidence = evidenceOf({ restsOf: resting(dublin, ohio), harms: [taken('rounds', dublin), taken('clock', ohio)] });
  const isAhead = (round: Round): boolean => round.region === ohio && round.at < at('00:05:00');
  const rounds = evidence.history.rounds.map((round) => (isAhead(round) ? { ...round, seq: round.seq + aheadMs / second } : round));
  Object.assign(evidence.history, { rounds });
  expect(untoldTime(evidence).map(({ promise }) => promise)).toEqual(promises);
  expect(untoldTime({ ...evidence, harms: [taken('rounds', dublin)] }).map(({ promise }) => promise)).toContain('L2');
});

/** Found by the storm 3036499. */
it.each([
  [11 * minute, ['L2 not written down']],
  [14 * minute, []],
])(
  'where the first round after it is of a slot that began %d ms before, it is told all the same, and no more than the rest is written down',
  (lateMs, promises) => {
    const evidence = evidenceOf({ restsOf: resting(dublin, ohio), harms: [taken('rounds', dublin)], said: [end] });
    const rounds = evidence.history.rounds.map((round) => (round.at === at('00:20:00') ? { ...round, seq: round.seq - lateMs / second } : round));
    Object.assign(evidence.history, { rounds });
    expect(untoldTime(evidence).map(reading)).toEqual(promises);
    evidence.history.announced.splice(0);
    expect(untoldTime(evidence).map(reading)).toContain('L2 not told');
  },
);

describe('of a pause that is just too long', () => {
  const rest = { begins: at('00:05:00'), ends: at('00:09:00') };
  const judged = ({ change = (round: Round) => round, claims = [] as readonly Claim[], rounds = [] as readonly Claim[] }): readonly string[] => {
    const evidence = evidenceOf({ restsOf: new Map([dublin, ohio].map((region) => [region, rest])), harms: [taken('rounds', dublin)] });
    const { watch } = evidence.config;
    // With it three minutes between two rounds are just not too long.
    const tolerateMs = 3 * minute - evidence.config.beatIntervalMs - roundSlackMs(evidence.config) - 10 * second;
    const config = { ...evidence.config, watch: { ...watch, tolerateMs } };
    Object.assign(evidence.history, { rounds: evidence.history.rounds.map((round) => (round.at === rest.ends ? change(round) : round)) });
    evidence.history.claims.push(...claims);
    evidence.history.rounds.push(...rounds.map((round) => ({ ...round, heardAt: new Map(), isShown: false })));
    return untoldTime({ ...evidence, config }).map(reading);
  };
  const all = ['L2 not told', 'L2 not written down'];

  /** Found by the storm 3054121. */
  it.each([
    [50 * second, all],
    [70 * second, []],
  ])('nothing has to be told where by its name it was by %d ms too short', (lateMs, promises) => {
    expect(judged({ change: (round) => ({ ...round, seq: round.seq - lateMs / second }) })).toEqual(promises);
  });

  /** Found by the storm 3066873. */
  it.each([
    [30 * second, all],
    [2 * minute, []],
    [200 * second, all],
  ])('nothing has to be told where it was made up for later by a round %d ms before its end', (beforeMs, promises) => {
    const claims = [{ at: rest.ends + second, region: ohio, seq: (rest.ends - beforeMs) / second }];
    expect(judged({ claims })).toEqual(promises);
    // Found by the storm 4600195: no store took the claim.
    expect(judged({ rounds: claims })).toEqual(promises);
  });
});

it('where one prober goes on, or both rest for no longer than is tolerated, nothing has to be told', () => {
  expect(untoldTime(evidenceOf({ restsOf: resting(dublin), harms: [taken('rounds', dublin)] }))).toEqual([]);
  const short = { begins: at('00:05:00'), ends: at('00:05:00') + 2 * minute };
  expect(untoldTime(evidenceOf({ restsOf: new Map([dublin, ohio].map((region) => [region, short])) }))).toEqual([]);
});
