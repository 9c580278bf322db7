import type { Item } from '../../src/core/table';
import type { Replica } from '../../src/engine/ports';
import { Environment } from './environment';
import { Events } from './events';
import { Network } from './network';
import { Random } from './random';
import { dublin, ohio } from './settings';
import { GlobalTable } from './table';

function world() {
  const events = new Events(0);
  const network = new Network(events, new Random(1, 'network'));
  const table = new GlobalTable({ events, random: new Random(1, 'table'), network, regions: [dublin, ohio] });
  network.onHealed = () => table.drain();
  const replicaOf = (region: typeof dublin): Replica => {
    const caller = new Environment({ region, role: 'prober', bootId: region });
    caller.thaw();
    return table.replicaFor(caller, region);
  };
  const held = (region: typeof dublin): readonly unknown[] => (table.stores.get(region)?.all() ?? []).map((item) => item.seq);
  return { events, network, table, replicaOf, held };
}

const head = (seq: number, sk = '0'): Item => ({ pk: 'HEAD#eu-west-1', sk, seq });

describe('the global table', () => {
  it('carries an item to the other replica after a while', async () => {
    const { events, replicaOf, held } = world();
    void replicaOf(dublin).put(head(1));
    await events.runUntil(50);
    expect([held(dublin), held(ohio)]).toEqual([[1], []]);
    await events.runUntil(60_000);
    expect(held(ohio)).toEqual([1]);
  });

  it('keeps the last written version, in whatever order the versions arrive', async () => {
    const { events, replicaOf, held } = world();
    const replica = replicaOf(dublin);
    for (let seq = 1; seq <= 40; seq += 1) {
      void replica.put(head(seq));
      await events.runUntil(seq * 50);
    }
    await events.runUntil(60_000);
    expect(held(ohio)).toEqual([40]);
  });

  it('delivers items of different keys out of order', async () => {
    const { events, table, replicaOf } = world();
    const replica = replicaOf(dublin);
    const arrived: string[] = [];
    const store = table.stores.get(ohio)!;
    const apply = store.apply.bind(store);
    store.apply = (version) => {
      arrived.push(version.item.sk);
      apply(version);
    };
    for (let n = 10; n < 30; n += 1) void replica.put(head(1, String(n)));
    await events.runUntil(60_000);
    expect(arrived).toHaveLength(20);
    expect(arrived).not.toEqual([...arrived].sort());
  });

  it('checks conditions in one replica alone: both sides may win, and the last writer does', async () => {
    const { events, replicaOf, held } = world();
    const outcomes: string[] = [];
    for (const region of [dublin, ohio])
      void replicaOf(region)
        .putIfAbsent(head(region === dublin ? 1 : 2))
        .then((written) => outcomes.push(written));
    await events.runUntil(60_000);
    expect(outcomes).toEqual(['written', 'written']);
    expect(held(dublin)).toEqual(held(ohio));
  });

  it.each([
    ['cut', (network: Network) => network.cut({ from: dublin, to: ohio })],
    ['stalled', (network: Network) => network.stallReplication({ from: dublin, to: ohio })],
    ['dark', (network: Network) => network.darken(ohio, 'hangs')],
  ])('holds items back while the way is %s, and brings them afterwards', async (_, block) => {
    const { events, network, replicaOf, held } = world();
    const heal = block(network);
    void replicaOf(dublin).put(head(1));
    await events.runUntil(600_000);
    expect(held(ohio)).toEqual([]);
    heal();
    await events.runUntil(700_000);
    expect(held(ohio)).toEqual([1]);
  });

  it('throws what a refusing replica says', async () => {
    const { events, table, replicaOf } = world();
    const restore = table.refuse(dublin, 'throttled');
    const failed = expect(replicaOf(dublin).put(head(1))).rejects.toThrow('the table in eu-west-1 is throttled');
    await events.runUntil(1_000);
    await failed;
    restore();
  });
});
