/** A region of the local system: running, dark, or on its way back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegionId } from '../src/core/basics/brand';
import type { EdgeSpec, FromEdge, Ready, ToEdge } from './aws/edge-messages';
import { killQuietly } from './aws/pid-file';
import { EdgeChild } from './edge-child';
import type { ProcessBook } from './process-book';

export type RegionState = 'starting' | 'running' | 'dark';
export type RegionRole = 'prober' | 'witness';

export interface RegionView {
  readonly name: RegionId;
  readonly role: RegionRole;
  readonly state: RegionState;
  /** Since when it runs, as ISO time; null while it does not. */
  readonly runsSince: string | null;
  readonly pid: number | null;
  readonly port: number;
  readonly engine: string;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
}

export interface RegionParts {
  readonly name: RegionId;
  readonly role: RegionRole;
  readonly edgeFile: string;
  readonly logFile: string;
  /** What to be, at this port. */
  readonly spec: (port: number) => EdgeSpec;
  readonly book: ProcessBook;
  readonly hear: (message: FromEdge) => void;
  /** It went dark although nobody asked for it. */
  readonly onLost: (pid: number, end: string) => void;
}

const graceMs = 3000;

export class Region {
  readonly name: RegionId;
  readonly role: RegionRole;
  readonly #parts: RegionParts;
  readonly #processes = new Map<number, string>();
  #edge: EdgeChild | undefined;
  #ready: Ready | undefined;
  #starting: Promise<void> | undefined;
  #clearing: Promise<void> = Promise.resolve();
  #isWantedDark = false;
  #runsSince: string | undefined;
  /** Kept over its lives, since its peers and clients know it. */
  #port = 0;

  constructor(parts: RegionParts) {
    this.name = parts.name;
    this.role = parts.role;
    this.#parts = parts;
  }

  get state(): RegionState {
    if (this.#edge === undefined) return this.#starting === undefined ? 'dark' : 'starting';
    return this.#ready === undefined ? 'starting' : 'running';
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  view(): RegionView {
    const processes = [...this.#processes].map(([pid, name]) => ({ name, pid }));
    const { name, role, state } = this;
    const runsSince = state === 'running' ? (this.#runsSince ?? null) : null;
    return { name, role, state, runsSince, pid: this.#edge?.pid ?? null, port: this.#port, engine: this.#ready?.engine ?? '', processes };
  }

  /** Resolves when it runs; rejects when it could not, and is dark then. */
  start(): Promise<void> {
    if (this.state === 'running' && !this.#isWantedDark) return Promise.resolve();
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  tell(message: ToEdge): void {
    this.#edge?.tell(message);
  }

  /** As when a region loses its power: nothing is put in order, and nothing of it lives on. */
  async kill(): Promise<void> {
    this.#isWantedDark = true;
    this.#edge?.kill();
    await this.#edge?.ended;
    await this.#clearing;
  }

  killAtOnce(): void {
    this.#isWantedDark = true;
    this.#edge?.kill();
    for (const pid of this.#processes.keys()) killQuietly(pid);
  }

  async stop(): Promise<void> {
    this.#isWantedDark = true;
    const edge = this.#edge;
    if (edge === undefined) return this.#clearing;
    edge.tell({ kind: 'stop' });
    const grace = new AbortController();
    const late = sleep(graceMs, undefined, { signal: grace.signal }).then(
      () => edge.kill(),
      () => undefined,
    );
    await edge.ended;
    grace.abort();
    await late;
    await this.#clearing;
  }

  async #start(): Promise<void> {
    this.#isWantedDark = false;
    await this.#edge?.ended;
    await this.#clearing;
    if (this.#isWantedDark) throw new Error(`${this.name} was ended while it was starting`);
    const { edgeFile, logFile, spec, book, name } = this.#parts;
    const edge = new EdgeChild({ edgeFile, logFile, spec: spec(this.#port), hear: (message) => this.#hear(message), onEnd: (end) => this.#goDark(end) });
    this.#edge = edge;
    book.add({ name: 'edge', pid: edge.pid, region: name });
    try {
      const ready = await edge.ready;
      this.#port = ready.port;
      this.#ready = ready;
      this.#runsSince = new Date().toISOString();
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  #hear(message: FromEdge): void {
    if (message.kind === 'process') this.#noteProcess(message);
    this.#parts.hear(message);
  }

  #noteProcess({ name, pid, event }: Extract<FromEdge, { kind: 'process' }>): void {
    // The last words of an edge may come after its end.
    if (this.#edge === undefined) this.#clearing = Promise.all([this.#clearing, this.#parts.book.end([pid])]).then(() => undefined);
    else if (event === 'started') {
      this.#processes.set(pid, name);
      this.#parts.book.add({ name, pid, region: this.name });
    } else {
      this.#processes.delete(pid);
      this.#parts.book.remove(pid);
    }
  }

  /** A frozen child cannot notice that its edge is gone, and a database would never ask. */
  #goDark(end: string): void {
    const pid = this.#edge?.pid ?? 0;
    const wasReady = this.#ready !== undefined;
    this.#edge = undefined;
    this.#ready = undefined;
    this.#clearing = this.#parts.book.end([pid, ...this.#processes.keys()]);
    this.#processes.clear();
    if (wasReady && !this.#isWantedDark) this.#parts.onLost(pid, end);
  }
}
