/** Budgets, hanging targets and bursts, with real servers that count who is connected. */
import { createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '../../src/adapters/clock';
import { createProber } from '../../src/adapters/probes/prober';
import { instant, monitorHash, monitorId } from '../../src/core/basics/brand';
import type { HostBudget, Monitor } from '../../src/core/config/config';
import { decidingAttempt, type Observation, outcomeOf } from '../../src/core/observation';
import { dueIn, probeAll } from '../../src/engine/probing';
import type { World } from '../../src/engine/world';
import { awake } from '../awake';
import { config, monitor, slot, west } from '../core/builders';
import { smallWorld } from '../engine/small-world';

interface Counting {
  readonly port: number;
  /** The most that were connected at the same time, and when each came. */
  most: number;
  readonly cameAt: number[];
  /** When each was gone again. */
  readonly leftAt: number[];
  close(): Promise<void>;
}

/** Answers after so long; never where that is undefined. */
function counting(answerAfterMs: number | undefined): Promise<Counting> {
  const sockets = new Set<Socket>();
  const asking = new Set<Socket>();
  const answer = (socket: Socket): void => {
    asking.delete(socket);
    socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    seen.cameAt.push(performance.now());
    asking.add(socket);
    seen.most = Math.max(seen.most, asking.size);
    socket
      .on('error', () => undefined)
      .once('close', () => {
        sockets.delete(socket);
        asking.delete(socket);
        seen.leftAt.push(performance.now());
      });
    socket.once('data', () => {
      if (answerAfterMs !== undefined) setTimeout(answer, answerAfterMs, socket);
    });
  });
  const seen: Counting = {
    port: 0,
    most: 0,
    cameAt: [],
    leftAt: [],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(Object.assign(seen, { port: (server.address() as { port: number }).port }))));
}

const watching = ({ port }: Counting, count: number, more: { budget?: Omit<HostBudget, 'host'>; timeoutMs?: number } = {}): readonly Monitor[] =>
  Array.from({ length: count }, (_, index) => {
    const url = `http://127.0.0.1:${port}/${index}`;
    const id = monitorId(`${port}-${String(index).padStart(3, '0')}`);
    const budget = more.budget === undefined ? undefined : { host: '127.0.0.1', ...more.budget };
    const probe = { kind: 'http', url, expect: { status: [[200, 299]] } } as const;
    return monitor({
      id,
      intervalMs: 10_000,
      hash: monitorHash(id.padStart(12, '0')),
      timeoutMs: more.timeoutMs ?? 2000,
      target: url,
      probe,
      ...(budget && { budget }),
    });
  });

async function probed(monitors: readonly Monitor[], withinMs = 10_000): Promise<{ readonly seen: readonly Observation[]; readonly tookMs: number }> {
  const { world } = smallWorld({ config: config({ monitors, beatIntervalMs: 10_000 }) });
  const prober = createProber({ region: west, version: 'test', allowPrivate: true });
  const real: World = { ...world, ports: { ...world.ports, clock: systemClock, prober } };
  const begun = performance.now();
  const seen = await probeAll(real, { monitors: dueIn(real, slot('00:10')), slot: slot('00:10'), giveUpAt: instant(Date.now() + withinMs) });
  return { seen, tookMs: performance.now() - begun };
}

const outcomes = (seen: readonly Observation[]) => new Set(seen.map((observation) => outcomeOf(decidingAttempt(observation))));

const open: Counting[] = [];
const serving = async (answerAfterMs: number | undefined): Promise<Counting> => {
  const server = await counting(answerAfterMs);
  open.push(server);
  return server;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

describe('a budget', () => {
  it(
    'lets no more probes be at its host than it says, and all get their turn',
    awake(async () => {
      const host = await serving(30);
      const { seen } = await probed(watching(host, 12, { budget: { atOnce: 2 } }));
      expect(host.most).toBe(2);
      expect(seen).toHaveLength(12);
      expect(outcomes(seen)).toEqual(new Set(['ok']));
    }),
  );

  it(
    'spreads probes over the second',
    awake(async () => {
      // The first probe of a kind waits until that is loaded, and the second one would meet it.
      await probed(watching(await serving(0), 1));
      const host = await serving(0);
      await probed(watching(host, 6, { budget: { perSecond: 4 } }));
      const gaps = host.cameAt.slice(1).map((at, index) => at - (host.cameAt[index] ?? 0));
      expect(host.cameAt.at(-1)! - host.cameAt[0]!).toBeGreaterThan(4 * 250);
      expect(Math.min(...gaps)).toBeGreaterThan(60);
    }),
  );

  it(
    'holds for second tries, too',
    awake(async () => {
      const gone = await serving(0);
      await gone.close();
      const { seen, tookMs } = await probed(watching(gone, 3, { budget: { perSecond: 10 } }));
      expect(seen.map(({ attempts }) => attempts.length)).toEqual([2, 2, 2]);
      expect(tookMs).toBeGreaterThan(5 * 100 - 20);
    }),
  );

  it(
    'delays nobody at another host',
    awake(async () => {
      const [slow, quick] = [await serving(400), await serving(0)];
      const others = watching(quick, 20);
      const { seen } = await probed([...watching(slow, 8, { budget: { atOnce: 1 } }), ...others]);
      expect(outcomes(seen)).toEqual(new Set(['ok']));
      expect(quick.cameAt.at(-1)! - slow.cameAt[0]!).toBeLessThan(2400);
    }),
  );

  it(
    'leaves what did not come to its turn uncovered, and nothing of it is down',
    awake(async () => {
      const host = await serving(1000);
      const { seen, tookMs } = await probed(watching(host, 10, { budget: { atOnce: 1 } }), 3000);
      const uncovered = seen.filter((observation) => outcomeOf(decidingAttempt(observation)) === 'not-covered');
      expect(outcomes(seen)).toEqual(new Set(['ok', 'not-covered']));
      expect(uncovered.length).toBeGreaterThanOrEqual(6);
      expect(new Set(uncovered.map((observation) => decidingAttempt(observation).reason))).toEqual(new Set(['deadline']));
      expect(tookMs).toBeLessThan(8000);
    }),
  );

  it(
    'is over with the round where it was spread over more seconds than that has',
    awake(async () => {
      const host = await serving(0);
      const { seen, tookMs } = await probed(watching(host, 10, { budget: { perSecond: 2 } }), 1400);
      expect(outcomes(seen)).toEqual(new Set(['ok', 'not-covered']));
      expect(tookMs).toBeLessThan(4500);
    }),
  );
});

describe('targets that hang', () => {
  it(
    'hold up nobody, however many there are',
    awake(async () => {
      const [hung, quick] = [await serving(undefined), await serving(0)];
      const { seen } = await probed([...watching(hung, 150, { timeoutMs: 3000 }), ...watching(quick, 50)], 4500);
      expect(quick.cameAt).toHaveLength(50);
      expect(quick.cameAt.at(-1)).toBeLessThan(hung.leftAt[0]!);
      expect(hung.most).toBe(150);
      expect(seen).toHaveLength(200);
    }),
  );
});

describe('a round', () => {
  it(
    'begins few probes at the same moment',
    awake(async () => {
      const quick = await serving(0);
      await probed(watching(quick, 60));
      expect(quick.cameAt).toHaveLength(60);
      expect(quick.most).toBeLessThan(30);
    }),
  );
});
