import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../local/folder-lock';
import { startOf } from '../../local/running';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinwatch-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lockFile = () => join(folder, 'lock.json');

it('a folder is given once, until it is released', () => {
  const lock = lockFolder(folder);
  expect(lock.kind).toBe('held');
  expect(lockFolder(folder)).toEqual({ kind: 'in-use', pid: process.pid });
  if (lock.kind === 'held') lock.release();
  expect(lockFolder(folder).kind).toBe('held');
  expect(readdirSync(folder)).toEqual(['lock.json']);
});

it('a folder held by another living process names its pid', () => {
  const other = spawn('sleep', ['60']);
  try {
    writeFileSync(lockFile(), JSON.stringify({ pid: other.pid, startedAt: startOf(other.pid!) }));
    expect(lockFolder(folder)).toEqual({ kind: 'in-use', pid: other.pid });
    expect(existsSync(lockFile())).toBe(true);
  } finally {
    other.kill('SIGKILL');
  }
});

it.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' })],
  ['an earlier owner of a pid that lives', JSON.stringify({ pid: process.pid, startedAt: '1' })],
  ['nobody that can be read', '{'],
])('a lock of %s is taken over', (_whose, text) => {
  writeFileSync(lockFile(), text);
  expect(lockFolder(folder).kind).toBe('held');
});
