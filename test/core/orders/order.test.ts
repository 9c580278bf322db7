import fc from 'fast-check';
import { incidentId, instant } from '../../../src/core/basics/brand';
import { day } from '../../../src/core/basics/time';
import { arrange } from '../../../src/core/orders/arranged';
import { asTheyStand, decodeOrder, encodeOrder, type Order } from '../../../src/core/orders/order';
import { orderViews } from '../../../src/core/orders/order-view';
import { at, config, monitor, west } from '../builders';

function order(over: Partial<Order> = {}): Order {
  const asked: Order['asked'] = { kind: 'silence', of: { kind: 'some', monitors: ['shop'], groups: [] } };
  return { id: 'o-1', region: west, at: at('01:00'), by: 'ana', why: 'disk', from: at('01:00'), to: at('03:00'), asked, ...over };
}

const end = order({ id: 'o-2', at: at('02:00'), from: at('02:00'), asked: { kind: 'end', order: 'o-1' } });

it('an order is an item under the key of one region, sorted by its end, and is read as it was written', () => {
  const item = encodeOrder(order());
  expect(item).toMatchObject({ pk: 'ORDER#eu-west-1', sk: '2026-11-21T03:00:00.000Z#o-1', ttl: (at('03:00') + 400 * day) / 1000 });
  expect(decodeOrder(item)).toEqual(order());
});

it.each([
  ['of another kind of item', { pk: 'LOG#eu-west-1' }],
  ['without a name', { sk: '2026-11-21T03:00:00.000Z' }],
  ['of a later version', { body: JSON.stringify({ ...order(), asked: { kind: 'forget' } }) }],
  ['that is no JSON', { body: '{' }],
  ['without times', { body: '{"by":"ana","asked":{"kind":"silence"}}' }],
])('an item %s is no order', (_what, over) => {
  expect(decodeOrder({ ...encodeOrder(order()), ...over })).toBeUndefined();
});

it('an order is over by itself, or since somebody ended it', () => {
  expect(asTheyStand([order()])).toEqual([order()]);
  expect(asTheyStand([order(), end])).toEqual([order({ to: at('02:00') })]);
  const states = (time: string, orders: readonly Order[]) => orderViews(orders, at(time)).map(({ id, state }) => [id, state]);
  expect(states('00:30', [order()])).toEqual([['o-1', 'to come']]);
  expect(states('02:30', [order()])).toEqual([['o-1', 'holds']]);
  expect(states('02:30', [order(), end])).toEqual([['o-1', 'over']]);
  expect(states('03:00', [order()])).toEqual([['o-1', 'over']]);
});

it('what stands does not depend on the order in which regions read it', () => {
  const orders = [order(), end, order({ id: 'o-3', to: at('05:00') }), order({ id: 'o-4', at: at('02:30'), asked: { kind: 'end', order: 'o-1' } })];
  fc.assert(
    fc.property(fc.shuffledSubarray(orders, { minLength: orders.length }), (shuffled) => {
      expect(new Set(asTheyStand(shuffled).map(({ id, to }) => `${id} ${to}`))).toEqual(new Set([`o-1 ${at('02:00')}`, `o-3 ${at('05:00')}`]));
    }),
  );
});

describe('what was arranged', () => {
  const arranged = (...orders: Order[]) => arrange({ config: config({ monitors: [monitor({ group: 'web' })] }), orders, planned: [] });

  it('holds from its beginning up to its end, of what it names', () => {
    const { quietAt, quietEndedBefore } = arranged(order());
    expect([quietAt('shop', instant(at('01:00') - 1)), quietAt('shop', at('03:00')), quietAt('docs', at('02:00'))]).toEqual([undefined, undefined, undefined]);
    expect(quietAt('shop', at('01:00'))).toMatchObject({ kind: 'silence', name: 'o-1', by: 'ana' });
    expect([quietEndedBefore('shop', at('02:59')), quietEndedBefore('shop', at('03:00'))]).toEqual([undefined, at('03:00')]);
  });

  it('is maintenance where that and silence meet, and only maintenance pauses', () => {
    const work = order({ id: 'o-5', asked: { kind: 'maintenance', of: { kind: 'some', monitors: [], groups: ['web'] } } });
    expect(arranged(order({ to: at('09:00') }), work).quietAt('shop', at('02:00'))).toMatchObject({ kind: 'maintenance' });
    const window = { from: at('02:00'), to: at('04:00') };
    const { monitors } = config({ monitors: [monitor({ group: 'web' })] });
    expect(arranged(order(), work).pausesOf(monitors[0]!, window)).toMatchObject([{ name: 'o-5' }]);
    expect(arranged(order()).pausesOf(monitors[0]!, window)).toEqual([]);
  });

  it('is taken by whoever acknowledged it, under any of its names, and no other incident is', () => {
    const { takenAt } = arranged(order({ asked: { kind: 'ack', key: 'shop:availability', incident: incidentId('b') } }));
    const incident = { key: 'shop:availability', id: incidentId('a'), aliases: [incidentId('b')] };
    expect(takenAt(incident, at('02:00'))).toMatchObject({ by: 'ana' });
    expect([takenAt(incident, at('03:00')), takenAt({ ...incident, aliases: [] }, at('02:00'))]).toEqual([undefined, undefined]);
    expect(takenAt({ ...incident, key: 'docs:availability' }, at('02:00'))).toBeUndefined();
  });
});
