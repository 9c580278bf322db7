/** Every process of one local system, as the operating system knows it. */
import { readdirSync, readFileSync } from 'node:fs';
import { startOf } from '../../local/running';

export interface Process {
  readonly pid: number;
  /** Tells it from a later process with the same pid. */
  readonly startedAt: string;
  readonly kind: 'main' | 'edge' | 'database' | 'prober' | 'watchdog' | 'relay' | 'executor' | 'bundler' | 'other';
  /** Empty for the main one. */
  readonly region: string;
}

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All descendants of the main process, and whoever names its folder and has lost its parent. In the same order for the same system. */
export function processesOf(main: number | undefined, folder: string): readonly Process[] {
  const all = readdirSync('/proc').flatMap((name) => seen(Number(name)) ?? []);
  const family = new Map(all.filter(({ pid, command }) => pid === main || (pid !== process.pid && command.includes(folder))).map((one) => [one.pid, one]));
  for (let grown = true; grown; ) {
    const before = family.size;
    for (const one of all) if (family.has(one.parent)) family.set(one.pid, one);
    grown = family.size > before;
  }
  const found = [...family.values()].flatMap((one) => asProcess(one, family, main) ?? []);
  return found.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : one.pid - other.pid));
}

export const nameOf = ({ kind, region }: Pick<Process, 'kind' | 'region'>): string => (region === '' ? kind : `${kind} of ${region}`);

/** Zombies are gone: only their parent does not know it yet. */
export const isRunning = ({ pid, startedAt }: Process): boolean => startOf(pid) === startedAt;

/** Resident memory in MB, and open files. */
export function burdenOf(pid: number): { readonly memoryMb: number; readonly files: number } {
  const memoryMb = Number(/^VmRSS:\s+(\d+)/m.exec(textOr(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  return { memoryMb: Math.round(memoryMb), files: countOf(`/proc/${pid}/fd`) };
}

function seen(pid: number): Seen | undefined {
  if (!Number.isInteger(pid)) return undefined;
  const stat = textOr(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (parent === undefined || state === 'Z') return undefined;
  return { pid, parent: Number(parent), command: textOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') };
}

function asProcess(one: Seen, family: ReadonlyMap<number, Seen>, main: number | undefined): Process | undefined {
  const startedAt = startOf(one.pid);
  if (startedAt === undefined) return undefined;
  const kind = one.pid === main ? 'main' : kindOf(one.command);
  const region = regionIn(one.command) ?? regionIn(family.get(one.parent)?.command ?? '') ?? '';
  return { pid: one.pid, startedAt, kind, region: kind === 'main' ? '' : region };
}

function kindOf(command: string): Process['kind'] {
  if (command.includes('edge.mjs')) return 'edge';
  if (command.includes('table.sqlite') || command.includes('table.level')) return 'database';
  if (command.includes('twinwatch-prober')) return 'prober';
  if (command.includes('twinwatch-watchdog')) return 'watchdog';
  if (command.includes('twinwatch-relay')) return 'relay';
  if (command.includes('esbuild')) return 'bundler';
  return command.startsWith('/bin/sh') ? 'executor' : 'other';
}

const regionIn = (command: string): string | undefined => /\b[a-z]{2}-[a-z]+-\d\b/.exec(command)?.[0];

function countOf(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}

function textOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
