/** One twinwatch per data folder: two would write the same databases. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './running';

export type Lock = { readonly kind: 'held'; readonly release: () => void } | { readonly kind: 'in-use'; readonly pid: number };

interface Holder {
  readonly pid: number;
  /** Tells the holder from a later process with the same pid. */
  readonly startedAt: string;
}

/** A lock whose holder is gone is taken over. The folder must exist. */
export function lockFolder(folder: string): Lock {
  const file = join(folder, 'lock.json');
  const own = `${file}.${process.pid}`;
  const me: Holder = { pid: process.pid, startedAt: startOf(process.pid) ?? '' };
  writeFileSync(own, JSON.stringify(me));
  try {
    for (;;) {
      if (linked(own, file)) return { kind: 'held', release: () => release(file) };
      const holder = holderOf(file);
      if (holder !== undefined && isRunning(holder)) return { kind: 'in-use', pid: holder.pid };
      setAside(file, `${own}.stale`);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Appears whole or not at all, and for one process only. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Between the look and the move another process may have taken the lock: then it gets it back. */
function setAside(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = holderOf(aside);
  if (moved !== undefined && isRunning(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

function release(file: string): void {
  if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
}

function holderOf(file: string): Holder | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

const isRunning = ({ pid, startedAt }: Holder): boolean => startOf(pid) === startedAt;

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;
