import { monitorHash, monitorId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { canariesAt, discredited, readCanaries } from '../../src/core/canary';
import { type Attempt, outcomeOf } from '../../src/core/observation';
import { doubtsItself } from '../../src/core/self-doubt';
import { attempt, east, head, observation, sample, west } from './builders';

const refused = attempt({ reason: 'connect-refused' });
const ok = attempt();
const failed = attempt({ reason: 'dns-error' });
const cutOff = attempt({ reason: 'deadline' });
const seeing = (...attempts: readonly Attempt[]) => attempts.map((one, index) => observation({ monitor: monitorId(`m${index}`), attempts: [one] }));

describe('the canaries', () => {
  it.each([
    ['one answers and the other refuses', ok, refused, seeing(ok), 'right'],
    ['one answers and the other refuses, while every monitor fails', ok, refused, seeing(failed, failed), 'right'],
    ['the closed port answers: this prober would call anything up', ok, ok, seeing(ok), 'closed-port-answered'],
    ['nothing answers, no monitor either', failed, refused, seeing(failed, failed), 'nothing-answered'],
    ['only the endpoint is dead: whoever sees anything else is not blind', failed, refused, seeing(failed, ok), 'right'],
    ['nothing answers, and no monitor was due', failed, refused, [], 'nothing-answered'],
    ['they could not be tried in time', cutOff, cutOff, seeing(failed), 'right'],
  ] as const)('read %s', (_case, mustAnswer, mustRefuse, observations, reading) => {
    expect(readCanaries({ mustAnswer, mustRefuse, observations })).toBe(reading);
  });

  it('are an address that must answer anything at all, and a loopback port on which nothing listens', () => {
    const { mustAnswer, mustRefuse } = canariesAt('https://table.example/');
    expect(mustAnswer.probe).toEqual({ kind: 'http', url: 'https://table.example/', mayBePrivate: true, expect: { status: [[100, 999]] } });
    expect(mustRefuse.probe).toEqual({ kind: 'http', url: 'http://127.0.0.1:1/', mayBePrivate: true, expect: { status: [[100, 999]] } });
  });

  it('are quick: they must not hold up a round', () => {
    const { mustAnswer, mustRefuse } = canariesAt('https://table.example/');
    expect([mustAnswer.timeoutMs, mustRefuse.timeoutMs]).toEqual([2 * second, 2 * second]);
  });

  it('that read wrong make what was observed count for nothing, and say why', () => {
    const [none] = seeing(ok).map((one) => discredited(one, 'closed-port-answered'));
    expect(none?.attempts.map((one) => [outcomeOf(one), one.detail])).toEqual([
      ['not-covered', 'this prober calls a closed port up, so what it sees does not count'],
    ]);
  });
});

describe('a region doubts itself', () => {
  const hashes = ['00000000000a', '00000000000b', '00000000000c'].map(monitorHash);
  const here = (...fails: readonly boolean[]) =>
    fails.map((isFailing, index) => observation({ monitor: monitorId(`m${index}`), hash: hashes[index]!, attempts: [isFailing ? failed : ok] }));
  const elsewhere = (...fails: readonly boolean[]) =>
    new Map([[east, head({ region: east, samples: fails.map((isFailing, index) => sample({ hash: hashes[index]!, ok: !isFailing })) })]]);

  it.each([
    ['when most monitors fail from here only', here(true, true, false), elsewhere(false, false, false), true],
    ['not when half of them do', here(true, false), elsewhere(false, false), false],
    ['not when another region sees most of them fail, too', here(true, true, false), elsewhere(true, true, false), false],
    ['when another region sees one of them fail, too', here(true, true, true), elsewhere(true, false, false), true],
    ['when nothing is known of other regions', here(true, true, true), new Map(), true],
    ['not when nothing was covered', [], elsewhere(false), false],
  ] as const)('%s', (_case, observations, heads, doubts) => {
    expect(doubtsItself(observations, { heads, me: west })).toBe(doubts);
  });
});
