import { instant, monitorId, type RegionId } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat, decodeHead, encodeHead } from '../../src/core/beat';
import type { Item } from '../../src/core/table';
import { runProber, type World } from '../../src/engine/invocation';
import { at, attempt, config, east, head, middle, monitor, sample, slot, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });
/** With just the time for its round: nothing is waited for. */
const run = (small: SmallWorld, time: string, world = small.world) =>
  runProber({ scheduledTime: isoTime(at(time)) }, { ...world, invocation: timeLeft(small, 15 * second) });
const heads = (small: SmallWorld, where = west) =>
  small.stores
    .get(where)
    ?.all()
    .flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : [])) ?? [];
const beats = (small: SmallWorld, where = west) =>
  small.stores
    .get(where)
    ?.all()
    .flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : [])) ?? [];
const down = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });

describe('a round', () => {
  it('leaves a head, a packed beat, the roster and a claim, and says that it finished into every region', async () => {
    const small = smallWorld({ config: everyMinute });
    await run(small, '00:10');
    expect(heads(small)).toMatchObject([{ slot: slot('00:10'), covered: 1, expected: 1, samples: [{ ok: true, run: 1 }] }]);
    expect(beats(small)).toMatchObject([{ slot: slot('00:10'), marks: [{ outcome: 'ok' }] }]);
    expect(
      small.stores
        .get(west)!
        .all()
        .map((item) => item.pk.split('#')[0]),
    ).toEqual(['BEAT', 'CLAIM', 'HEAD', 'ROSTER']);
    expect(small.metrics).toEqual([west, east, middle].map((into) => ({ into, at: at('00:10') })));
  });

  it('goes on from what its region stored, whichever environment runs', async () => {
    const small = smallWorld({ config: everyMinute });
    await run(small, '00:10');
    small.now = at('00:11');
    await run(small, '00:11', small.another());
    small.now = at('00:12');
    await run(small, '00:12');
    expect(heads(small)[0]!.samples[0]).toMatchObject({ run: 3, runSince: slot('00:10') });
  });

  it('tries a failure again once, and keeps both tries', async () => {
    const small = smallWorld({ config: everyMinute });
    let tries = 0;
    small.seen = () => {
      tries += 1;
      return tries === 1 ? attempt({ reason: 'connect-reset' }) : attempt();
    };
    await run(small, '00:10');
    expect(tries).toBe(2);
    expect(heads(small)[0]!.samples[0]).toMatchObject({ ok: true });
  });

  it("counts the prober's own trouble as not covered, never as down", async () => {
    const small = smallWorld({ config: everyMinute });
    small.seen = () => attempt({ reason: 'prober-error', detail: 'no sockets left' });
    await run(small, '00:10');
    expect(heads(small)[0]).toMatchObject({ covered: 0, expected: 1, samples: [] });
    expect(beats(small)[0]!.marks).toMatchObject([{ outcome: 'skipped', reason: 'prober-error' }]);
  });

  it('writes to another replica under its own name when home refuses', async () => {
    const small = smallWorld({ config: everyMinute });
    small.refusing.replicas.add(west);
    await run(small, '00:10');
    expect(
      small.stores
        .get(east)!
        .all()
        .map((item) => item.pk.replace(/#0#.*/, '')),
    ).toContain('HEAD#eu-west-1@us-east-2');
    expect(heads(small, east)).toMatchObject([{ region: west, slot: slot('00:10') }]);
  });

  it('still probes when no replica accepts anything, and says so in its diary', async () => {
    const small = smallWorld({ config: everyMinute });
    for (const region of [west, east, middle]) small.refusing.replicas.add(region);
    let probed = 0;
    small.seen = () => {
      probed += 1;
      return attempt();
    };
    await run(small, '00:10');
    expect(probed).toBe(1);
    expect(small.notes.map((note) => note.what)).toContain('beat not stored anywhere');
  });
});

describe('an environment that no replica accepts anything from', () => {
  it('judges from what it holds and tells once', async () => {
    const small = smallWorld({ config: everyMinute });
    for (const region of [west, east, middle]) small.refusing.replicas.add(region);
    small.seen = down;
    for (const time of ['00:10', '00:11', '00:12', '00:13', '00:14', '00:15']) {
      small.now = at(time);
      await run(small, time);
    }
    expect(small.published.map(({ message }) => message.subject)).toEqual(['PAGE shop is DOWN (single witness)']);
  });
});

describe('an invocation', () => {
  it('that comes twice runs once', async () => {
    const small = smallWorld({ config: everyMinute });
    await run(small, '00:10');
    await run(small, '00:10', small.another());
    expect(small.metrics).toHaveLength(3);
    expect(small.notes.map((note) => note.what)).toContain('slot taken');
  });

  it('that won its slot and lost the answer goes on when the repeated write is refused', async () => {
    const small = smallWorld({ config: everyMinute });
    const { ports } = small.world;
    const replica = (region: RegionId) => ({
      ...ports.replica(region),
      putIfNewer: async (item: Item) => {
        await ports.replica(region).putIfNewer(item);
        return ports.replica(region).putIfNewer(item);
      },
    });
    const repeating = { ...small.world, ports: { ...ports, replica } };
    await run(small, '00:10', repeating);
    expect(heads(small)).toMatchObject([{ slot: slot('00:10') }]);
    await run(small, '00:10', repeating);
    expect(small.notes.map((note) => note.what)).toContain('slot taken');
  });

  it('that comes hours late records nothing of then: it works for the minute that is, if nobody does', async () => {
    const small = smallWorld({ config: everyMinute, now: at('06:00') });
    await run(small, '00:10');
    expect(heads(small)).toMatchObject([{ slot: slot('06:00') }]);
    await run(small, '00:11', small.another());
    expect(beats(small)).toHaveLength(1);
  });

  it('goes on at its pace while the clock is minutes fast, and when it is set back', async () => {
    const small = smallWorld({ config: everyMinute, now: at('00:10') });
    await run(small, '00:10');
    small.now = at('00:16');
    await run(small, '00:11', small.another());
    small.now = at('00:12');
    await run(small, '00:12', small.another());
    expect(beats(small).map((beat) => beat.slot)).toEqual([slot('00:10'), slot('00:16'), slot('00:17')]);
  });

  it('whose scheduled time was never filled in runs now: it is absent, not stale', async () => {
    const small = smallWorld({ config: everyMinute, now: at('00:10:30') });
    await runProber({ scheduledTime: '<aws.scheduler.scheduled-time>' }, small.world);
    expect(heads(small)).toMatchObject([{ slot: slot('00:10') }]);
  });

  it('with short beats loops over its slots until a successor claims one', async () => {
    const small = smallWorld({ now: at('00:10:00') });
    const finished = runProber({ scheduledTime: isoTime(at('00:10')) }, small.world);
    const successor = (async () => {
      while (small.now < at('00:10:30')) await new Promise(setImmediate);
      await small.world.ports.replica(west).putIfNewer({ pk: 'CLAIM#eu-west-1', sk: '0', seq: slot('00:10:40') });
    })();
    await Promise.all([finished, successor]);
    expect(beats(small).map((beat) => beat.slot)).toEqual(['00:10:00', '00:10:10', '00:10:20', '00:10:30'].map(slot));
    expect(small.notes.map((note) => note.what)).toContain('handed over');
  });

  it('with short beats goes on when it cannot read by whom it was refused: it may be an older loop that is about to end', async () => {
    const small = smallWorld({ now: at('00:10:00') });
    const replica: World['ports']['replica'] = (region) => {
      const real = small.world.ports.replica(region);
      const isClaim = ({ pk }: { readonly pk: string }): boolean => pk.startsWith('CLAIM#');
      const get: typeof real.get = (keys) =>
        keys.some(isClaim) && small.now > at('00:10:10') ? Promise.reject(new Error('InternalServerError')) : real.get(keys);
      return { ...real, get };
    };
    const older = { pk: 'CLAIM#eu-west-1', sk: '0', seq: slot('00:10:20'), since: at('00:09:00') };
    const finished = runProber(
      { scheduledTime: isoTime(at('00:10')) },
      { ...small.world, ports: { ...small.world.ports, replica }, invocation: timeLeft(small, minute) },
    );
    const other = (async () => {
      for (let turns = 0; small.now < at('00:10:10') && turns < 100_000; turns += 1) await new Promise(setImmediate);
      await small.world.ports.replica(west).putIfNewer(older);
    })();
    await Promise.all([finished, other]);
    expect(beats(small).map((beat) => beat.slot)).toEqual(['00:10:00', '00:10:10', '00:10:30', '00:10:40'].map(slot));
  });

  it('with short beats goes on after an older loop whose claims are ahead, of a clock that was fast, and from what that one stored', async () => {
    const small = smallWorld({ now: at('00:10:00') });
    const finished = runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: timeLeft(small, minute) });
    const older = (async () => {
      for (let turns = 0; small.now < at('00:10:10') && turns < 100_000; turns += 1) await new Promise(setImmediate);
      const stored = head({ region: west, slot: slot('00:11:00'), startedAt: at('00:10:18'), samples: [sample({ run: 7 })] });
      await small.world.ports.replica(west).putIfNewer({ pk: 'CLAIM#eu-west-1', sk: '0', seq: stored.slot, since: at('00:09:00') });
      await small.world.ports.replica(west).putIfNewer(encodeHead(stored, west));
    })();
    await Promise.all([finished, older]);
    const atPace = ['00:10:00', '00:10:10', '00:10:28.100', '00:10:38.200'].map(at);
    expect(beats(small).map((beat) => beat.startedAt)).toEqual(atPace);
    expect(beats(small).map((beat) => beat.slot)).toEqual(['00:10:00', '00:10:10', '00:11:10', '00:11:20'].map(slot));
    expect(heads(small)).toMatchObject([{ slot: slot('00:11:20'), samples: [{ run: 9 }] }]);
  });

  it.each([1000, 2000, 2500, 3000, 3500, 4000, 5000, 6000])(
    'with short beats and a table that takes %i ms it ends by itself, before it is killed',
    async (slowMs) => {
      const small = smallWorld({ now: at('00:10:07') });
      const replica: World['ports']['replica'] = (region) => {
        const real = small.world.ports.replica(region);
        const put: typeof real.putIfNewer = async (item) => {
          small.now = instant(small.now + slowMs);
          return real.putIfNewer(item);
        };
        return { ...real, putIfNewer: put };
      };
      const killedAt = small.now + 90 * second;
      await runProber(
        { scheduledTime: isoTime(at('00:10')) },
        { ...small.world, ports: { ...small.world.ports, replica }, invocation: timeLeft(small, 90 * second) },
      );
      expect(beats(small).length).toBeGreaterThan(1);
      expect(small.now).toBeLessThan(killedAt);
    },
  );
});

