/** What is told last says which receipts were known then: they came before it, whatever the clocks say. */
import { instant } from '../../src/core/basics/brand';
import type { Finding } from '../../src/core/conclusion';
import { entryId, type LogEntry, type Receipt } from '../../src/core/log';
import { announce } from '../../src/engine/announce';
import { append, logEntries, readLogs } from '../../src/engine/region-log';
import { at, config, east, opened, resolved, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

const shop = { key: 'shop:availability', subject: 'shop' };
const end = resolved({ ...shop, evidence: { [west]: slot('00:20') } });

async function tellAt(small: SmallWorld, time: number, condition: Finding['condition']): Promise<void> {
  small.now = instant(time);
  await announce(small.world, new Map([[shop.key, condition] as const]));
}

/** A region whose shop is down, and another one that has told it. */
async function toldByEast(): Promise<SmallWorld> {
  const small = smallWorld({ config: config() });
  const eastern = small.another({ region: east });
  await append(eastern, opened({ ...shop, evidence: { [west]: slot('00:10') }, speaker: east }));
  await announce(eastern, new Map([[shop.key, 'down' as const]]));
  await readLogs(small.world.memory.log, small.world.ports.replica(east), [east], small.now);
  return small;
}

const receiptsOfWest = (small: SmallWorld): readonly LogEntry[] =>
  logEntries(small.world.memory.log).filter(({ region, body }) => region === west && body.kind === 'receipt');

it('the receipt of an end says which pages of others were known, because it may arrive before what was recorded', async () => {
  const small = await toldByEast();
  await append(small.world, end);
  await tellAt(small, at('00:20'), 'well');
  expect(receiptsOfWest(small)).toMatchObject([{ body: { transition: 'resolved', knows: ['us-east-2/2026-11/3'] } }]);
});

it('and which of its own: what was written elsewhere has no number that says so', async () => {
  const small = smallWorld({ config: config() });
  await append(small.world, opened({ ...shop, evidence: { [west]: slot('00:10') } }));
  await tellAt(small, at('00:10:30'), 'down');
  await append(small.world, end);
  await tellAt(small, at('00:20'), 'well');
  const receipts = receiptsOfWest(small);
  expect(receipts).toMatchObject([{ body: { transition: 'opened' } }, { body: { transition: 'resolved', knows: [entryId(receipts[0]!)] } }]);
});

it('of its own those that a topic took: what many channels delivered would leave no room for them', async () => {
  const small = smallWorld({ config: config() });
  await append(small.world, opened({ ...shop, evidence: { [west]: slot('00:10') } }));
  await tellAt(small, at('00:10:30'), 'down');
  const [accepted] = receiptsOfWest(small);
  const body = accepted!.body as Receipt;
  for (const channel of ['a', 'b', 'c', 'd', 'e']) await append(small.world, { ...body, level: 'delivered', channel });
  await append(small.world, end);
  await tellAt(small, at('00:20'), 'well');
  expect(receiptsOfWest(small).at(-1)).toMatchObject({ body: { transition: 'resolved', knows: [entryId(accepted!)] } });
});

it('so does what is told as flapping: whoever told a page beside it knows whether that came before', async () => {
  const small = await toldByEast();
  for (const [count, condition] of (['partial', 'down', 'partial', 'down'] as const).entries()) {
    const evidence = { [west]: slot(`00:1${count + 1}`) };
    await append(small.world, { ...opened({ ...shop, evidence, condition, speaker: west }), kind: 'changed' });
  }
  await tellAt(small, at('00:15'), 'down');
  expect(small.published.at(-1)?.message.subject).toContain('FLAPPING');
  expect(receiptsOfWest(small)).toMatchObject([{ body: { as: 'flapping', knows: ['us-east-2/2026-11/3'] } }]);
});
