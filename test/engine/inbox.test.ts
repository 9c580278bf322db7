import { instant } from '../../src/core/basics/brand';
import { type Ping, readPing } from '../../src/core/heartbeat/ping';
import { decodePings } from '../../src/core/heartbeat/pings';
import { type IncomingPing, takePing } from '../../src/engine/inbox';
import { at, config, east, middle, monitor, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

const token = 'f00dfeed-0123-4567-89ab';
const backup = monitor({
  id: 'backup' as never,
  probe: { kind: 'heartbeat', token, times: { kind: 'every', everyMs: 60_000 }, graceMs: 10_000 },
});
const calls = config({ monitors: [monitor(), backup] });

let requests = 0;
function incoming(suffix = '', over: Partial<IncomingPing> = {}): IncomingPing {
  requests += 1;
  return { method: 'GET', path: `/ping/${token}${suffix}`, body: '', name: `request-${requests}`, ...over };
}

const world = (small: SmallWorld) => {
  const { clock, replica, diary } = small.world.ports;
  return { region: west, config: calls, clock, replica, diary };
};
const items = (small: SmallWorld, where = west) => small.stores.get(where)?.all() ?? [];
const remembered = (small: SmallWorld, where = west): readonly Ping[] => items(small, where).flatMap((item) => decodePings(item)?.pings ?? []);
const logged = (small: SmallWorld, where = west) => items(small, where).filter((item) => item.pk.endsWith('#backup'));

describe('an inbox', () => {
  it('stores a ping before it answers, once as what it means and once as what was said', async () => {
    const small = smallWorld({ now: at('08:00') });
    expect(await takePing(world(small), incoming('/3', { method: 'POST', body: 'disk full\nmore' }))).toEqual({ status: 200, text: 'OK' });
    expect(remembered(small)).toEqual([{ signal: 'failure', at: at('08:00'), exitCode: 3, said: 'disk full' }]);
    expect(logged(small)).toMatchObject([{ pk: 'PING#eu-west-1#backup', signal: 'failure', exitCode: 3, body: 'disk full\nmore', ttl: expect.any(Number) }]);
  });

  it('only keeps what a log says', async () => {
    const small = smallWorld({ now: at('08:00') });
    await takePing(world(small), incoming('/log', { method: 'POST', body: 'half way' }));
    expect(remembered(small)).toEqual([]);
    expect(logged(small)).toMatchObject([{ signal: 'log', body: 'half way' }]);
  });

  it('keeps so much of a body and no more', async () => {
    const small = smallWorld({ now: at('08:00') });
    await takePing(world(small), incoming('', { method: 'POST', body: 'x'.repeat(50_000) }));
    expect(String(logged(small)[0]?.body)).toHaveLength(10_000);
  });

  it('is written twice for one request without being two pings', async () => {
    const small = smallWorld({ now: at('08:00') });
    const once = incoming('/start');
    await takePing(world(small), once);
    await takePing(world(small), once);
    expect(remembered(small)).toHaveLength(1);
    expect(logged(small)).toHaveLength(1);
  });

  it('keeps in the item what a later version has added to it', async () => {
    const small = smallWorld({ now: at('08:00') });
    await takePing(world(small), incoming('/start'));
    const [item] = items(small).filter(({ pings }) => pings !== undefined);
    small.now = at('08:01');
    await world(small)
      .replica(west)
      .put({ ...item!, later: 'what nobody knows yet' });
    small.now = at('08:02');
    await takePing(world(small), incoming());
    expect(remembered(small).map(({ signal }) => signal)).toEqual(['start', 'success']);
    expect(items(small)).toContainEqual(expect.objectContaining({ later: 'what nobody knows yet', seq: 2 }));
  });

  it('loses none of many that come at the same time', async () => {
    const small = smallWorld({ now: at('08:00') });
    const suffixes = ['/start', '', '/fail', '/7'];
    const answers = await Promise.all(suffixes.map((suffix) => takePing(world(small), incoming(suffix))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(remembered(small)).toHaveLength(4);
  });

  it('stores at another replica, under a name that says so, where home refuses', async () => {
    const small = smallWorld({ now: at('08:00') });
    small.refusing.replicas.add(west);
    expect((await takePing(world(small), incoming())).status).toBe(200);
    expect(
      items(small, east)
        .map(({ pk }) => pk)
        .toSorted(),
    ).toEqual(['PING#eu-west-1@us-east-2', 'PING#eu-west-1@us-east-2#backup']);
  });

  it('asks to try again where nothing can be stored, and lets nobody believe that it was', async () => {
    const small = smallWorld({ now: at('08:00') });
    for (const region of [west, east, middle]) small.refusing.replicas.add(region);
    for (const suffix of ['', '/canary', '/log']) expect((await takePing(world(small), incoming(suffix))).status).toBe(503);
  });

  it('knows a canary, which is no ping', async () => {
    const small = smallWorld({ now: at('08:00') });
    expect((await takePing(world(small), incoming('/canary'))).status).toBe(200);
    expect(items(small)).toMatchObject([{ pk: 'PING#eu-west-1', sk: '~canary', seq: at('08:00') }]);
  });

  it.each([`${token}x`, token.slice(1), token.toUpperCase(), 'x', 'undefined', '__proto__'])('touches no table for who has no token: %s', async (wrong) => {
    const small = smallWorld();
    expect(await takePing(world(small), incoming('', { path: `/ping/${wrong}` }))).toEqual({ status: 404, text: 'not found' });
    expect(small.stores.size).toBe(0);
  });

  it('never says a token, to whomever', async () => {
    const small = smallWorld({ now: instant(at('08:00')) });
    const said: unknown[] = [];
    const listening = { ...world(small), diary: { note: (what: string, facts: object) => said.push(what, facts) } };
    small.refusing.replicas.add(west);
    for (const suffix of ['', '/start', '/fail', '/log', '/999', '/what']) said.push(await takePing(listening, incoming(suffix)));
    expect(JSON.stringify([said, items(small, east)])).not.toContain(token);
  });
});

it('a path of any length is read or refused, and nothing is thrown', () => {
  for (const path of ['', '/', '//', '/ping', '/ping//', `/${'a/'.repeat(1000)}`, '/%00', `/ping/${'x'.repeat(100_000)}`]) {
    expect(['ping', 'refused']).toContain(readPing({ method: 'GET', path }).kind);
  }
});
