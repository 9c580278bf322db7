import { monitorHash, monitorId } from '../../src/core/basics/brand';
import { noPhases } from '../../src/core/observation';
import type { AskAnswer } from '../../src/engine/ask';
import { runProber } from '../../src/engine/invocation';
import type { Prober } from '../../src/engine/ports';
import { at, attempt, config, east, middle, monitor, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const shop = monitor();
const mail = monitor({ id: monitorId('mail'), hash: monitorHash('00000000000b') });

function world(): SmallWorld {
  const small = smallWorld({ config: config({ monitors: [mail, shop] }) });
  for (const region of [west, east, middle]) small.stores.set(region, new Store());
  return small;
}

const ask = async ({ world: one }: Pick<SmallWorld, 'world'>, monitors: readonly string[] = []) =>
  (await runProber({ ask: { nonce: 'n-1', monitors } }, one)) as AskAnswer;

describe('a prober that is asked what it sees', () => {
  it('probes all monitors now, due or not, and says who it is', async () => {
    const small = world();
    small.now = at('00:10:03');
    small.seen = (id) =>
      id === 'shop' ? attempt({ reason: 'status', detail: 'status 503, wanted 2xx' }) : attempt({ phases: { ...noPhases, dnsMs: 3, connectMs: 4 } });
    expect(await ask(small)).toEqual({
      nonce: 'n-1',
      region: west,
      configHash: 'c0ffee000000',
      codeVersion: '0.1.0',
      canaries: 'right',
      seen: expect.arrayContaining([
        {
          monitor: 'mail',
          hash: mail.hash,
          outcome: 'ok',
          reason: 'ok',
          detail: '',
          tries: 1,
          ms: 7,
          address: expect.any(String),
          attempts: [expect.objectContaining({ reason: 'ok' })],
        },
        expect.objectContaining({ monitor: 'shop', outcome: 'failed', reason: 'status', detail: 'status 503, wanted 2xx', tries: 2 }),
      ]),
      unknown: [],
    });
  });

  it('tells all that was looked at, where that is asked for and counts', async () => {
    const small = world();
    const telling: Prober['attempt'] = async (monitor, _timeoutMs, tell) => {
      tell?.({ what: 'status', seen: '503', wanted: '2xx', isGood: false });
      return monitor.id.startsWith('canary-') ? small.canary(monitor.id) : attempt({ reason: 'status' });
    };
    const explained = async (explain: unknown) => {
      const event = { ask: { nonce: 'n-1', monitors: ['shop'], explain } };
      const { world: one } = small;
      const answer = (await runProber(event, { ...one, ports: { ...one.ports, prober: { attempt: telling } } })) as AskAnswer;
      return answer.seen.map(({ findings }) => findings);
    };
    const status = { what: 'status', seen: '503', wanted: '2xx', isGood: false };
    expect(await explained(true)).toEqual([[[status], [status]]]);
    expect(await explained(undefined)).toEqual([undefined]);
    small.canary = () => attempt();
    expect(await explained(true)).toEqual([undefined]);
  });

  it('probes those that were named, and names those that it does not have', async () => {
    const answer = await ask(world(), ['shop', 'shap']);
    expect(answer.seen.map((seen) => seen.monitor)).toEqual(['shop']);
    expect(answer.unknown).toEqual(['shap']);
  });

  it('leaves everything as it was: it claims, writes, publishes and says nothing', async () => {
    const small = world();
    small.seen = () => attempt({ reason: 'status' });
    await ask(small);
    expect([west, east, middle].map((region) => small.stores.get(region)?.all())).toEqual([[], [], []]);
    expect([small.metrics, small.published, small.pinged]).toEqual([[], [], []]);
  });

  it('whose canaries read wrong says that nothing it saw counts', async () => {
    const small = world();
    small.canary = () => attempt();
    const answer = await ask(small);
    expect(answer.canaries).toBe('closed-port-answered');
    expect(answer.seen.map(({ outcome }) => outcome)).toEqual(['not-covered', 'not-covered']);
  });

  it('answers before its environment is killed: what it could not probe by then is not covered', async () => {
    const small = world();
    const answer = await ask({ world: { ...small.world, invocation: timeLeft(small, 5100) } });
    expect(answer.seen.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['not-covered', 'deadline'],
      ['not-covered', 'deadline'],
    ]);
  });

  it.each([
    ['nothing', null, '"ask.nonce" must be text of 1 to 64 characters'],
    ['a long nonce', { nonce: 'x'.repeat(65), monitors: [] }, '"ask.nonce" must be text of 1 to 64 characters'],
    ['no list', { nonce: 'n', monitors: 'shop' }, '"ask.monitors" must be a list of ids'],
    ['a list of numbers', { nonce: 'n', monitors: [7] }, '"ask.monitors" must be a list of ids'],
  ])('refuses to be asked with %s, and says what it must be', async (_case, event, what) => {
    await expect(runProber({ ask: event }, world().world)).rejects.toThrow(what);
  });
});
