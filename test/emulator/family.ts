/** A process and all that it has started, and where they listen, as Linux tells it under /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export function familyOf(pid: number): readonly number[] {
  const parents = new Map(everyPid().map((one) => [one, parentOf(one)]));
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** A zombie has ended, too. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)[0];
  return state !== undefined && state !== '' && state !== 'Z';
}

/** Addresses such as `127.0.0.1:4566` on which one of these processes takes connections. */
export function listenersOf(pids: readonly number[]): readonly string[] {
  const inodes = new Set(pids.flatMap(socketsOf));
  const tables = ['tcp', 'tcp6'].map((name) => read(`/proc/net/${name}`));
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === listening && inodes.has(inode ?? ''))
      .map(([, local = '']) => addressOf(local)),
  );
}

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address.startsWith('[::1]');

const listening = '0A';

const everyPid = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** State and parent; what stands before them may hold blanks. */
const statOf = (pid: number): readonly string[] =>
  read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');

const parentOf = (pid: number): number => Number(statOf(pid)[1]);

function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${name}`))?.[1] ?? []);
  } catch {
    return [];
  }
}

/** `0100007F:11D6` is 127.0.0.1:4566: words of four bytes, each the wrong way round. */
function addressOf(text: string): string {
  const [host = '', port = ''] = text.split(':');
  const bytes = (host.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)));
  const isFour = bytes.length === 4;
  const name = isFour ? bytes.join('.') : `[${isLoopbackSix(bytes) ? '::1' : Buffer.from(bytes).toString('hex')}]`;
  return `${name}:${Number.parseInt(port, 16)}`;
}

const isLoopbackSix = (bytes: readonly number[]): boolean => bytes.slice(0, -1).every((byte) => byte === 0) && bytes.at(-1) === 1;

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
