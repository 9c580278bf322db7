import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessBook } from '../../local/process-book';
import { startOf } from '../../local/running';
import { eventually } from './eventually';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinwatch-book-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A process that goes on until it is killed, with a word of ours in its command line. */
async function startChild(word: string): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("on"); setInterval(() => {}, 1000)', word], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  await once(child.stdout!, 'data');
  return child as ChildProcess & { readonly pid: number };
}

const booked = (): readonly { readonly pid: number }[] => JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8'));

it('every process is on disk while it lives', () => {
  const book = new ProcessBook(folder);
  book.add({ name: 'supervisor', pid: 11, region: null });
  book.add({ name: 'edge', pid: 12, region: 'eu-west-1' });
  expect(booked()).toEqual([
    { name: 'supervisor', pid: 11, region: null },
    { name: 'edge', pid: 12, region: 'eu-west-1' },
  ]);
  book.remove(12);
  expect(booked()).toEqual([{ name: 'supervisor', pid: 11, region: null }]);
});

it('what an earlier run left behind is ended, and a stranger with a reused pid is spared', async () => {
  const left = await startChild(join(folder, 'build', 'edge.mjs'));
  const stranger = await startChild(`${folder}-of-another`);
  writeFileSync(join(folder, 'processes.json'), JSON.stringify([{ pid: left.pid }, { pid: stranger.pid }, { pid: 'x' }, { pid: 1 }]));
  await new ProcessBook(folder).endLeftovers();
  await eventually(() => startOf(left.pid) === undefined);
  expect(startOf(stranger.pid)).toBeDefined();
  expect(booked()).toEqual([]);
});

it.each(['', '{', 'null', '[null]'])('a book that holds %j ends nobody', async (text) => {
  writeFileSync(join(folder, 'processes.json'), text);
  await new ProcessBook(folder).endLeftovers();
  expect(booked()).toEqual([]);
});
