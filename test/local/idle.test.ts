import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportTable } from '../../cli/export';
import { importTable } from '../../cli/import-table';
import { headerLine, itemLine, ourKeys, trailerLine } from '../../cli/table-file/lines';
import { marshal } from '../../src/adapters/dynamodb/marshal';
import { eventually } from './eventually';
import { clearAway, startSystem, type TestSystem } from './system';

let folder: string;
let system: TestSystem | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-idle-'));
  system = await startSystem({ dataFolder: join(folder, 'system'), words: ['--idle'] });
});
afterAll(() => clearAway(system, folder), 60_000);

const items = [1, 2].map((n) => marshal({ pk: 'LOG#eu-west-1#2026-11', sk: String(n), v: 1, n, bytes: Uint8Array.of(n, 255) }));
const claim = marshal({ pk: 'CLAIM#eu-west-1', sk: '0', v: 1, seq: 1_763_700_000 });

describe('a local system that is started idle', () => {
  it('is filled from a file in one region, replicates it, and gives it back from another', async () => {
    const port = String(system!.port);
    const file = join(folder, 'table.jsonl');
    const header = headerLine({
      twinwatch: 'table',
      format: 1,
      by: '0.1.0',
      table: 'twinwatch',
      region: 'eu-west-1',
      keys: ourKeys,
      takenAt: '2026-11-21T00:00:00.000Z',
    });
    await writeFile(file, [header, ...[...items, claim].map(itemLine), trailerLine({ end: true, items: 3, kinds: { LOG: 2, CLAIM: 1 } })].join(''));
    const options = { config: 'twinwatch.yaml', local: true, port, json: true };
    expect(JSON.parse((await importTable(file, { ...options, region: 'eu-west-1' })).text)).toMatchObject({ imported: true, written: 3, epoch: 1 });
    expect(JSON.parse((await importTable(file, { ...options, region: 'eu-west-1' })).text).because).toContain('is not empty');
    let copy = '';
    await eventually(async () => {
      copy = join(folder, `copy-${Date.now()}.jsonl`);
      return JSON.parse((await exportTable(copy, { ...options, region: 'us-east-2' })).text).items === 3;
    });
    const lines = (await readFile(copy, 'utf8')).split('\n');
    for (const item of items) expect(lines).toContain(itemLine(item).trimEnd());
    expect(lines.join()).not.toContain('aws:rep');
  });

  it.each([
    ['a region that it does not have', { region: 'eu-north-1' }, '"eu-north-1" is none of the regions of this system: '],
    ['a port that is none', { port: 'x' }, '"x" is no port'],
  ])('refuses %s', async (_name, wrong, sentence) => {
    const options = { config: 'twinwatch.yaml', local: true, port: String(system!.port), ...wrong };
    expect(await exportTable(join(folder, 'never.jsonl'), options)).toMatchObject({ exitCode: 2, text: expect.stringContaining(sentence) });
  });
});
