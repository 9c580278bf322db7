import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, waitUntilTableNotExists } from '@aws-sdk/client-dynamodb';
import { exportTable } from '../../cli/export';
import { importTable } from '../../cli/import-table';
import type { WireItem } from '../../src/adapters/dynamodb/marshal';
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { openWholeTable } from '../../src/adapters/dynamodb/whole-table';
import { tableName } from '../../src/core/names';
import { readSequence } from '../../src/core/sequence';
import { claimKey, onlyShard } from '../../src/core/table';
import { type Engine, startDynalite } from '../adapters/engines';
import { at, slot, west } from '../core/builders';

const yaml = `regions: { probers: [eu-west-1, us-east-2] }
monitors: { shop: { http: { url: https://shop.example.com/ } } }
`;

let folder: string;
const engines: Engine[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-table-file-'));
  await writeFile(join(folder, 'twinwatch.yaml'), yaml);
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});
afterAll(() => rm(folder, { recursive: true }));

async function newEngine(): Promise<Engine> {
  const engine = await startDynalite();
  engines.push(engine);
  return engine;
}

async function deleteTable({ client }: Engine): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName: tableName }));
  await waitUntilTableNotExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: tableName });
}

const options = () => ({ config: join(folder, 'twinwatch.yaml'), port: '1', json: true });
const around = (engine: Engine) => ({
  now: () => at('12:00'),
  open: (table: Parameters<typeof openWholeTable>[0]) => openWholeTable({ ...table, client: engine.client }),
});

const exported = async (engine: Engine, file: string) => JSON.parse((await exportTable(join(folder, file), options(), around(engine))).text);
const imported = async (engine: Engine, file: string, more: object = {}) => {
  const { text, exitCode } = await importTable(join(folder, file), { ...options(), ...more }, around(engine));
  return { exitCode, ...JSON.parse(text) };
};

const replica = (engine: Engine) => createReplica({ region: west, timeoutMs: 5000, isConsistent: () => true, client: engine.client });
const item = (n: number) => ({ pk: 'LOG#eu-west-1#2026-11', sk: String(n).padStart(12, '0'), v: 1, n, body: `what was said, ${n}` });
const claim = { ...claimKey(west, onlyShard), v: 1, seq: slot('11:00') };

/** A file of a table of a few items and one claim. */
async function someFile(name: string, count = 3): Promise<string> {
  const engine = await newEngine();
  for (let n = 1; n <= count; n += 1) await replica(engine).put(item(n));
  await replica(engine).put(claim);
  await exported(engine, name);
  return join(folder, name);
}

const everything = async (engine: Engine): Promise<WireItem[]> => {
  const items: WireItem[] = [];
  for await (const page of openWholeTable({ region: west, name: tableName, client: engine.client }).pages()) items.push(...page);
  return items;
};

describe('an exported table', () => {
  it('is a header, an item on each line, and a last line that counts', async () => {
    const lines = (await readFile(await someFile('whole.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({
      twinwatch: 'table',
      format: 1,
      table: 'twinwatch',
      region: 'eu-west-1',
      keys: 'pk HASH S, sk RANGE S',
      takenAt: '2026-11-21T12:00:00.000Z',
    });
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines.at(-1)!)).toEqual({ end: true, items: 4, kinds: { CLAIM: 1, LOG: 3 } });
  });

  it('keeps attributes of every kind, those too that this version does not know', async () => {
    const from = await newEngine();
    const strange: WireItem = {
      pk: { S: 'LATER#eu-west-1' },
      sk: { S: 'x' },
      bytes: { B: Uint8Array.of(0, 255, 7) },
      list: { L: [{ N: '1.50' }, { BOOL: false }, { NULL: true }, { M: { deep: { BS: [Uint8Array.of(9)] } } }] },
      names: { SS: ['a', 'ü'] },
      numbers: { NS: ['1', '2'] },
      'aws:rep:updatetime': { N: '5' },
    };
    await openWholeTable({ region: west, name: tableName, client: from.client }).putNewer(strange);
    await exported(from, 'strange.jsonl');
    const into = await newEngine();
    expect(await imported(into, 'strange.jsonl')).toMatchObject({ exitCode: 0, written: 1 });
    const { 'aws:rep:updatetime': _, ...kept } = strange;
    // Dynalite drops the zero behind the point, as DynamoDB does.
    expect(await everything(into)).toEqual([{ ...kept, list: { L: [{ N: '1.5' }, ...kept.list!.L!.slice(1)] } }]);
  });

  it('of more items than fit on a page is whole', async () => {
    const from = await newEngine();
    const long = 'x'.repeat(300_000);
    for (let n = 1; n <= 8; n += 1) await replica(from).put({ ...item(n), long });
    expect(await exported(from, 'long.jsonl')).toMatchObject({ items: 8, kinds: { LOG: 8 } });
    expect(await imported(await newEngine(), 'long.jsonl')).toMatchObject({ exitCode: 0, items: 8, written: 8 });
  });

  it('overwrites no file, and leaves no half of one', async () => {
    const file = await someFile('once.jsonl');
    const { text, exitCode } = await exportTable(file, { ...options(), json: false }, around(await newEngine()));
    expect([exitCode, text]).toEqual([2, `twinwatch: ${file} is there already, and an export overwrites nothing: name another file\n`]);
    const engine = await newEngine();
    await deleteTable(engine);
    expect((await exported(engine, 'none.jsonl')).because).toContain('there is no table "twinwatch" in eu-west-1');
    expect((await readdir(folder)).filter((name) => name.includes('none') || name.endsWith('.part'))).toEqual([]);
  });
});

