/** Remembers the pids of children on disk, so that the next start can end those that outlived a killed edge. */
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export class PidFile {
  readonly #file: string;
  readonly #pids = new Set<number>();

  constructor(file: string) {
    this.#file = file;
  }

  add(pid: number): void {
    this.#pids.add(pid);
    this.#write();
  }

  remove(pid: number): void {
    if (this.#pids.delete(pid)) this.#write();
  }

  /** Ends what an earlier edge left behind. The mark in its command line proves that a pid is still that child. */
  async endLeftovers(mark: string): Promise<void> {
    const left = readPids(this.#file).filter((pid) => commandOf(pid).includes(mark));
    for (const pid of left) killQuietly(pid);
    for (let turn = 0; turn < 100 && left.some((pid) => commandOf(pid).includes(mark)); turn += 1) await sleep(20);
    this.#write();
  }

  /** Whole or not at all: it is read after an edge was killed, maybe in the middle of this. */
  #write(): void {
    const draft = `${this.#file}.new`;
    try {
      writeFileSync(draft, [...this.#pids].map((pid) => `${pid}\n`).join(''));
      renameSync(draft, this.#file);
    } catch {
      // On a full disk: the supervisor keeps a book of the same processes, and an edge that ends takes them with it.
    }
  }
}

/** A child that ended a moment ago is no mistake. */
export function killQuietly(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, which is what was wanted.
  }
}

function readPids(file: string): number[] {
  return textOrNothing(() => readFileSync(file, 'utf8'))
    .split('\n')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 1);
}

/** Empty when there is no such process. */
function commandOf(pid: number): string {
  if (process.platform === 'linux') return textOrNothing(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  return textOrNothing(() => execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

function textOrNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
