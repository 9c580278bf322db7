import { awayIn } from '../../src/core/away';
import { type RegionId, slotAt } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { encodeHead } from '../../src/core/beat';
import type { LogBody } from '../../src/core/log';
import { encodeLogEntry } from '../../src/core/log-item';
import { headKey, type Item, onlyShard, writerAt } from '../../src/core/table';
import { encodeWatch } from '../../src/core/watch-record';
import { gather } from '../../src/engine/gather';
import { runProber, runWatchdog, type World } from '../../src/engine/invocation';
import { judge } from '../../src/engine/judge';
import { createMemory } from '../../src/engine/memory';
import { createOverview } from '../../src/engine/overview';
import { append, logEntries } from '../../src/engine/region-log';
import { at, config, east, entry, head, middle, monitor, opened, resolved, sample, slot, watchRecord, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

/** All regions on one table, and what the watchdog of `west` reads of it. */
function watched() {
  const small = smallWorld({ config: everyMinute, self: { role: 'watchdog' } });
  const table = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, table);
  const read: string[] = [];
  const { replica } = small.world.ports;
  const noting = (region: RegionId) => {
    const whole = replica(region);
    const get: typeof whole.get = (keys) => {
      // Who is late is also asked in its own region, under every name.
      if (region === west) read.push(...keys.map(({ pk }) => pk));
      return whole.get(keys);
    };
    return { ...whole, get };
  };
  const world = { ...small.world, ports: { ...small.world.ports, replica: noting } };
  const put = (item: Item) => table.apply({ item, writtenAs: small.now });
  /** Everybody else comes in time. */
  const others = (time: string) => {
    put(encodeHead(head({ region: west, slot: slot(time), samples: [] }), west));
    for (const region of [west, east, middle]) put(encodeWatch(watchRecord({ region, at: at(time), seq: at(time) }), region));
  };
  const beat = (time: string, replicaOf: RegionId = east, away: readonly RegionId[] = []) => {
    others(time);
    put(encodeHead(head({ region: east, slot: slot(time), samples: [sample({ slot: slot(time) })] }), writerAt(east, replicaOf), away));
  };
  const look = async (time: string) => {
    small.now = at(time);
    read.length = 0;
    const picture = await gather(world);
    return { picture, names: read.filter((pk) => pk.startsWith(`HEAD#${east}`)) };
  };
  const judged = async (time: string) => {
    small.now = at(time);
    await judge(world);
  };
  return { small, world, table, put, others, beat, look, judged };
}

const everyName = [west, east, middle].map((replica) => `HEAD#${writerAt(east, replica)}`).toSorted();

describe('what a look reads', () => {
  it('is everything at first, and then no other names of who comes in time', async () => {
    const { beat, look } = watched();
    beat('00:10');
    expect((await look('00:10:03')).names.toSorted()).toEqual(everyName);
    await look('00:10:05');
    expect((await look('00:10:33')).names).toEqual([`HEAD#${east}`]);
    beat('00:11');
    expect((await look('00:11:03')).names).toEqual([`HEAD#${east}`]);
  });

  it('is every name of who is late, and what is newer there is found at once', async () => {
    const { beat, look } = watched();
    beat('00:10');
    await look('00:10:03');
    await look('00:10:05');
    beat('00:11', west);
    const { names, picture } = await look('00:11:10');
    expect(names.toSorted()).toEqual(everyName);
    expect(picture.heads.get(east)?.slot).toBe(slot('00:11'));
    expect(picture.writers).toContain(writerAt(east, west));
  });

  it('stays every name as long as the newest stands under another one', async () => {
    const { beat, look } = watched();
    beat('00:10');
    await look('00:10:03');
    for (const time of ['00:11', '00:12', '00:13']) {
      beat(time, middle);
      await look(`${time}:06`);
      expect((await look(`${time}:30`)).picture.heads.get(east)?.slot).toBe(slot(time));
    }
    beat('00:14', east, [middle]);
    await look('00:14:06');
    await look('00:14:08');
    expect((await look('00:14:30')).names).toEqual([`HEAD#${east}`]);
  });

  it('is every name of whom others have seen get further than what stands at home, before that is late', async () => {
    const { put, beat, look } = watched();
    beat('00:10');
    await look('00:10:03');
    await look('00:10:05');
    beat('00:11', middle);
    put(encodeHead(head({ region: west, slot: slot('00:11'), samples: [], seen: { [east]: slot('00:11') } }), west));
    expect((await look('00:11:01')).names).toEqual([`HEAD#${east}`]);
    const { names, picture } = await look('00:11:02');
    expect(names.toSorted()).toEqual(everyName);
    expect(picture.heads.get(east)?.slot).toBe(slot('00:11'));
  });

  it('is every name of who does not say where else it wrote: an earlier version', async () => {
    const { put, look } = watched();
    const { away: _away, ...older } = encodeHead(head({ region: east, slot: slot('00:10'), samples: [] }), east);
    put(older as Item);
    await look('00:10:03');
    expect((await look('00:10:33')).names.toSorted()).toEqual(everyName);
  });

  it('is every name of who was never seen', async () => {
    const { look } = watched();
    await look('00:10:03');
    expect((await look('00:10:33')).names.toSorted()).toEqual(everyName);
  });

  it('never leads to an accusation of who writes elsewhere alone', async () => {
    const { small, world, beat } = watched();
    beat('00:10');
    for (let minutes = 10; minutes < 20; minutes += 1) {
      if (minutes > 10) beat(`00:${minutes}`, west);
      for (const seconds of [3, 31]) {
        small.now = at(`00:${minutes}:${String(seconds).padStart(2, '0')}`);
        await runWatchdog({ scheduledTime: isoTime(small.now) }, { ...world, invocation: timeLeft(small, 10 * second) });
      }
    }
    expect(world.memory.watches.get(east)?.state).toBe('reporting');
  });
});

