import { monitorHash, monitorId, regionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { decodeBeat, decodeHead } from '../../src/core/beat';
import { shardCount } from '../../src/core/function-size';
import type { Observation } from '../../src/core/observation';
import type { ShardAnswer } from '../../src/core/shard-answer';
import { byShard } from '../../src/core/sharding';
import { runProber } from '../../src/engine/invocation';
import { observe } from '../../src/engine/observing';
import { Refused, type ShardRequest, type Shards } from '../../src/engine/ports';
import { dueIn } from '../../src/engine/probing';
import { runRound } from '../../src/engine/round';
import { at, attempt, config, monitor, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

const monitors = Array.from({ length: 500 }, (_, n) =>
  monitor({ id: monitorId(`service-${n}`), hash: monitorHash(n.toString(16).padStart(12, '0')), intervalMs: second, timeoutMs: 700 }),
);
/** Little time for a round makes few monitors many. */
const everySecond = config({ beatIntervalMs: second, monitors });
const parts = byShard(monitors, 3);
const idsOf = (shard: number) => new Set<string>(parts.get(shard)!.map(({ id }) => id));

type Answering = (request: ShardRequest, well: ShardAnswer) => ShardAnswer | Promise<ShardAnswer>;

const allUp = (request: ShardRequest): ShardAnswer => ({
  nonce: request.nonce,
  region: west,
  configHash: everySecond.hash,
  canaries: 'right',
  seen: parts.get(request.shard)!.map(({ hash }) => ({ hash, attempts: [attempt({ address: '192.0.2.7:443' })] })),
});

function helped(answering: Answering = (_request, well) => well): { readonly small: SmallWorld; readonly asked: ShardRequest[] } {
  const small = smallWorld({ config: everySecond });
  const asked: ShardRequest[] = [];
  const shards: Shards = {
    async probe(request) {
      asked.push(request);
      return answering(request, allUp(request));
    },
  };
  Object.assign(small, { world: { ...small.world, ports: { ...small.world.ports, shards } } });
  small.seen = () => {
    throw new Error('a prober that has workers probes no monitor itself');
  };
  return { small, asked };
}

const giveUpAt = at('00:10:08');
const lookOf = ({ world }: SmallWorld) => ({ monitors: dueIn(world, slot('00:10')), slot: slot('00:10'), giveUpAt });
const seenOf = async ({ small }: { readonly small: SmallWorld }) => (await observe(small.world, lookOf(small))).observations;
const uncovered = (observations: readonly Observation[]) =>
  observations.flatMap(({ monitor: id, attempts: [{ reason, detail }] }) => (reason === 'prober-error' ? [{ id: id as string, detail }] : []));

it('a round that is too large for one function is probed by workers: each monitor once, each shard at once', async () => {
  expect(shardCount(everySecond)).toBe(3);
  const { small, asked } = helped();
  const observations = await seenOf({ small });
  expect(observations.map(({ monitor: id }) => id).toSorted()).toEqual(monitors.map(({ id }) => id).toSorted());
  expect(new Set(observations.flatMap(({ attempts }) => attempts.map(({ reason }) => reason)))).toEqual(new Set(['ok']));
  expect(asked.map(({ shard, of }) => [shard, of]).toSorted()).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  expect(new Set(asked.map(({ nonce }) => nonce)).size).toBe(3);
  for (const { giveUpAt: end, slot: ofSlot } of asked) expect([end, ofSlot]).toEqual([at('00:10:07.500'), slot('00:10')]);
});

it('the beat of the region stays one: of all monitors, by the prober', async () => {
  const { small } = helped();
  await runRound(small.world, slot('00:10'), undefined);
  const items = small.stores.get(west)!.all();
  const [written] = items.flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : []));
  const [beat, ...others] = items.flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []));
  expect(written).toMatchObject({ covered: 500, expected: 500, canaries: 'right' });
  expect(written!.samples).toHaveLength(500);
  expect(beat!.marks.every(({ outcome }) => outcome === 'ok')).toBe(true);
  expect(others).toEqual([]);
});

