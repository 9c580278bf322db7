/** The keys whose items a peer has not acknowledged yet. They are on disk before the item itself is, so a killed edge resends. */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { Key } from '../../src/core/table';

interface Dirty {
  /** Puts that were sent to the engine and not answered yet. */
  inFlight: number;
  /** When the item may leave; absent while there is nothing that the peer has not been sent. */
  dueAt: number | undefined;
  isLeaving: boolean;
}

/** Enough to keep the file small, and rare enough not to matter. */
const linesBeforeCompaction = 4000;

export class Outbox {
  readonly #file: string;
  readonly #dirty = new Map<string, Dirty>();
  #descriptor: number;
  #lines = 0;

  /** Whatever an earlier edge left is due at once. */
  constructor(file: string) {
    this.#file = file;
    for (const name of readDirtyKeys(file)) this.#dirty.set(name, { inFlight: 0, dueAt: 0, isLeaving: false });
    this.#descriptor = this.#rewrite();
  }

  get length(): number {
    return this.#dirty.size;
  }

  /** Before the item is put. Throws where that cannot be written down: then the item must not be put. */
  mark(key: Key): void {
    const name = nameOf(key);
    const entry = this.#dirty.get(name) ?? { inFlight: 0, dueAt: undefined, isLeaving: false };
    this.#append('+', name);
    entry.inFlight += 1;
    this.#dirty.set(name, entry);
  }

  /** After the item was put, or may have been: an item that waits already leaves no later for it. */
  accept(key: Key, dueAt: number): void {
    const entry = this.#entry(key);
    entry.inFlight -= 1;
    entry.dueAt = Math.min(entry.dueAt ?? dueAt, dueAt);
  }

  /** The put changed nothing. */
  refuse(key: Key): void {
    this.#entry(key).inFlight -= 1;
    this.#forgetIfClean(key);
  }

  /** When the next item is due. */
  nextDueAt(): number | undefined {
    let next: number | undefined;
    for (const { dueAt, isLeaving } of this.#dirty.values()) {
      if (dueAt !== undefined && !isLeaving) next = Math.min(next ?? dueAt, dueAt);
    }
    return next;
  }

  /** Takes the keys that are due; each comes back through `acknowledge` or `postpone`. */
  take(now: number, atMost: number): readonly Key[] {
    const taken: Key[] = [];
    for (const [name, entry] of this.#dirty) {
      if (taken.length === atMost) break;
      if (entry.isLeaving || entry.dueAt === undefined || entry.dueAt > now) continue;
      entry.isLeaving = true;
      entry.dueAt = undefined;
      taken.push(keyOf(name));
    }
    return taken;
  }

  /** Nothing waits longer than until then. */
  hasten(dueAt: number): void {
    for (const entry of this.#dirty.values()) if (entry.dueAt !== undefined) entry.dueAt = Math.min(entry.dueAt, dueAt);
  }

  acknowledge(key: Key): void {
    this.#entry(key).isLeaving = false;
    this.#forgetIfClean(key);
  }

  postpone(key: Key, dueAt: number): void {
    const entry = this.#entry(key);
    entry.isLeaving = false;
    entry.dueAt = dueAt;
  }

  #entry(key: Key): Dirty {
    const entry = this.#dirty.get(nameOf(key));
    if (entry === undefined) throw new Error(`${nameOf(key)} is not in the outbox`);
    return entry;
  }

  #forgetIfClean(key: Key): void {
    const { inFlight, dueAt, isLeaving } = this.#entry(key);
    if (inFlight > 0 || dueAt !== undefined || isLeaving) return;
    this.#dirty.delete(nameOf(key));
    try {
      this.#append('-', nameOf(key));
    } catch {
      // On a full disk it is only sent once more by the next edge.
    }
  }

  #append(sign: '+' | '-', name: string): void {
    this.#write(Buffer.from(`${sign}${name}\n`));
    this.#lines += 1;
    if (this.#lines < linesBeforeCompaction || this.#lines < this.#dirty.size * 4) return;
    const old = this.#descriptor;
    try {
      this.#descriptor = this.#rewrite();
      closeSync(old);
    } catch {
      // On a full disk it stays as long as it is, and is tried again much later.
      this.#lines = 0;
    }
  }

  /** A whole line or none: what follows a torn one would be damaged by it. */
  #write(line: Buffer): void {
    const { size } = fstatSync(this.#descriptor);
    if (writeSync(this.#descriptor, line) === line.length) return;
    ftruncateSync(this.#descriptor, size);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }

  /** The new file takes the place of the old one in one step. */
  #rewrite(): number {
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, [...this.#dirty.keys()].map((name) => `+${name}\n`).join(''));
    renameSync(fresh, this.#file);
    this.#lines = this.#dirty.size;
    return openSync(this.#file, 'a');
  }
}

/** What is wrong with the file of an outbox, where something is. */
export function outboxFault(file: string): string | undefined {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const wrong = lines.findIndex((line) => !isLine(line));
  if (wrong === -1) return undefined;
  return `is damaged in line ${wrong + 1}; delete that line, or move the file away: what was on its way to that region and is not repeated stays missing there`;
}

function isLine(line: string): boolean {
  try {
    const name: unknown = JSON.parse(line.slice(1));
    return /^[+-]/.test(line) && Array.isArray(name) && name.length === 2 && name.every((part) => typeof part === 'string');
  } catch {
    return false;
  }
}

/** The last line may be torn by a kill: its put was never sent. */
function readDirtyKeys(file: string): ReadonlySet<string> {
  const dirty = new Set<string>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  for (const line of lines) {
    if (line.startsWith('+')) dirty.add(line.slice(1));
    else dirty.delete(line.slice(1));
  }
  return dirty;
}

const nameOf = (key: Key): string => JSON.stringify([key.pk, key.sk]);

function keyOf(name: string): Key {
  const [pk, sk] = JSON.parse(name) as [string, string];
  return { pk, sk };
}
