/** What a child printed, kept in a file that never grows beyond twice its bound. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const bytesMax = 5 * 1024 * 1024;

export class LogFile {
  readonly #file: string;
  #descriptor: number;
  #bytes: number;

  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#descriptor = openSync(file, 'a');
    this.#bytes = fstatSync(this.#descriptor).size;
  }

  write(line: string): void {
    try {
      if (this.#bytes > bytesMax) this.#rotate();
      this.#bytes += writeSync(this.#descriptor, `${line}\n`);
    } catch {
      // A full disk: losing a line is better than losing who writes it.
    }
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.#file, `${this.#file}.1`);
    this.#descriptor = openSync(this.#file, 'a');
    this.#bytes = 0;
  }
}

/** Children share a file, so only whole lines are written to it. */
export function lineWriter(log: LogFile): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log.write(line);
  };
}
