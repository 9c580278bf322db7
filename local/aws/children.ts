/** The children of an edge: they are reported, logged, and none of them outlives it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Tell } from './edge-messages';
import { LastWill } from './last-will';
import { LogFile, lineWriter } from './log-file';
import { killQuietly, PidFile } from './pid-file';

export interface ChildSpec {
  readonly name: string;
  /** Which pid file remembers it. */
  readonly ledger: 'engine' | 'environments';
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export class Children {
  readonly #dataDir: string;
  readonly #tell: Tell;
  readonly #will = new LastWill();
  readonly #alive = new Map<number, ChildProcess>();
  readonly #ledgers: Readonly<Record<ChildSpec['ledger'], PidFile>>;
  readonly #logs = new Map<string, LogFile>();

  constructor(dataDir: string, tell: Tell) {
    this.#dataDir = dataDir;
    this.#tell = tell;
    this.#ledgers = { engine: new PidFile(join(dataDir, 'engine.pid')), environments: new PidFile(join(dataDir, 'environments.pid')) };
  }

  /** Every child names the data folder in its command line. */
  async endLeftovers(): Promise<void> {
    await Promise.all(Object.values(this.#ledgers).map((ledger) => ledger.endLeftovers(this.#dataDir)));
  }

  /** In a session of its own: neither Ctrl-C nor the hang-up that a terminal's end sends to stopped jobs may reach it. */
  start(spec: ChildSpec, onEnd: (end: ChildEnd) => void): number {
    const child = spawn(spec.command, spec.args, { env: { ...spec.environment }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const { pid } = child;
    if (pid === undefined) throw new Error(`could not start ${spec.command} (${spec.name})`);
    this.#alive.set(pid, child);
    this.#will.add(pid);
    this.#ledgers[spec.ledger].add(pid);
    const log = this.log(spec.name);
    child.stdout?.on('data', lineWriter(log));
    child.stderr?.on('data', lineWriter(log));
    child.once('exit', (code, signal) => {
      this.#alive.delete(pid);
      this.#will.remove(pid);
      this.#ledgers[spec.ledger].remove(pid);
      this.#tell({ kind: 'process', name: spec.name, pid, event: 'ended', code: code ?? undefined, signal: signal ?? undefined });
      onEnd({ code, signal });
    });
    this.#tell({ kind: 'process', name: spec.name, pid, event: 'started' });
    return pid;
  }

  log(name: string): LogFile {
    const known = this.#logs.get(name);
    if (known !== undefined) return known;
    const log = new LogFile(join(this.#dataDir, 'logs', `${name}.log`));
    this.#logs.set(name, log);
    return log;
  }

  /** At once, and without waiting: it is also what happens when the edge itself is about to die. */
  killAll(): void {
    for (const pid of this.#alive.keys()) killQuietly(pid);
  }

  get count(): number {
    return this.#alive.size;
  }
}
