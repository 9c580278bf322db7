import { isoTime, minute } from '../../src/core/basics/time';
import { runProber } from '../../src/engine/invocation';
import { createOverview } from '../../src/engine/overview';
import type { Replica } from '../../src/engine/ports';
import { append } from '../../src/engine/region-log';
import { at, config, east, middle, monitor, opened, west } from '../core/builders';
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