describe('with beats of a minute', () => {
  it('an invocation that saw a failure stays until the other region has seen it too', async () => {
    const small = smallWorld({ config: everyMinute });
    const shared = new Store();
    for (const region of [west, east, middle]) small.stores.set(region, shared);
    small.seen = down;
    const staying = runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: { remainingMs: () => at('00:10:55') - small.now } });
    while (small.now < at('00:10:20')) await new Promise(setImmediate);
    await run(small, '00:10', small.another({ region: east }));
    await staying;
    expect(small.now).toBeLessThan(at('00:10:45'));
    expect(small.published.map(({ message }) => message.subject)).toEqual(['PAGE shop is DOWN (confirmed)']);
  });
});

describe('an outage', () => {
  /** All regions write into one store here: replication without lag. */
  const joined = (): SmallWorld => {
    const small = smallWorld({ config: everyMinute });
    const shared = new Store();
    for (const region of [west, east, middle]) small.stores.set(region, shared);
    small.seen = down;
    return small;
  };
  const bothRegionsProbe = async (small: SmallWorld) => {
    await run(small, '00:10');
    small.now = at('00:10:30');
    await run(small, '00:10', small.another({ region: east }));
  };

  it('is told once, by the region whose sample completes the evidence, and receipted', async () => {
    const small = joined();
    await bothRegionsProbe(small);
    expect(small.published.map(({ topic, message }) => [topic, message.subject])).toEqual([[east, 'PAGE shop is DOWN (confirmed)']]);
    const kinds = small.stores
      .get(west)!
      .query('LOG#us-east-2#2026-11', '', '~')
      .map((item) => JSON.parse(String(item.body)).kind);
    expect(kinds).toEqual(['opened', 'announced', 'receipt']);
  });

  it('goes to the topic of another region when its own refuses', async () => {
    const small = joined();
    small.refusing.topics.add(east);
    await bothRegionsProbe(small);
    expect(small.published.map(({ topic }) => topic)).toEqual([west]);
  });
});

it('monitors that one slow target holds up are probed all the same', async () => {
  const monitors = ['a', 'b', 'c'].map((id) => monitor({ id: monitorId(id), hash: `00000000000${id}` as never, intervalMs: minute }));
  const small = smallWorld({ config: config({ beatIntervalMs: minute, monitors }) });
  const order: string[] = [];
  small.seen = async (id) => {
    if (id === 'a') for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    order.push(id);
    return attempt();
  };
  await run(small, '00:10');
  expect(order).toEqual(['b', 'c', 'a']);
});
