/** Disks and files that fail while an edge is at work on them. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogFile } from '../../../local/aws/log-file';
import { Outbox } from '../../../local/aws/outbox';
import { Outgoing } from '../../../local/aws/outgoing';
import { PidFile } from '../../../local/aws/pid-file';
import { signingKey } from '../../../local/aws/sns-key';
import { ProcessBook } from '../../../local/process-book';
import { tableClient } from './dynamo-client';
import { openWorkshop, regionA, regionB, type Workshop } from './edge-fixture';

let workshop: Workshop;
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(() => workshop.close());

/** Every write to it fails as on a full disk. */
const full = '/dev/full';
const hasFullDisk = existsSync(full);
const fullFile = (name: string): string => {
  const file = join(workshop.folder, name);
  symlinkSync(full, file);
  return file;
};

describe('on a full disk', () => {
  it('a log loses lines, and its writer lives on', () => {
    if (!hasFullDisk) return;
    const log = new LogFile(fullFile('a.log'));
    expect(() => log.write('nobody reads this')).not.toThrow();
  });

  it('pids and processes are remembered by nobody, and their owner lives on', () => {
    if (!hasFullDisk) return;
    fullFile('a.pid.new');
    expect(() => new PidFile(join(workshop.folder, 'a.pid')).add(2 ** 22 + 1)).not.toThrow();
    fullFile('processes.json.new');
    const book = new ProcessBook(workshop.folder);
    book.add({ name: 'edge', pid: 2 ** 22 + 1, region: 'eu-west-1' });
    expect(book.list()).toHaveLength(1);
  });

  it('a message that cannot be kept is sent all the same', () => {
    if (!hasFullDisk) return;
    fullFile('outgoing');
    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const outgoing = new Outgoing(join(workshop.folder, 'outgoing'));
    const parcel = { to: 'hook', messageId: 'm', at: '2026-11-21T04:00:00.000Z', subject: undefined, attributes: {}, body: 'hello' };
    expect(() => outgoing.keep(parcel)).not.toThrow();
    expect(told).toHaveBeenCalledWith(expect.stringContaining('a message could not be kept'));
    told.mockRestore();
    expect(outgoing.left()).toEqual([]);
  });

  it('a topic signs with a key that it cannot keep', () => {
    if (!hasFullDisk) return;
    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const key = signingKey(join(workshop.folder, 'sns-key.pem'));
    fullFile('sns-key.pem.new');
    expect(key().certificate).toContain('CERTIFICATE');
    expect(key()).toBe(key());
    expect(told).toHaveBeenCalledWith(expect.stringContaining('could not be kept'));
    told.mockRestore();
  });

  it('an outbox refuses what it could not send again after a kill, and knows nothing of it', () => {
    if (!hasFullDisk) return;
    // An outbox moves its draft into its place: from then on it writes to a full disk.
    fullFile('outbox.log.new');
    const outbox = new Outbox(join(workshop.folder, 'outbox.log'));
    expect(() => outbox.mark({ pk: 'A', sk: 'state' })).toThrow('ENOSPC');
    expect(outbox.length).toBe(0);
  });

  it('a region refuses writes, says why, and goes on where it was when there is room again', async () => {
    const dataDir = join(workshop.folder, 'small');
    mkdirSync(dataDir);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', dataDir], { stdio: 'ignore' });
    } catch {
      return;
    }
    try {
      const edge = await workshop.start({ dataDir, replicas: [regionB], region: regionA });
      const table = tableClient(edge);
      await table.put('A', 'before');
      const filler = join(dataDir, 'filler');
      expect(() => writeFileSync(filler, Buffer.alloc(4 * 1024 * 1024))).toThrow('ENOSPC');
      await expect(Promise.all([...'123456789'].map((pk) => table.put(pk, 'x'.repeat(200_000))))).rejects.toThrow();
      expect((await edge.message('trouble')).problem).toMatch(/no space is left on its disk|its database says: .*full/);
      expect(await table.get('A')).toBe('before');
      rmSync(filler);
      await table.put('A', 'after');
      expect(await table.get('A')).toBe('after');
      edge.tell({ kind: 'stop' });
      await new Promise((resolve) => edge.process.once('exit', resolve));
    } finally {
      execFileSync('umount', ['-l', dataDir]);
    }
  });
});

describe('a damaged database', () => {
  it('is refused at once, with its file and what to do', async () => {
    const { dataDir } = workshop.spec({});
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'table.sqlite'), Buffer.alloc(8192, 7));
    const began = Date.now();
    await expect(workshop.start({})).rejects.toThrow(/ends as soon as it is started: .*table\.sqlite may be damaged\. .*logs\/engine\.log; put a copy back/);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it.each([
    ['table.sqlite', 'dynalite'],
    ['table.level', 'auto'],
  ] as const)('%s of another engine than "%s" is refused, and nothing begins empty beside it', async (name, engine) => {
    const { dataDir } = workshop.spec({});
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, name), 'x');
    await expect(workshop.start({ engine })).rejects.toThrow(`${name} was written by the engine`);
  });
});
