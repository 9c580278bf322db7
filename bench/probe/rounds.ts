/** What one round is like on one core with the memory of the function: how long, how large, what it reports, and who waits for those that hang. */
import { createServer, type Server, type Socket } from 'node:net';
import { startOwn } from './own';
import type { OwnRound } from './own-spec';
import type { Target } from './target';
import { spreadOf } from './windows';

export interface RoundsSeen {
  /** One monitor, by itself. */
  readonly alone: OwnRound;
  readonly healthy: OwnRound;
  /** Where some hang. */
  readonly hanging?: OwnRound | undefined;
  readonly text: string;
}

export interface RoundsAsked {
  readonly folder: string;
  readonly target: Target;
  readonly program: string;
  readonly monitors: number;
  readonly hang: number;
}

const rounds = { healthy: 20, hanging: 5 };

/** Medians of several rounds each. */
export async function runRounds({ folder, target, program, monitors, hang }: RoundsAsked): Promise<RoundsSeen> {
  const urls = Array.from({ length: monitors }, (_, index) => target.url('http', 'rounds', index));
  const run = async (name: string, watched: readonly string[], times: number): Promise<OwnRound> => {
    const pace = { intervalMs: watched.length === 1 ? 20 : 0, timeoutMs: 3000, rounds: times };
    const own = startOwn({ folder, program, name, isPinned: true }, { urls: watched, ...pace });
    await own.ended;
    return medianOf(own.rounds.slice(Math.min(own.rounds.length - 1, Math.ceil(times / 10))), watched.length === 1);
  };
  const alone = await run('alone', urls.slice(0, 1), 200);
  const healthy = await run('healthy', urls, rounds.healthy);
  const hanging = hang === 0 ? undefined : await withHung(hang, (hung) => run('hanging', mixed(urls.slice(hang), hung), rounds.hanging));
  const lines = [`\nRounds on one core with 256 MB, medians`, wordsOf('one monitor alone', alone), wordsOf(`${monitors} monitors`, healthy)];
  if (hanging !== undefined) lines.push(wordsOf(`${monitors}, ${hang} of which hang`, hanging));
  return { alone, healthy, hanging, text: lines.join('\n') };
}

/** Single probes are seen together: the latency of each is one of many. */
function medianOf(seen: readonly OwnRound[], isAlone: boolean): OwnRound {
  const median = (of: (round: OwnRound) => number): number => spreadOf(seen.map(of)).median;
  const p50s = seen.map(({ latencyMs }) => latencyMs.p50).sort((one, other) => one - other);
  return {
    probes: median(({ probes }) => probes),
    good: median(({ good }) => good),
    notCovered: median(({ notCovered }) => notCovered),
    tookMs: median(({ tookMs }) => tookMs),
    latencyMs: {
      p50: median(({ latencyMs }) => latencyMs.p50),
      p99: isAlone ? (p50s[Math.floor(p50s.length * 0.99)] ?? Number.NaN) : median(({ latencyMs }) => latencyMs.p99),
    },
    latestBeginMs: median(({ latestBeginMs }) => latestBeginMs),
    peakRssMb: spreadOf(seen.map(({ peakRssMb }) => peakRssMb)).most,
    rssMb: median(({ rssMb }) => rssMb),
    handles: median(({ handles }) => handles),
    openFiles: median(({ openFiles }) => openFiles),
  };
}

function wordsOf(name: string, { tookMs, latencyMs, latestBeginMs, good, probes, notCovered, peakRssMb }: OwnRound): string {
  const covered = `${good} of ${probes} tries good, ${notCovered} not covered`;
  const latency = `latency p50 ${latencyMs.p50.toFixed(1)} ms, p99 ${latencyMs.p99.toFixed(1)} ms`;
  return `${name}: ${(tookMs / 1000).toFixed(2)} s, ${covered}; ${latency}; last good one begun after ${latestBeginMs.toFixed(0)} ms; peak RSS ${peakRssMb.toFixed(0)} MB`;
}

/** Those that hang come evenly among the others. */
function mixed(good: readonly string[], hung: readonly string[]): readonly string[] {
  const every = Math.max(1, Math.floor(good.length / hung.length));
  return [...hung.flatMap((url, index) => [url, ...good.slice(index * every, (index + 1) * every)]), ...good.slice(hung.length * every)];
}

/** A server that takes connections and says nothing. */
async function withHung<T>(count: number, work: (urls: readonly string[]) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await work(Array.from({ length: count }, (_, index) => `http://127.0.0.1:${port}/hung/m${index}`));
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}
