/** What the operating system says of a process, so that a pid is never mistaken for an earlier owner of its number. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { killQuietly } from './aws/pid-file';

/** The command line, words apart by blanks; empty when there is no such process, or nothing left of it but its exit code. */
function commandOf(pid: number): string {
  if (process.platform === 'linux') return textOrNothing(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  return ps(pid, 'command=');
}

/** When a process began, in whatever unit the system has; undefined when there is no such process. Equal only for the same process. */
export function startOf(pid: number): string | undefined {
  const text = process.platform === 'linux' ? startTicks(textOrNothing(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))) : ps(pid, 'lstart=').trim();
  return text === '' ? undefined : text;
}

/** Ends those of the processes whose command line holds the mark, and waits until they are gone. */
export async function endMarked(pids: Iterable<number>, mark: string): Promise<void> {
  const marked = [...pids].filter((pid) => commandOf(pid).includes(mark));
  for (const pid of marked) killQuietly(pid);
  for (let turn = 0; turn < 100 && marked.some((pid) => commandOf(pid).includes(mark)); turn += 1) await sleep(20);
}

/** The 22nd field; the second may hold blanks and parentheses of its own. A zombie no longer counts. */
function startTicks(stat: string): string {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

function ps(pid: number, column: string): string {
  return textOrNothing(() => execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

function textOrNothing(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
