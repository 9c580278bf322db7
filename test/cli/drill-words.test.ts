import { allPlans, jsonOf, tableOf } from '../../cli/drill/all';
import { columns } from '../../cli/drill/columns';
import { readFor, readLag, readLink, readOff, readWay } from '../../cli/drill/drill-words';
import type { LocalView } from '../../cli/drill/local-api';
import type { OutcomeJson } from '../../cli/drill/outcome';
import { lagPlan, mutePlan } from '../../cli/drill/plans';
import type { Config } from '../../src/core/config/config';
import { promisesOf } from '../../src/core/promises';

it('a link has two directions, or one', () => {
  expect(readLink('a:b')).toEqual({ from: 'a', to: 'b', both: true });
  expect(readLink('a>b')).toEqual({ from: 'a', to: 'b', both: false });
  expect(readWay('a>b')).toEqual({ from: 'a', to: 'b' });
});

it('times are read as in the configuration', () => {
  expect([readFor(undefined), readFor('90s'), readLag('10m'), readOff('+4m'), readOff('-30s'), readOff('1s')]).toEqual([
    undefined,
    90_000,
    600_000,
    240_000,
    -30_000,
    1000,
  ]);
});

it.each<[string, () => unknown, string]>([
  ['one region', () => readLink('a'), 'is no link'],
  ['a region and itself', () => readLink('a:a'), 'is no link'],
  ['three regions', () => readLink('a:b:c'), 'is no link'],
  ['a lag in both directions', () => readWay('a:b'), 'write "a>b"'],
  ['no duration', () => readFor('soon'), '--for "soon"'],
  ['no time at all', () => readFor('0s'), 'between 1s and 1h'],
  ['too long', () => readFor('2h'), 'between 1s and 1h'],
  ['a lag of nothing', () => readLag('late'), 'write for instance 10m'],
  ['a clock that is off by more than is promised for', () => readOff('6m'), 'up to 5m'],
])('%s is refused', (_what, read, sentence) => {
  expect(read).toThrow(expect.objectContaining({ name: 'DrillRefused', message: expect.stringContaining(sentence) }));
});

const config = { beatIntervalMs: 10_000, watch: { tolerateMs: 60_000 }, monitors: [] } as unknown as Config;
const region = (name: string, role: 'prober' | 'witness') => ({ name, role, state: 'running', runsSince: null });
const local: LocalView = {
  tolerateMs: 60_000,
  promises: promisesOf(config),
  regions: [region('eu-west-1', 'prober'), region('us-east-2', 'prober'), region('eu-central-1', 'witness')],
  drills: [],
};

describe('all drills', () => {
  it('are every kind there is', () => {
    expect(allPlans(local).map(({ drill, on }) => `${drill} ${on}`)).toEqual([
      'kill us-east-2',
      'kill-prober us-east-2',
      'freeze us-east-2',
      'stop us-east-2',
      'skip us-east-2',
      'cut eu-west-1:us-east-2',
      'cut eu-west-1>us-east-2',
      'lag eu-west-1>us-east-2',
      'throttle us-east-2',
      'mute eu-west-1',
      'both eu-west-1+us-east-2',
      'store us-east-2',
      'clock us-east-2',
    ]);
  });

  it('without a witness leave nobody dark who could tell', () => {
    const alone = { ...local, regions: local.regions.slice(0, 2) };
    expect(allPlans(alone).map(({ drill }) => drill)).not.toContain('both');
  });

  it('become a table with a row for each, and one object', () => {
    const [plan] = allPlans(local);
    const outcome = {
      drill: 'kill',
      on: 'us-east-2',
      ok: true,
      by: 'eu-west-1',
      afterMs: 71_300,
      boundMs: 79_000,
      resolvedAfterMs: 9000,
      text: 'SILENT',
      opened: [],
    };
    const all = [
      { plan: plan!, outcome: outcome as unknown as OutcomeJson },
      { plan: plan!, outcome: 'this machine slept' },
    ];
    expect(tableOf(all).split('\n')).toEqual([
      '      drill  on         told by    after   bound   its end  what',
      'ok    kill   us-east-2  eu-west-1  71.3 s  79.0 s  9.0 s    SILENT',
      'FAIL  kill   us-east-2                                      this machine slept',
    ]);
    expect(jsonOf(all)).toMatchObject({ drill: 'all', ok: false, drills: [{ ok: true }, { ok: false, problem: 'this machine slept' }] });
  });
});

it('a mute topic is one that would have to speak', () => {
  const { does, order } = mutePlan('eu-central-1', { local, forMs: undefined });
  expect(order).toMatchObject({ kind: 'mute', region: 'eu-central-1' });
  expect(does).toContain('the topic of eu-central-1 accepts nothing');
});

it.each([
  ['for long enough', '10m', undefined, 'told'],
  ['for a while', '10m', 90_000, 'quiet'],
  ['less than is noticed', '30s', undefined, 'quiet'],
])('replication that is late %s', (_what, lag, forMs, kind) => {
  expect(lagPlan({ from: 'eu-west-1', to: 'us-east-2', lagMs: readLag(lag) }, { local, forMs }).expects.kind).toBe(kind);
});

it('columns are as wide as they must be', () => {
  expect(
    columns([
      ['a', 'bb', 'c'],
      ['aaa', '', ''],
    ]),
  ).toBe('a    bb  c\naaa');
});
