/** The tools of one run: each watches the same target in a process of its own, and says what a probe cost it. */
import { mkdirSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts, type Running, start } from '../peers/processes';
import { startOwn } from './own';
import type { OwnRound } from './own-spec';
import type { Peer } from './peers';
import type { Scheme, Target } from './target';

export interface Tool {
  readonly name: string;
  /** Under which its requests are counted. */
  readonly key: string;
  readonly monitors: number;
  readonly process: Running;
  /** Our own rounds, in the order in which they ended. */
  readonly rounds: readonly OwnRound[];
  stop(): Promise<void>;
}

export interface Task {
  readonly folder: string;
  readonly target: Target;
  readonly scheme: Scheme;
  readonly monitors: number;
  /** From probe to probe of a monitor; 0 for as fast as it goes. */
  readonly intervalMs: number;
  readonly label: string;
}

/** What is told to probe every so often can only be told a short time: so many probes a second are more than any of them makes. */
const shortestMs = 25;

export function startTwinwatch({ folder, target, scheme, monitors, intervalMs, label }: Task, program: string): Tool {
  const key = `twinwatch-${label}`;
  const urls = urlsOf(target, { scheme, key, monitors });
  const own = startOwn({ folder, program, name: key }, { urls, intervalMs, timeoutMs: 5000, trusted: target.certificate });
  return { name: 'twinwatch', key, monitors, process: own.process, rounds: own.rounds, stop: own.process.stop };
}

export async function startPeer(peer: Peer, program: string, task: Task): Promise<Tool> {
  const { target, scheme, label } = task;
  const key = `${peer.name}-${label}`;
  const folder = join(task.folder, key);
  mkdirSync(folder, { recursive: true });
  const [port = 0] = await freePorts(1);
  const isFast = task.intervalMs === 0;
  const monitors = isFast && peer.asks === undefined ? Math.min(task.monitors, 100) : task.monitors;
  const urls = urlsOf(target, { scheme, key, monitors });
  const running = start(folder, peer.set({ folder, port, urls, intervalMs: isFast ? shortestMs : task.intervalMs }, program));
  const asking =
    peer.asks === undefined
      ? undefined
      : askFor(
          urls.map((url) => peer.asks?.(port, url) ?? ''),
          task.intervalMs,
        );
  const stop = async (): Promise<void> => {
    asking?.end();
    await running.stop();
  };
  return { name: peer.name, key, monitors, process: running, rounds: [], stop };
}

function urlsOf(target: Target, { scheme, key, monitors }: { readonly scheme: Scheme; readonly key: string; readonly monitors: number }): readonly string[] {
  return Array.from({ length: monitors }, (_, index) => target.url(scheme, key, index));
}

/** Asks in the place of Prometheus, evenly paced; the bench's own time is not counted. */
function askFor(urls: readonly string[], intervalMs: number): { end(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  let isOver = false;
  const ask = (url: string): Promise<void> =>
    new Promise((resolve) => {
      const asking = get(url, { agent }, (response) => response.resume().once('close', resolve));
      asking.once('error', () => resolve());
    });
  const lane = async (): Promise<void> => {
    for (let index = 0; !isOver; index = (index + 1) % urls.length) await ask(urls[index] ?? '');
  };
  const paced = async (): Promise<void> => {
    const begun = performance.now();
    for (let count = 0; !isOver; count += 1) {
      await pause(Math.max(0, begun + (count * intervalMs) / urls.length - performance.now()));
      void ask(urls[count % urls.length] ?? '');
    }
  };
  if (intervalMs > 0) void paced();
  else for (let lanes = 0; lanes < 16; lanes += 1) void lane();
  return {
    end() {
      isOver = true;
      agent.destroy();
    },
  };
}
