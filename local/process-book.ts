/** Every process of this system, on disk while it lives, so that after the worst end the next start can clear up. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { endMarked } from './running';

export interface BookedProcess {
  readonly name: string;
  readonly pid: number;
  /** `null` for the supervisor, which belongs to none. */
  readonly region: string | null;
}

export class ProcessBook {
  readonly #file: string;
  /** Every process but the supervisor names a file of the data folder in its command line. */
  readonly #mark: string;
  readonly #processes = new Map<number, BookedProcess>();

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'processes.json');
    this.#mark = dataFolder + sep;
  }

  add(booked: BookedProcess): void {
    this.#processes.set(booked.pid, booked);
    this.#write();
  }

  remove(pid: number): void {
    if (this.#processes.delete(pid)) this.#write();
  }

  list(): readonly BookedProcess[] {
    return [...this.#processes.values()];
  }

  /** Ends what an earlier run left behind. */
  async endLeftovers(): Promise<void> {
    await endMarked(readPids(this.#file), this.#mark);
    this.#write();
  }

  /** Ends those of these processes that still run, and forgets them. */
  async end(pids: readonly number[]): Promise<void> {
    await endMarked(pids, this.#mark);
    for (const pid of pids) this.remove(pid);
  }

  /** Whole or not at all: it may be read at any moment, also by who comes after a crash. */
  #write(): void {
    const draft = `${this.#file}.new`;
    try {
      writeFileSync(draft, `${JSON.stringify(this.list(), undefined, 2)}\n`);
      renameSync(draft, this.#file);
    } catch {
      // On a full disk the book is as old as the last that fitted: a pid in it is only ended where it still is what it was.
    }
  }
}

function readPids(file: string): number[] {
  try {
    const booked = JSON.parse(readFileSync(file, 'utf8')) as readonly Partial<BookedProcess>[];
    return booked.flatMap(({ pid }) => (typeof pid === 'number' && pid > 1 && pid !== process.pid ? [pid] : []));
  } catch {
    return [];
  }
}