const never = new Promise<never>(() => undefined);
const foreign = (well: ShardAnswer) => ({ ...well, region: regionId('us-east-2') });

describe.each<[string, Answering, RegExp]>([
  ['fails', () => Promise.reject(new Error('the function crashed')), /: the function crashed$/],
  ['is throttled', () => Promise.reject(new Refused('Rate Exceeded. (TooManyRequestsException)')), /: Rate Exceeded/],
  ['does not answer in time', () => never, /: no answer within 8000 ms$/],
  ['answers another question', (_request, well) => ({ ...well, nonce: 'old' }), /: it was answered for another question, in eu-west-1$/],
  ['answers for another region', (_request, well) => foreign(well), /: it was answered for another question, in us-east-2$/],
  [
    'is of another configuration and knows none of these monitors',
    (_request, well) => ({ ...well, configHash: 'other', seen: [] }),
    /: its configuration is other, and not/,
  ],
  ['leaves them out', (_request, well) => ({ ...well, seen: [] }), /: it left this monitor out$/],
  ['calls a closed port up', (_request, well) => ({ ...well, canaries: 'closed-port-answered' }), /^this prober calls a closed port up/],
])('a worker that %s', (_case, answering, why) => {
  const ofShardOne: Answering = (request, well) => (request.shard === 1 ? answering(request, well) : well);

  it('covers none of its monitors, and says why; those of the others count', async () => {
    const left = uncovered(await seenOf(helped(ofShardOne)));
    expect(new Set(left.map(({ id }) => id))).toEqual(idsOf(1));
    for (const { detail } of left) expect(detail).toMatch(why);
  });

  it('makes nobody down', async () => {
    const { small } = helped(ofShardOne);
    await runRound(small.world, slot('00:10'), undefined);
    const [written] = small.stores
      .get(west)!
      .all()
      .flatMap((item) => (item.pk.startsWith('HEAD#') ? (decodeHead(item) ?? []) : []));
    expect(written).toMatchObject({ covered: 500 - idsOf(1).size, expected: 500 });
    expect(written!.samples.every(({ ok }) => ok)).toBe(true);
  });
});

it('while a deployment is under way, only what it changed is not covered: a monitor is the same where its own hash is', async () => {
  const changed = parts.get(2)![0]!;
  const left = uncovered(
    await seenOf(helped((_request, well) => ({ ...well, configHash: 'newer', seen: well.seen.filter(({ hash }) => hash !== changed.hash) }))),
  );
  expect(left).toEqual([{ id: changed.id, detail: expect.stringContaining('its configuration is newer') }]);
});

it('what a worker saw fail has failed', async () => {
  const failing = parts.get(0)![0]!;
  const { small } = helped((_request, well) => ({
    ...well,
    seen: well.seen.map((one) => (one.hash === failing.hash ? { ...one, attempts: [attempt({ reason: 'status', detail: 'status 503' })] } : one)),
  }));
  const observation = (await seenOf({ small })).find(({ monitor: id }) => id === failing.id);
  expect(observation!.attempts).toMatchObject([{ reason: 'status', detail: 'status 503' }]);
});

it('no more is asked of a worker when it is too late for an answer', async () => {
  const { small } = helped(() => never);
  small.now = giveUpAt;
  expect(uncovered(await observe(small.world, lookOf(small)).then(({ observations }) => observations))).toHaveLength(500);
});

it('where there are no workers the prober probes everything itself', async () => {
  const small = smallWorld({ config: everySecond });
  const observations = await seenOf({ small });
  expect(uncovered(observations)).toEqual([]);
  expect(observations).toHaveLength(500);
});

it('a prober that is asked what it sees looks for itself', async () => {
  const { small, asked } = helped();
  small.seen = () => attempt();
  const answer = await runProber({ ask: { nonce: 'n', monitors: ['service-3'] } }, small.world);
  expect(answer).toMatchObject({ seen: [{ monitor: 'service-3', outcome: 'ok' }] });
  expect(asked).toEqual([]);
});