describe('a name under which something was written', () => {
  it('is known by what stands at home, also to whoever was not looking: its log is read as before', async () => {
    const { beat, look, world } = watched();
    beat('00:10');
    await look('00:10:03');
    await look('00:10:05');
    beat('00:11', east, [west]);
    const { names, picture } = await look('00:11:03');
    expect(names).toEqual([`HEAD#${east}`]);
    expect(picture.writers).toContain(writerAt(east, west));
    beat('00:12', east);
    expect((await look('00:12:03')).picture.writers).toContain(writerAt(east, west));
    expect(world.memory.log.names).toContain(writerAt(east, west));
  });

  const round = async (small: SmallWorld, time: string, memory = small.world.memory) => {
    small.now = at(time);
    await runProber({ scheduledTime: isoTime(small.now) }, { ...small.world, memory, invocation: timeLeft(small, 10 * second) });
  };
  const headAt = (small: SmallWorld, replica: RegionId) => small.stores.get(replica)?.get(headKey(writerAt(west, replica), onlyShard));

  it('is said by whoever wrote it, from its next beat at home on, and by those that come after it', async () => {
    const small = smallWorld({ config: everyMinute });
    await round(small, '00:10:00');
    expect(awayIn(headAt(small, west)!)).toEqual([]);
    small.refusing.replicas.add(west);
    await round(small, '00:11:00');
    for (const replica of [east, middle]) expect(headAt(small, replica)?.seq).toBe(slotAt(at('00:11') / second));
    small.refusing.replicas.delete(west);
    await round(small, '00:12:00');
    expect(awayIn(headAt(small, west)!)).toEqual([middle, east]);

    // What other replicas took arrives at home.
    for (const replica of [east, middle]) small.stores.get(west)!.apply({ item: headAt(small, replica)!, writtenAs: 1 });
    await round(small, '00:13:00', createMemory());
    expect(awayIn(headAt(small, west)!)).toEqual([middle, east]);
  });

  it('is said also where nothing but an entry of the log stands under it, and by those that come after', async () => {
    const small = smallWorld({ config: everyMinute });
    await round(small, '00:10:00');
    small.refusing.replicas.add(west);
    await append(small.world, opened());
    small.refusing.replicas.delete(west);
    await round(small, '00:11:00');
    expect(awayIn(headAt(small, west)!)).toEqual([east]);
    await round(small, '00:12:00', createMemory());
    expect(awayIn(headAt(small, west)!)).toEqual([east]);
  });

  const logged = (n: number, body: LogBody = opened()) => encodeLogEntry(entry(body, { writer: writerAt(east, west), region: east, n }));
  const kinds = ({ memory }: World) => logEntries(memory.log).flatMap(({ region, body }) => (region === east ? [body.kind] : []));

  it('and that nobody says is found at the first look: whoever wrote there may have been killed before it could say so', async () => {
    const { beat, put, judged, world } = watched();
    beat('00:10');
    put(logged(1));
    await judged('00:10:03');
    expect(kinds(world)).toEqual(['opened']);
    beat('00:11');
    put(logged(2, resolved()));
    await judged('00:11:03');
    expect(kinds(world)).toEqual(['opened', 'resolved']);
  });

  it('and that nobody says is found as soon as its region is late', async () => {
    const { others, beat, put, judged, world } = watched();
    beat('00:10');
    await judged('00:10:03');
    await judged('00:10:05');
    put(logged(1));
    await judged('00:10:33');
    expect(kinds(world)).toEqual([]);
    others('00:11');
    await judged('00:11:10');
    expect(kinds(world)).toEqual(['opened']);
  });

  it('is known to the page by what stands at home', async () => {
    const { beat, put, small } = watched();
    beat('00:10', east, [west]);
    put(logged(1));
    const overview = createOverview({ config: everyMinute, clock: small.world.ports.clock, replicas: [small.world.ports.replica(middle)] });
    small.now = at('00:10:03');
    await overview.refresh();
    expect(overview.status().incidents).toHaveLength(1);
  });
});
