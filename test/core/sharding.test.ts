import fc from 'fast-check';
import { monitorHash, monitorId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { Monitor } from '../../src/core/config/config';
import { outgrown, shardCount } from '../../src/core/function-size';
import { byShard, shardOf } from '../../src/core/sharding';
import { isDue } from '../../src/core/slots';
import { config, monitor, slot } from './builders';

const many = (count: number, over: Partial<Monitor> = {}): readonly Monitor[] =>
  Array.from({ length: count }, (_, n) => monitor({ id: monitorId(`service-${n}`), hash: monitorHash(n.toString(16).padStart(12, '0')), ...over }));

it.each([
  [2475, 10 * second, 1],
  [2476, 10 * second, 2],
  [4951, 10 * second, 3],
  [10_000, 10 * second, 5],
  [14_000, minute, 1],
  [15_000, minute, 2],
  [226, second, 2],
])('%i monitors every %i ms are probed in %i shards', (count, intervalMs, shards) => {
  const fleet = config({ beatIntervalMs: intervalMs, monitors: many(count, { intervalMs }) });
  expect(shardCount(fleet)).toBe(shards);
  expect(shards > 1).toBe(outgrown(fleet) !== undefined);
});

it('every monitor that is probed is of exactly one shard, about as many in each, and one that calls us of none', () => {
  const calling = monitor({ id: monitorId('calls'), probe: { kind: 'heartbeat', token: 't', times: { kind: 'every', everyMs: minute }, graceMs: 1000 } });
  const monitors = many(10_000);
  const shards = byShard([...monitors, calling], 5);
  expect([...shards.keys()].toSorted()).toEqual([0, 1, 2, 3, 4]);
  const ids = [...shards.values()].flat().map(({ id }) => id);
  expect(ids.toSorted()).toEqual(monitors.map(({ id }) => id).toSorted());
  for (const part of shards.values()) expect(Math.abs(part.length - 2000)).toBeLessThan(200);
});

it('what is due in one slot of many is of all shards: intervals and shards are spread by different hashes', () => {
  const monitors = many(10_000, { intervalMs: 10 * minute });
  const spread = config({ beatIntervalMs: minute, monitors });
  const due = monitors.filter((one) => isDue(spread, one, slot('00:10')));
  expect(due.length).toBeGreaterThan(800);
  const shards = byShard(due, 4);
  expect(shards.size).toBe(4);
  for (const part of shards.values()) expect(part.length).toBeGreaterThan(150);
});

it('monitors that share the budget of a host are of one shard', () => {
  const shared = many(50, { budget: { host: 'shop.example.com', perSecond: 5 } });
  expect(new Set(shared.map((one) => shardOf(one, 7))).size).toBe(1);
  expect(new Set(many(50).map((one) => shardOf(one, 7))).size).toBe(7);
});

it('a shard is one of those that there are, and depends on nothing but the monitor and how many there are', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), (id, of) => {
      const shard = shardOf({ id: monitorId(id) }, of);
      expect(Number.isInteger(shard) && shard >= 0 && shard < of).toBe(true);
      expect(shardOf(monitor({ id: monitorId(id), intervalMs: minute }), of)).toBe(shard);
    }),
  );
});