describe('an import', () => {
  it('begins a new epoch: an old claim is over, however far ahead its clock was', async () => {
    const file = await someFile('epoch.jsonl');
    const into = await newEngine();
    expect(await imported(into, 'epoch.jsonl')).toMatchObject({ exitCode: 0, epoch: 1, items: 4, written: 4, kept: 0, expired: 0 });
    const [begun] = await replica(into).get([claim]);
    expect(readSequence(Number(begun!.seq))).toEqual({ epoch: 1, slot: 0 });
    expect(await replica(into).putIfNewer({ ...claim, seq: slot('23:59') })).toBe('refused');
    await exported(into, 'again.jsonl');
    expect(await imported(await newEngine(), 'again.jsonl')).toMatchObject({ epoch: 2 });
    expect(file).toContain('epoch.jsonl');
  });

  it('leaves out what expired meanwhile', async () => {
    const from = await newEngine();
    await replica(from).put({ ...item(1), ttl: at('11:59') / 1000 });
    await replica(from).put({ ...item(2), ttl: at('12:01') / 1000 });
    await exported(from, 'expired.jsonl');
    expect(await imported(await newEngine(), 'expired.jsonl')).toMatchObject({ items: 2, written: 1, expired: 1 });
  });

  it('leaves out what a clock that was ahead has written, and then what watchdogs had seen', async () => {
    const ofSlot = (kind: string, time: string) => ({ pk: `${kind}#eu-west-1`, sk: time, v: 2, seq: slot(time) });
    const watch = { pk: 'WATCH#us-east-2', sk: 'state', v: 2, seq: at('11:59') };
    const whole = await newEngine();
    for (const one of [ofSlot('HEAD', '11:59'), watch]) await replica(whole).put(one);
    await exported(whole, 'in-time.jsonl');
    expect(await imported(await newEngine(), 'in-time.jsonl')).toMatchObject({ items: 2, ahead: 0, written: 3 });
    for (const one of [ofSlot('BEAT', '12:30'), ofSlot('BEAT', '11:30')]) await replica(whole).put(one);
    await exported(whole, 'ahead.jsonl');
    const into = await newEngine();
    expect(await imported(into, 'ahead.jsonl')).toMatchObject({ items: 4, ahead: 2, written: 3 });
    expect((await everything(into)).map(({ pk }) => pk!.S).sort()).toEqual(['BEAT#eu-west-1', 'CLAIM#eu-west-1', 'HEAD#eu-west-1']);
  });

  it('refuses a table that is not empty, and with --force keeps what is newer there', async () => {
    await someFile('full.jsonl');
    const into = await newEngine();
    await replica(into).put({ ...item(2), body: 'mine' });
    expect(await imported(into, 'full.jsonl')).toMatchObject({
      exitCode: 2,
      because: expect.stringContaining('is not empty: import into a new one, or write --force'),
    });
    expect(await everything(into)).toHaveLength(1);
    expect(await imported(into, 'full.jsonl', { force: true })).toMatchObject({ exitCode: 0, written: 3, kept: 1 });
    const [kept] = await replica(into).get([item(2)]);
    expect(kept).toMatchObject({ body: 'mine' });
  });

  it('refuses a table that is missing or has other keys', async () => {
    await someFile('keys.jsonl');
    const engine = await newEngine();
    await deleteTable(engine);
    expect((await imported(engine, 'keys.jsonl')).because).toContain('there is no table "twinwatch" in eu-west-1: deploy it first');
    await engine.client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    );
    expect((await imported(engine, 'keys.jsonl')).because).toContain('has the keys id HASH N, and twinwatch needs pk HASH S, sk RANGE S');
  });

  const damage: readonly (readonly [string, (lines: string[]) => string[], string])[] = [
    ['a line that is damaged', (lines) => lines.with(2, lines[2]!.slice(0, 20)), ':3: the line is damaged: it is no JSON object; nothing was imported'],
    [
      'a value of no kind',
      (lines) => lines.with(1, '{"item":{"pk":{"S":"a"},"sk":{"S":"b"},"n":{"N":"many"}}}'),
      ':2: the line is damaged: it holds no item of DynamoDB',
    ],
    ['an item without a key', (lines) => lines.with(3, '{"item":{"pk":{"S":"a"}}}'), ':4: the line is damaged: its item has no key (pk HASH S, sk RANGE S)'],
    ['a line that is missing', (lines) => lines.toSpliced(2, 1), ':5: it counts 4 items, and there are 3: lines are missing'],
    ['an end that is missing', (lines) => lines.slice(0, 4), ' ends after 3 items without its last line: it was cut off'],
    ['something behind the end', (lines) => [...lines, lines[1]!], ':7: there is something behind the last line'],
    ['two files in one', (lines) => lines.toSpliced(1, 0, lines[0]!), ':2: a second header'],
    [
      'another format',
      (lines) => lines.with(0, lines[0]!.replace('"format":1', '"format":2')),
      ':1: it is of format 2, written by twinwatch 0.1.0, and this one reads format 1',
    ],
    [
      'a table with other keys',
      (lines) => lines.with(0, lines[0]!.replace('pk HASH S', 'id HASH N')),
      ':1: it is of a table with the keys id HASH N, sk RANGE S',
    ],
    ['no header', (lines) => lines.slice(1), ':1: this is no file that `twinwatch export` wrote'],
    ['nothing', () => [], ' is empty'],
    ['something else', () => ['regions: {}'], ':1: this is no file that `twinwatch export` wrote'],
  ];
  it.each(damage)('refuses a file with %s, and writes nothing', async (_name, damaged, sentence) => {
    const whole = await readFile(await someFile(`d${_name}.jsonl`.replaceAll(' ', '-')), 'utf8');
    const file = join(folder, 'damaged.jsonl');
    await writeFile(
      file,
      damaged(whole.trimEnd().split('\n'))
        .map((line) => `${line}\n`)
        .join(''),
    );
    const into = await newEngine();
    expect(await imported(into, 'damaged.jsonl')).toMatchObject({ exitCode: 2, because: expect.stringContaining(sentence) });
    expect(await everything(into)).toEqual([]);
  });

  it('of a file that is not there says so', async () => {
    expect(await imported(await newEngine(), 'never.jsonl')).toMatchObject({ exitCode: 2, because: expect.stringContaining('cannot be read') });
  });

  it('that stops half-way says how to go on, and goes on', async () => {
    await someFile('half.jsonl', 40);
    const into = await newEngine();
    let left = 20;
    const open = (table: Parameters<typeof openWholeTable>[0]) => {
      const opened = openWholeTable({ ...table, client: into.client });
      return {
        ...opened,
        putNewer: (wire: WireItem) => {
          left -= 1;
          return left < 0 ? Promise.reject(Object.assign(new Error('lost'), { name: 'ECONNRESET' })) : opened.putNewer(wire);
        },
      };
    };
    const { text, exitCode } = await importTable(join(folder, 'half.jsonl'), options(), { ...around(into), open });
    expect([exitCode, JSON.parse(text).because]).toEqual([
      1,
      expect.stringMatching(/stopped after about \d+ items: .* Run it again with --force: what is there stays/),
    ]);
    expect(await imported(into, 'half.jsonl', { force: true })).toMatchObject({ exitCode: 0 });
    expect(await everything(into)).toHaveLength(41);
  });
});
