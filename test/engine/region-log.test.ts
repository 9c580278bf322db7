import { createLogMemory } from '../../src/engine/memory';
import { append, logEntries, readLogs } from '../../src/engine/region-log';
import { at, config, east, opened, resolved, west } from '../core/builders';
import { smallWorld } from './small-world';

describe("a region's log", () => {
  it('lets one of two functions that conclude the same thing write it; the other must read again', async () => {
    const small = smallWorld();
    const watchdog = small.another({ role: 'watchdog' });
    expect(await append(small.world, opened())).toBe('appended');
    expect(await append(watchdog, opened())).toBe('overtaken');
    await readLogs(watchdog.memory.log, watchdog.ports.replica(west), [west], small.now);
    expect(logEntries(watchdog.memory.log)).toHaveLength(1);
    expect(await append(watchdog, resolved())).toBe('appended');
  });

  it('goes on where only the relay was faster: what became of messages changes nothing that was decided', async () => {
    const chat = { kind: 'slack', name: 'chat', url: 'https://chat.example/' } as const;
    const small = smallWorld({ config: config({ channels: [chat] }) });
    const relays = Array.from({ length: 12 }, () => ({ ...small.another(), self: { ...small.world.self, role: 'relay' as const } }));
    for (const relay of relays) expect(await append(relay, { kind: 'tested', key: 'x', number: 1 })).toBe('appended');
    expect(await append(small.world, opened())).toBe('appended');
    const prober = small.another();
    await append(small.another({ role: 'watchdog' }), resolved());
    expect(await append(prober, opened())).toBe('overtaken');
    expect(
      small.stores
        .get(west)!
        .query('LOG#eu-west-1#2026-11', '', '~')
        .map(({ by }) => by),
    ).toEqual([...Array(12).fill('relay'), 'prober']);
  });

  it('is numbered without gaps, and read from the first number that is missing', async () => {
    const small = smallWorld();
    for (let count = 0; count < 3; count += 1) await append(small.world, opened());
    const items = small.stores.get(west)!.query('LOG#eu-west-1#2026-11', '', '~');
    expect(items.map((item) => item.n)).toEqual([1, 2, 3]);

    const elsewhere = small.another({ region: east });
    const far = elsewhere.ports.replica(east);
    const memory = createLogMemory();
    for (const item of [items[0]!, items[2]!]) await far.put(item);
    await readLogs(memory, far, [west], small.now);
    expect(logEntries(memory).map((entry) => entry.n)).toEqual([1, 3]);
    await far.put(items[1]!);
    await readLogs(memory, far, [west], small.now);
    expect(logEntries(memory).map((entry) => entry.n)).toEqual([1, 3, 2]);
    expect(memory.readUpTo.get('LOG#eu-west-1#2026-11')).toBe(3);
  });

  it('begins a new number with each month, and a cold reader reads the month before too', async () => {
    const small = smallWorld({ now: at('23:59') });
    await append(small.world, opened());
    small.now = (at('23:59') + 10 * 86_400_000) as never;
    await append(small.world, resolved());
    const memory = createLogMemory();
    await readLogs(memory, small.world.ports.replica(west), [west], small.now);
    expect(logEntries(memory).map((entry) => [entry.month, entry.n])).toEqual([
      ['2026-11', 1],
      ['2026-12', 1],
    ]);
  });

  it('goes on at another replica, under a name that says so, when home refuses', async () => {
    const small = smallWorld();
    small.refusing.replicas.add(west);
    expect(await append(small.world, opened())).toBe('appended');
    expect(small.stores.get(east)!.all()[0]!.pk).toBe('LOG#eu-west-1@us-east-2#2026-11');
  });

  it('counts for this environment alone when nobody accepts it', async () => {
    const small = smallWorld();
    for (const region of ['eu-west-1', 'us-east-2', 'eu-central-1']) small.refusing.replicas.add(region as never);
    expect(await append(small.world, opened())).toBe('kept-in-memory');
    expect(logEntries(small.world.memory.log)).toHaveLength(1);
    small.refusing.replicas.clear();
    expect(await append(small.world, resolved())).toBe('appended');
    expect(small.stores.get(west)!.all()[0]!.n).toBe(1);
  });

  it('never has two entries of one number, even of two functions that keep some in memory at the same moment', async () => {
    const small = smallWorld();
    const watchdog = small.another({ role: 'watchdog' });
    for (const region of ['eu-west-1', 'us-east-2', 'eu-central-1']) small.refusing.replicas.add(region as never);
    for (const world of [small.world, watchdog]) {
      await append(world, opened());
      await append(world, resolved());
      small.now = (small.now + 1) as never;
      await append(world, opened());
      small.now = (small.now - 1) as never;
    }
    const kept = [small.world, watchdog].flatMap((world) => logEntries(world.memory.log));
    expect(new Set(kept.map((entry) => entry.n)).size).toBe(6);
    expect(kept.every((entry) => Number.isSafeInteger(entry.n) && entry.n < 0)).toBe(true);
  });
});
