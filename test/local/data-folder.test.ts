/** Data folders that a start must not touch: real files, damaged as they are found damaged. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/aws/outbox';
import { signingKey } from '../../local/aws/sns-key';
import { Closing } from '../../local/closing';
import { refuseFaultyData } from '../../local/data-faults';
import { openDataFolder } from '../../local/data-folder';
import { StartRefused } from '../../local/refusal';
import { dublin, ohio } from '../sim/settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinwatch-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mark = (): string => join(folder, 'data-version.json');
const inDublin = (name: string): string => {
  mkdirSync(join(folder, dublin), { recursive: true });
  return join(folder, dublin, name);
};

/** What a start says that is refused; undefined where it goes on. */
async function refusal(): Promise<string | undefined> {
  const closing = new Closing();
  try {
    await openDataFolder(folder, closing);
    refuseFaultyData(folder, [dublin, ohio]);
    return undefined;
  } catch (error) {
    if (error instanceof StartRefused) return error.message;
    throw error;
  } finally {
    await closing.close();
  }
}

describe('the version of a data folder', () => {
  it('is written down by the first start, and found by the next', async () => {
    expect(await refusal()).toBeUndefined();
    expect(JSON.parse(readFileSync(mark(), 'utf8'))).toEqual({ version: 1 });
    expect(await refusal()).toBeUndefined();
  });

  it.each([0, 2, 77])('is refused where it is %d, with what to do, and nothing is touched', async (version) => {
    writeFileSync(mark(), JSON.stringify({ version }));
    expect(await refusal()).toBe(
      `${folder} holds data of version ${version}, and this twinwatch reads version 1 alone; start the one that wrote it, or move ${folder} away, or give this start a folder of its own with --data DIR`,
    );
    expect(existsSync(join(folder, 'processes.json'))).toBe(false);
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  });

  it.each(['', '{', '{}', 'null', '{"version":"1"}'])('is refused where the mark is %p', async (text) => {
    writeFileSync(mark(), text);
    expect(await refusal()).toMatch(/data-version\.json is damaged.*write \{"version":1\} into it; else move .* away/);
  });
});

describe('a damaged file', () => {
  it.each([
    ['table.sqlite', Buffer.alloc(4096, 7), /table\.sqlite is no database any more; put a copy of it back, or move it away/],
    [
      'outbox-us-east-2.log',
      '+["A","state"]\n\0\0\0\0\n+["B","state"]\n',
      /outbox-us-east-2\.log is damaged in line 2; delete that line, or move the file away/,
    ],
    ['outbox-us-east-2.log', '+["A"]\n', /is damaged in line 1/],
    ['sns-key.pem', '-----BEGIN', /sns-key\.pem is no private key any more; move it away/],
  ])('%s is refused', async (name, text, said) => {
    writeFileSync(inDublin(name), text);
    expect(await refusal()).toMatch(said);
  });

  it('that is no file at all is refused', async () => {
    mkdirSync(inDublin('table.sqlite'));
    expect(await refusal()).toMatch(/table\.sqlite cannot be read: EISDIR/);
  });

  it('is told together with every other one', async () => {
    writeFileSync(inDublin('table.sqlite'), 'x'.repeat(100));
    writeFileSync(inDublin('sns-key.pem'), 'x');
    expect((await refusal())?.split('\n')).toHaveLength(3);
  });

  it('is none that was written well, was torn by a kill, or is empty', async () => {
    const outbox = new Outbox(inDublin('outbox-us-east-2.log'));
    outbox.mark({ pk: 'A "quoted"\n', sk: 'state' });
    outbox.mark({ pk: 'B', sk: 'state' });
    outbox.refuse({ pk: 'B', sk: 'state' });
    writeFileSync(inDublin('outbox-eu-central-1.log'), '+["A","state"]\n+["torn');
    writeFileSync(inDublin('table.sqlite'), '');
    signingKey(inDublin('sns-key.pem'))();
    expect(await refusal()).toBeUndefined();
  });
});

/** A disk of this size of its own, where this test may make one. */
function smallDisk(megabytes: number): (() => void) | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], { stdio: 'ignore' });
    return () => execFileSync('umount', [folder]);
  } catch {
    return undefined;
  }
}

it('a disk that is almost full is refused with how much is needed', async () => {
  const unmount = smallDisk(8);
  if (unmount === undefined) return;
  try {
    expect(await refusal()).toMatch(
      /is on a disk with \d MB left, and 32 MB are needed; make room, or name a folder elsewhere with --data DIR\nnothing was started$/,
    );
  } finally {
    unmount();
  }
});
