import { monitorId } from '../../src/core/basics/brand';
import { runProber, runWatchdog } from '../../src/engine/invocation';
import type { LandingAnswer } from '../../src/engine/landing-answer';
import { answerCalledLanding } from '../../src/engine/landing-called';
import { Refused, type Replica, type ShardRequest, type Shards } from '../../src/engine/ports';
import { answerWidgetLanding } from '../../src/engine/widget';
import type { World } from '../../src/engine/world';
import { at, config, east, middle, monitor, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

/** As IAM does: what belongs to another region is denied. */
function withRights({ world }: SmallWorld, over: Partial<Replica> = {}): World {
  const replica: World['ports']['replica'] = (region) => {
    const whole = world.ports.replica(region);
    const put: Replica['put'] = async (item) => {
      const writer = item.pk.split('#')[1] ?? '';
      if (writer !== west && !writer.startsWith(`${west}@`)) throw new Refused('replica: PutItem failed: not authorized (AccessDeniedException)');
      await whole.put(item);
    };
    return { ...whole, put, ...over };
  };
  return { ...world, ports: { ...world.ports, replica, pokes: { poke: async () => Promise.reject(new Error('there is no such function')) } } };
}

const land = async (world: World, tell?: number) => (await runProber({ landing: { nonce: 'n-1', tell } }, world)) as LandingAnswer;
const ill = ({ checks }: LandingAnswer) => checks.filter(({ isGood }) => !isGood).map(({ kind, at: where, said }) => [kind, where, said]);

describe('a function that is asked whether it has landed well', () => {
  it('does each kind of call that it will need, says who it is, and finds nothing wrong', async () => {
    const small = smallWorld();
    const answer = await land(withRights(small), 4711);
    expect(answer).toMatchObject({ nonce: 'n-1', region: west, role: 'prober', configHash: 'c0ffee000000', codeVersion: '0.1.0' });
    expect(ill(answer)).toEqual([]);
    expect(answer.checks.map(({ kind, at: where }) => `${kind} ${where}`)).toEqual([
      ...['reads', 'writes'].flatMap((kind) => [west, east, middle].map((region) => `${kind} ${region}`)),
      `writes-of-others-denied ${east}`,
      `writes-of-others-denied ${middle}`,
      ...[west, east, middle].map((region) => `beats ${region}`),
      `pokes ${west}`,
      `pokes ${east}`,
      `tells ${west}`,
    ]);
  });

  it('leaves nothing behind but items that nobody reads, and that expire within the hour', async () => {
    const small = smallWorld();
    await land(withRights(small));
    const items = [west, east, middle].flatMap((region) => small.stores.get(region)?.all() ?? []);
    expect(items.map(({ pk, sk }) => `${pk} ${sk}`)).toEqual([`HEAD#${west} landing`, `HEAD#${west}@${east} landing`, `HEAD#${west}@${middle} landing`]);
    expect(items.every(({ ttl }) => Number(ttl) * 1000 === at('01:10:00'))).toBe(true);
    expect(small.published).toEqual([]);
  });

  it('of the watchdog likewise, and it tells only where it is asked to: a number, and that nothing is wrong', async () => {
    const small = smallWorld({ self: { role: 'watchdog' } });
    const answer = (await runWatchdog({ landing: { nonce: 'n-2', tell: 4711 } }, withRights(small))) as LandingAnswer;
    expect([answer.role, ill(answer)]).toEqual(['watchdog', []]);
    expect(
      small.stores
        .get(west)
        ?.all()
        .map(({ pk }) => pk),
    ).toEqual([`WATCH#${west}`]);
    expect(small.published).toEqual([{ topic: west, message: expect.objectContaining({ subject: 'TEST 4711 of twinwatch in eu-west-1: nothing is wrong' }) }]);
    expect(JSON.parse(small.published[0]!.message.json)).toMatchObject({ kind: 'test', number: 4711, region: west, role: 'watchdog' });
  });

  it('says where what must be denied is not: an item of another region that could be written', async () => {
    const said = (region: string) => `an item of ${region} could be written from here: the role may do too much`;
    expect(ill(await land({ ...smallWorld().world }))).toEqual([
      ['writes-of-others-denied', east, said(east)],
      ['writes-of-others-denied', middle, said(middle)],
    ]);
  });

  it('does not take a store that is dark or throttled for one that denies', async () => {
    const put = async () => Promise.reject(new Refused('replica: PutItem failed: too often (ThrottlingException)'));
    const answer = await land(withRights(smallWorld(), { put }));
    expect(ill(answer).map(([kind]) => kind)).toEqual(['writes', 'writes', 'writes', 'writes-of-others-denied', 'writes-of-others-denied']);
  });

  it('names the replica and the topic that do not answer', async () => {
    const small = smallWorld();
    small.refusing.replicas.add(east);
    small.refusing.topics.add(west);
    expect(ill(await land(withRights(small), 7))).toEqual([
      ['reads', east, `the replica of ${east} refuses`],
      ['writes', east, `the replica of ${east} refuses`],
      ['tells', west, `the topic of ${west} refuses`],
    ]);
  });

  it('asks again where the first call of a cold environment took too long', async () => {
    const waiting = new Set<string>();
    const world = withRights(smallWorld());
    const replica: World['ports']['replica'] = (region) => {
      const whole = world.ports.replica(region);
      const get: Replica['get'] = (keys) => (waiting.has(region) ? whole.get(keys) : waiting.add(region) && Promise.reject(new Error('too slow')));
      return { ...whole, get };
    };
    expect(ill(await land({ ...world, ports: { ...world.ports, replica } }))).toEqual([]);
  });

  it('counts a poke that is refused, and none that finds nobody: the next region may not be there yet', async () => {
    const small = smallWorld({ config: config() });
    const world = withRights(small);
    const refused = { ...world, ports: { ...world.ports, pokes: { poke: async () => Promise.reject(new Refused('not authorized')) } } };
    expect(ill(await land(refused)).map(([kind, where]) => [kind, where])).toEqual([
      ['pokes', west],
      ['pokes', east],
    ]);
  });

  it.each([
    ['no nonce', {}, '"landing.nonce" must be text'],
    ['a number that is none', { nonce: 'n', tell: 'x' }, '"landing.tell" must be the number of a test message'],
  ])('refuses to be asked with %s', async (_case, landing, what) => {
    await expect(runProber({ landing }, smallWorld().world)).rejects.toThrow(what);
  });

  const referring = config({ monitors: [monitor({ secrets: ['twinwatch/shop', 'ssm:/twinwatch/token'] })] });
  const withSecrets = (small: SmallWorld, tryRead: (reference: string) => Promise<void>): World => {
    const world = withRights(small);
    return { ...world, ports: { ...world.ports, secrets: { tryRead } } };
  };
  const ofSecrets = ({ checks }: LandingAnswer) => checks.filter(({ kind }) => kind === 'secrets');

  it('reads each secret that its monitors refer to, and names the one that it cannot read', async () => {
    const asked: string[] = [];
    const answer = await land(
      withSecrets(smallWorld({ config: referring }), async (reference) => {
        asked.push(reference);
        if (reference.startsWith('ssm:')) throw new Error('denied');
      }),
    );
    expect(asked.toSorted()).toEqual(['ssm:/twinwatch/token', 'twinwatch/shop']);
    expect(ofSecrets(answer).map(({ at: where, isGood, said }) => [where, isGood, said])).toEqual([
      [west, false, 'the secret ssm:/twinwatch/token: denied'],
      [west, true, ''],
    ]);
  });

  it('waits for no secret longer than a store may take', async () => {
    const small = smallWorld({ config: referring });
    const answer = await land(withSecrets(small, () => new Promise(() => undefined)));
    expect(ofSecrets(answer).every(({ isGood, said }) => !isGood && said.includes('no answer within'))).toBe(true);
  });

  it('of a watchdog reads none: it needs none', async () => {
    const small = smallWorld({ config: referring, self: { role: 'watchdog' } });
    const world = withSecrets(small, () => Promise.reject(new Error('a watchdog reads no secrets')));
    const answer = (await runWatchdog({ landing: { nonce: 'n-1' } }, world)) as LandingAnswer;
    expect(ofSecrets(answer)).toEqual([]);
  });

  it('asks a worker where there are any, for a shard whose time is over, and says when none answers', async () => {
    const many = config({ beatIntervalMs: 1000, monitors: Array.from({ length: 300 }, (_, n) => monitor({ id: monitorId(`m${n}`), intervalMs: 1000 })) });
    const small = smallWorld({ config: many });
    const landed = (probe: Shards['probe']) => {
      const world = withRights(small);
      return land({ ...world, ports: { ...world.ports, shards: { probe } } });
    };
    const asked: ShardRequest[] = [];
    const well = await landed(async (request) => {
      asked.push(request);
      return { nonce: request.nonce, region: west, configHash: many.hash, canaries: 'right', seen: [] };
    });
    expect(ill(well)).toEqual([]);
    expect(asked).toMatchObject([{ nonce: 'n-1', shard: 0, of: 2, giveUpAt: small.now }]);
    expect(ill(await landed(() => Promise.reject(new Refused('not allowed'))))).toEqual([['asks-workers', west, 'not allowed']]);
    expect(ill(await land(withRights(smallWorld({ config: many }))))).toEqual([]);
  });
});

describe('a function that runs only when it is called', () => {
  const relaying = config({ channels: [{ kind: 'pagerduty', name: 'pager', key: `\${secret:twinwatch/pager}`, url: 'https://events.example.com/' }] });
  const called = (tryRead: (reference: string) => Promise<void>, role: 'relay' | 'probe-worker' = 'relay') => ({
    self: { region: west, config: relaying, role, codeVersion: '0.1.0' },
    ports: { clock: smallWorld().world.ports.clock, secrets: { tryRead } },
  });

  it('says who it is, and reads its own secrets, those of its channels', async () => {
    const answer = await answerCalledLanding(
      called(() => Promise.resolve()),
      { nonce: 'n-2' },
    );
    expect(answer).toEqual({
      nonce: 'n-2',
      region: west,
      role: 'relay',
      configHash: relaying.hash,
      codeVersion: '0.1.0',
      checks: [{ kind: 'secrets', at: west, isGood: true, said: '' }],
    });
    const denied = await answerCalledLanding(
      called(() => Promise.reject(new Error('the secret twinwatch/pager could not be read (AccessDenied)'))),
      { nonce: 'n-2' },
    );
    expect(ill(denied)).toEqual([['secrets', west, 'the secret twinwatch/pager could not be read (AccessDenied)']]);
    expect(
      (
        await answerCalledLanding(
          called(() => Promise.resolve(), 'probe-worker'),
          { nonce: 'n-2' },
        )
      ).checks,
    ).toEqual([]);
  });

  it('refuses to be asked for what it cannot answer', async () => {
    await expect(
      answerCalledLanding(
        called(() => Promise.resolve()),
        {},
      ),
    ).rejects.toThrow('landing.nonce');
  });
});

describe('a widget that is asked whether it has landed well', () => {
  const widget = (small: SmallWorld) => ({
    region: west,
    config: config(),
    clock: small.world.ports.clock,
    replica: small.world.ports.replica(west),
    codeVersion: '0.1.0',
  });

  it('draws, and says that it could', async () => {
    const answer = await answerWidgetLanding(widget(smallWorld()), { nonce: 'n-3' });
    expect(answer).toMatchObject({ nonce: 'n-3', role: 'widget', region: west, configHash: config().hash });
    expect(answer.checks).toEqual([{ kind: 'draws', at: west, isGood: true, said: '' }]);
  });

  it('looks once more where its first look was too slow', async () => {
    const small = smallWorld();
    const { replica, ...world } = widget(small);
    let looks = 0;
    const slowAtFirst = {
      ...replica,
      query: (...asked: Parameters<typeof replica.query>) => {
        looks += 1;
        return looks === 1 ? Promise.reject(new Error('Query took longer than 2500 ms')) : replica.query(...asked);
      },
    };
    expect(ill(await answerWidgetLanding({ ...world, replica: slowAtFirst }, { nonce: 'n-3' }))).toEqual([]);
  });

  it('says what it could not read', async () => {
    const small = smallWorld();
    small.refusing.replicas.add(west);
    expect(ill(await answerWidgetLanding(widget(small), { nonce: 'n-3' }))).toEqual([
      ['draws', west, expect.stringContaining(`The table in ${west} did not answer`)],
    ]);
  });
});
