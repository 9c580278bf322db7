import { instant, monitorHash, monitorId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import type { Monitor } from '../../src/core/config/config';
import { byShard } from '../../src/core/sharding';
import type { ShardRequest } from '../../src/engine/ports';
import { answerShard, shardRequestOf, type WorkerWorld } from '../../src/engine/probe-worker';
import { at, attempt, config, monitor, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

const monitors = Array.from({ length: 40 }, (_, n) =>
  monitor({ id: monitorId(`service-${n}`), hash: monitorHash(n.toString(16).padStart(12, '0')), intervalMs: n < 20 ? minute : 2 * minute }),
);
const calling = monitor({ id: monitorId('calls'), probe: { kind: 'heartbeat', token: 't', times: { kind: 'every', everyMs: minute }, graceMs: 1000 } });
const everyMinute = config({ beatIntervalMs: minute, monitors: [...monitors, calling] });

const request: ShardRequest = { nonce: 'n-1', slot: slot('00:10'), shard: 1, of: 3, giveUpAt: at('00:10:40') };

function worker(prepare: (small: SmallWorld) => void = () => undefined, remainingMs = 50 * second) {
  const small = smallWorld({ config: everyMinute });
  prepare(small);
  const limits: number[] = [];
  const { self, ports } = small.world;
  const prober = {
    attempt: (one: Monitor, timeoutMs: number) => {
      limits.push(timeoutMs);
      return ports.prober.attempt(one, timeoutMs);
    },
  };
  const world: WorkerWorld = { self, ports: { clock: ports.clock, prober }, invocation: { remainingMs: () => remainingMs } };
  return { world, small, limits };
}

it('answers what is due of its shard, with the nonce, its configuration, and what its own canaries showed', async () => {
  const { world, small } = worker();
  const answer = await answerShard(world, request);
  expect(answer).toMatchObject({ nonce: 'n-1', region: west, configHash: everyMinute.hash, canaries: 'right' });
  const shard = byShard(monitors, 3).get(1)!;
  const hashes = answer.seen.map(({ hash }) => hash);
  expect(hashes.length).toBeLessThan(shard.length);
  for (const one of shard.filter(({ intervalMs }) => intervalMs === minute)) expect(hashes).toContain(one.hash);
  for (const hash of hashes) expect(shard.map((one) => one.hash)).toContain(hash);
  expect([...small.stores.values()].flatMap((store) => store.all())).toEqual([]);
});

it('all shards together are what is due', async () => {
  const answers = await Promise.all([0, 1, 2].map((shard) => answerShard(worker().world, { ...request, shard })));
  const alone = await answerShard(worker().world, { ...request, shard: 0, of: 1 });
  expect(answers.flatMap(({ seen }) => seen.map(({ hash }) => hash)).toSorted()).toEqual(alone.seen.map(({ hash }) => hash).toSorted());
});

it.each([
  ['a closed port up', { 'canary-must-refuse': attempt() }, 'closed-port-answered'],
  ['everything dead', { 'canary-must-answer': attempt({ reason: 'dns-error' }) }, 'nothing-answered'],
])('says so when it calls %s', async (_case, canaries, reading) => {
  const { world } = worker((small) => {
    small.seen = () => attempt({ reason: 'dns-error' });
    small.canary = (id) => (canaries as Record<string, ReturnType<typeof attempt>>)[id] ?? attempt({ reason: 'connect-refused' });
  });
  expect((await answerShard(world, request)).canaries).toBe(reading);
});

it.each([
  ['its prober', { ...request, giveUpAt: at('00:10:02') }, 50 * second, 2000],
  ['its own end', request, 3 * second, 2000],
])('probes for no longer than %s lets it', async (_case, asked, remainingMs, limitMs) => {
  const { world, limits } = worker(() => undefined, remainingMs);
  await answerShard(world, asked);
  expect(Math.max(...limits)).toBe(limitMs);
});

it('probes for no longer than a round, however far ahead the clock of its prober is', async () => {
  const { world, small } = worker();
  small.seen = async () => {
    small.now = instant(small.now + 10 * minute);
    return attempt({ reason: 'connect-timeout' });
  };
  const { seen } = await answerShard(world, { ...request, of: 1, shard: 0, giveUpAt: at('00:50') });
  expect(seen.some(({ attempts }) => attempts[0].reason === 'deadline')).toBe(true);
});

it.each([
  ['nothing', undefined, /shard.nonce/],
  ['no nonce', { ...request, nonce: '' }, /shard.nonce/],
  ['a nonce that is too long', { ...request, nonce: 'x'.repeat(65) }, /shard.nonce/],
  ['a shard that there is not', { ...request, shard: 3 }, /whole numbers/],
  ['half a shard', { ...request, shard: 0.5 }, /whole numbers/],
  ['no slot', { ...request, slot: undefined }, /whole numbers/],
  ['no end', { ...request, giveUpAt: 'soon' }, /giveUpAt/],
])('refuses an event with %s', (_case, event, why) => {
  expect(() => shardRequestOf(event)).toThrow(why);
});

it('takes what a prober sends', () => {
  expect(shardRequestOf(JSON.parse(JSON.stringify(request)))).toEqual(request);
});
