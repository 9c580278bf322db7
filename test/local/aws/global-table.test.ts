import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { tableName } from '../../../src/core/names';
import { eventually } from '../eventually';
import { type TableClient, tableClient } from './dynamo-client';
import { introduce, openWorkshop, regionA, regionB, type TestEdge, type Workshop } from './edge-fixture';

describe.each(['auto', 'dynalite'] as const)('a global table on the engine "%s"', (engine) => {
  let workshop: Workshop;
  let a: TestEdge;
  let b: TestEdge;
  let atA: TableClient;
  let atB: TableClient;

  beforeAll(async () => {
    workshop = openWorkshop();
    [a, b] = await Promise.all([
      workshop.start({ engine, region: regionA, replicas: [regionB] }),
      workshop.start({ engine, region: regionB, replicas: [regionA] }),
    ]);
    introduce(a, b);
    [atA, atB] = [tableClient(a), tableClient(b)];
  });
  afterAll(() => workshop.close());

  it('shows in one region what was put in the other, by every kind of read', async () => {
    await atA.put('HEAD#eu-west-1', 'one');
    await eventually(() => atB.get('HEAD#eu-west-1'));
    expect(await atB.batchGet(['HEAD#eu-west-1'])).toEqual(['one']);
    expect(await atB.query('HEAD#eu-west-1')).toEqual(['one']);
  });

  it('refuses a conditional put in the words of the engine', async () => {
    await atA.put('CLAIM#eu-west-1', 'first', 'attribute_not_exists(pk)');
    await expect(atA.put('CLAIM#eu-west-1', 'second', 'attribute_not_exists(pk)')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await eventually(() => atB.get('CLAIM#eu-west-1'));
    await eventually(() => outboxIsEmpty(a, regionB));
    expect(await atB.get('CLAIM#eu-west-1')).toBe('first');
  });

  it('lets the newest item win in both regions, whichever travels first', async () => {
    a.tell({ kind: 'link', to: regionB, cut: true, delayMs: 0 });
    await sleep(30);
    await atA.put('WATCH#x', 'older');
    await sleep(5);
    await atB.put('WATCH#x', 'newer');
    await eventually(async () => ((await atA.get('WATCH#x')) === 'newer' ? true : undefined));
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0 });
    await eventually(() => outboxIsEmpty(a, regionB));
    expect([await atA.get('WATCH#x'), await atB.get('WATCH#x')]).toEqual(['newer', 'newer']);
  });

  it('is as late as it is made in one direction, and catches up at once when it no longer is', async () => {
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0, lagMs: 600_000 });
    await sleep(30);
    await atA.put('HEAD#late', 'here');
    await atB.put('HEAD#prompt', 'there');
    await eventually(() => atA.get('HEAD#prompt'));
    await sleep(100);
    expect(await atB.get('HEAD#late')).toBeUndefined();
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0 });
    await eventually(() => atB.get('HEAD#late'));
  });

  it('lets the greater region name win between items of one time', async () => {
    const item = (region: string) => ({
      pk: { S: 'TIE' },
      sk: { S: 'state' },
      value: { S: region },
      'aws:rep:updatetime': { N: '1763690000000.000001' },
      'aws:rep:updateregion': { S: region },
    });
    for (const region of ['m', 'z', 'a']) {
      const sent = await fetch(`${a.url}/_twinwatch/replicate`, { method: 'POST', body: JSON.stringify({ items: [item(region)] }) });
      expect(sent.status).toBe(200);
    }
    expect(await atA.get('TIE')).toBe('z');
  });

  it('holds the items that were stored while the link is cut, one way only, and sends them when it heals', async () => {
    a.tell({ kind: 'link', to: regionB, cut: true, delayMs: 0 });
    await sleep(30);
    await atA.put('LOG#eu-west-1#1', 'held');
    await atB.put('LOG#us-east-2#1', 'passes');
    await expect(atA.put('CLAIM#eu-west-1', 'third', 'attribute_not_exists(pk)')).rejects.toThrow();
    await eventually(() => atA.get('LOG#us-east-2#1'));
    expect(await atB.get('LOG#eu-west-1#1')).toBeUndefined();
    expect(await a.get('/_twinwatch/state')).toMatchObject({ outboxes: { [regionB]: 1 }, links: [{ to: regionB, cut: true }] });
    a.tell({ kind: 'link', to: regionB, cut: false, delayMs: 0 });
    await eventually(() => atB.get('LOG#eu-west-1#1'));
  });

  it('says which action it does not have', async () => {
    const deletion = new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: 'x' }, sk: { S: 'x' } } });
    await expect(atA.client.send(deletion)).rejects.toThrow('the small AWS of twinwatch has no DeleteItem');
  });

  it('starts its engine again when that dies', async () => {
    const engineChild = a.children().find(({ name }) => name === 'engine');
    process.kill(engineChild?.pid ?? 0, 'SIGKILL');
    await a.message('process', ({ event, name }) => event === 'ended' && name === 'engine');
    await atA.put('HEAD#eu-west-1', 'after');
    expect(await atA.get('HEAD#eu-west-1')).toBe('after');
  });
});

async function outboxIsEmpty(edge: TestEdge, to: string): Promise<true | undefined> {
  const { outboxes } = await edge.get<{ outboxes: Record<string, number> }>('/_twinwatch/state');
  return outboxes[to] === 0 ? true : undefined;
}
