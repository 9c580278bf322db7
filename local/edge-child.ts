/** One life of an edge process, as its supervisor sees it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EdgeSpec, FromEdge, Ready, ToEdge } from './aws/edge-messages';
import { StartRefused } from './refusal';

export interface EdgeChildParts {
  readonly edgeFile: string;
  readonly logFile: string;
  readonly spec: EdgeSpec;
  /** Everything it tells after it is ready, and its processes before. */
  readonly hear: (message: FromEdge) => void;
  readonly onEnd: (end: string) => void;
}

const startTimeoutMs = 30_000;

export class EdgeChild {
  readonly pid: number;
  /** Resolves when it serves; rejects when it could not start. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;

  constructor(parts: EdgeChildParts) {
    this.#process = spawnEdge(parts);
    if (this.#process.pid === undefined) throw new Error(`the edge of ${parts.spec.region} could not be started with ${process.execPath}`);
    this.pid = this.#process.pid;
    this.#process.on('message', (message) => parts.hear(message as FromEdge));
    this.#process.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        parts.onEnd(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
        resolve();
      });
    });
    this.ready = this.#readiness(parts);
    this.tell({ kind: 'start', spec: parts.spec });
  }

  tell(message: ToEdge): void {
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  #readiness({ spec, logFile }: EdgeChildParts): Promise<Ready> {
    return new Promise((resolve, reject) => {
      const refuse = (problem: string): void => {
        clearTimeout(timer);
        reject(new StartRefused(`${problem}; its log is ${logFile}`));
      };
      const timer = setTimeout(() => refuse(`${spec.region} was not ready within ${startTimeoutMs / 1000} s`), startTimeoutMs);
      this.#process.on('message', (message: FromEdge) => {
        if (message.kind === 'ready') {
          clearTimeout(timer);
          resolve(message);
        } else if (message.kind === 'failed') refuse(message.problem);
      });
      this.#process.once('exit', () => refuse(`the edge of ${spec.region} ended before it was ready`));
    });
  }
}

/** In a session of its own: Ctrl-C is for the supervisor, which ends everything in order. */
function spawnEdge({ edgeFile, logFile, spec }: EdgeChildParts): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const memory = ['--max-old-space-size=192', '--max-semi-space-size=2'];
    return spawn(process.execPath, [...memory, edgeFile, spec.region], { detached: true, stdio: ['ignore', log, log, 'ipc'] });
  } finally {
    closeSync(log);
  }
}
