import { isoTime, minute, second } from '../../src/core/basics/time';
import { encodeHead } from '../../src/core/beat';
import { writerAt } from '../../src/core/table';
import type { WatchState } from '../../src/core/watch';
import { encodeWatch, type WatchRecord } from '../../src/core/watch-record';
import { runProber } from '../../src/engine/invocation';
import { createOverview } from '../../src/engine/overview';
import type { Replica } from '../../src/engine/ports';
import { append } from '../../src/engine/region-log';
import { at, config, east, head, middle, monitor, opened, sample, slot, watchRecord, west } from '../core/builders';
import { Store } from '../sim/store';
import { smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });

/** A region has written a beat and an open incident into one store for all. */
async function written() {
  const small = smallWorld({ config: everyMinute });
  const shared = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, shared);
  await append(small.world, opened({ evidence: { [west]: 0 as never } }));
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: timeLeft(small, 10_000) });
  return small;
}

it('an onlooker is never shown heads without the incidents that came with them', async () => {
  const small = await written();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const replica = small.world.ports.replica(west);
  const slow: Replica = { ...replica, query: (partition, from, to) => held.then(() => replica.query(partition, from, to)) };
  const never = { now: () => small.now, elapsedMs: () => small.now, timer: () => ({ done: new Promise<void>(() => undefined), cancel: () => undefined }) };
  const overview = createOverview({ config: everyMinute, clock: never, replicas: [slow] });
  const refreshing = overview.refresh();
  await new Promise(setImmediate);
  expect(overview.status()).toMatchObject({ monitors: [{ verdict: 'unknown' }], incidents: [], regions: [{ lastBeatAgeMs: null }, {}, {}] });
  letGo();
  await refreshing;
  expect(overview.status()).toMatchObject({ monitors: [{ verdict: 'down' }], incidents: [{ state: 'open' }] });
});

it('a replica that does not answer is skipped, and the others are shown', async () => {
  const small = await written();
  small.refusing.replicas.add(east);
  const overview = createOverview({ config: everyMinute, clock: small.world.ports.clock, replicas: [east, west].map(small.world.ports.replica) });
  await overview.refresh();
  expect(overview.status().incidents).toHaveLength(1);
});

it('shows what a region found last, although its clock was five minutes fast when it wrote elsewhere before', async () => {
  const small = smallWorld({ config: everyMinute });
  const shared = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, shared);
  const record = (state: WatchState, written: Pick<WatchRecord, 'at' | 'seq'>): WatchRecord => {
    return watchRecord({ region: west, peers: [{ region: east, state, since: at('00:09'), reason: 'so it is' }], ...written });
  };
  const fast = record('silent', { at: at('00:15'), seq: at('00:15') });
  const last = record('reporting', { at: at('00:10'), seq: at('00:15') + second });
  for (const item of [encodeWatch(fast, writerAt(west, middle)), encodeWatch(last, west)]) shared.apply({ item, writtenAs: small.now });
  const overview = createOverview({ config: everyMinute, clock: small.world.ports.clock, replicas: [small.world.ports.replica(west)] });
  await overview.refresh();
  expect(overview.status().watches).toMatchObject([{ observer: west, subject: east, state: 'reporting' }]);
});

it('shows what a region sees now, although its slots are named ahead since its clock was set back', async () => {
  const small = smallWorld({ config: everyMinute });
  for (const region of [west, east, middle]) small.stores.set(region, new Store());
  const overview = createOverview({ config: everyMinute, clock: small.world.ports.clock, replicas: [small.world.ports.replica(west)] });
  const [service] = everyMinute.monitors;
  const beats = async (named: string, begun: string): Promise<void> => {
    const times = { startedAt: at(begun), finishedAt: at(begun) };
    const item = encodeHead(
      head({ slot: slot(named), ...times, configHash: everyMinute.hash, samples: [sample({ hash: service!.hash, slot: slot(named) })] }),
      west,
    );
    small.stores.get(west)!.apply({ item, writtenAs: small.now });
    await overview.refresh();
  };
  small.now = at('00:10:01');
  await beats('00:14:00', '00:14:00');
  small.now = at('00:13:46');
  await beats('00:15:00', '00:13:45');
  expect(overview.status().monitors[0]?.verdict).toBe('up');
});
