/** The tools of one run: ours once, each peer at our interval, and each once more with as many probes as our places make together. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Running, start } from '../peers/processes';
import { findProgram } from '../peers/programs';
import type { Pace } from './goals';
import { readers } from './messages';
import { configOf, type Own, probers, startOwn } from './own';
import { type Peer, peers, type Watch } from './peers';
import type { Receiver } from './receiver';
import type { Target } from './targets';

export interface Task {
  readonly folder: string;
  readonly receiver: Receiver;
  readonly targets: readonly Target[];
  /** A neutral address that answers whatever happens to the targets. */
  readonly anchor: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly failures: number;
}

export interface PeerTool {
  readonly name: string;
  readonly pace: Pace;
  readonly processes: readonly Running[];
}

export const ownName = 'twinwatch';

export const startOurs = (task: Task): Promise<Own> => startOwn(configOf(watchOf(task, ownName, task.intervalMs, readers.twinwatch()), task.anchor));

/** What is asked for and can be had. */
export interface Found {
  readonly peer: Peer;
  readonly programs: readonly string[];
}

export function findPeers(names: readonly string[], { folder, mayInstall }: { readonly folder: string; readonly mayInstall: boolean }) {
  const found: Found[] = [];
  const isKnown = (name: string): boolean => peers.some((peer) => peer.name === name);
  const skipped = names.filter((name) => !isKnown(name)).map((name) => `${name}: is not known; known are ${peers.map((peer) => peer.name).join(', ')}`);
  for (const peer of peers.filter(({ name }) => names.includes(name))) {
    const programs = peer.sources.map((source) => ({ name: source.name, program: findProgram(source, folder, mayInstall) }));
    const missing = programs.filter(({ program }) => program === undefined).map(({ name }) => name);
    if (missing.length === 0) found.push({ peer, programs: programs.flatMap(({ program }) => program ?? []) });
    else skipped.push(`${peer.name}: ${missing.join(', ')} not in the PATH, not in ${folder}, and could not be built from the Go proxy`);
  }
  return { found, skipped };
}

export async function startPeers(found: readonly Found[], task: Task): Promise<readonly PeerTool[]> {
  const paces = [
    { pace: 'same-interval', intervalMs: task.intervalMs },
    { pace: 'same-probes', intervalMs: task.intervalMs / probers.length },
  ] as const;
  return Promise.all(paces.flatMap((one) => found.map((peer) => startPeer(peer, task, one))));
}

async function startPeer({ peer, programs }: Found, task: Task, { pace, intervalMs }: { pace: Pace; intervalMs: number }): Promise<PeerTool> {
  const name = `${peer.name} every ${intervalMs / 1000} s`;
  const folder = join(task.folder, name.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const started = await peer.set({ ...watchOf(task, name, intervalMs, peer.reader()), folder }, programs);
  return { name, pace, processes: started.map((program) => start(folder, program)) };
}

function watchOf(
  { receiver, targets, timeoutMs, failures }: Task,
  tool: string,
  intervalMs: number,
  reader: ReturnType<Peer['reader']>,
): Omit<Watch, 'folder'> {
  return {
    ...{ intervalMs, timeoutMs, failures, hook: receiver.urlFor(tool, reader) },
    targets: targets.map(({ name, urlFor }) => ({ name, url: urlFor(tool) })),
  };
}
