import { regionId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Channel } from '../../../src/core/config/config';
import { type Bill, billOf } from '../../../src/core/cost/bill';
import { priceListOf } from '../../../src/core/cost/prices';
import { frankfurt, smallConfig } from '../../sim/settings';

const two = smallConfig({ monitors: 100, beatMs: minute, witness: undefined });
const three = smallConfig({ monitors: 100, beatMs: minute, witness: frankfurt });
const of = (bill: Bill, service: string) => bill.services.find((one) => one.service === service)?.usd ?? 0;

describe('100 monitors from two regions, every minute', () => {
  const bill = billOf(two);

  test('cost no more than 15 USD a month', () => {
    expect(bill.usd).toBeLessThan(15);
  });

  test('cost less than 1 USD in DynamoDB, and with a witness not much more than half as much again', () => {
    expect(of(bill, 'DynamoDB')).toBeLessThan(0.96);
    expect(of(billOf(three), 'DynamoDB')).toBeLessThan(1.66);
  });

  test('cost less than a fifteenth of health checks, and a fraction of canaries', () => {
    const [canaries, checks] = bill.elsewhere;
    expect(canaries!.usd).toBeCloseTo(100 * 2 * 43_800 * 0.0012, 2);
    expect(checks!.usd).toBeCloseTo(100 * (0.75 + 2), 2);
    expect(bill.usd).toBeLessThan(checks!.usd / 15);
  });

  test('add up, service by service', () => {
    expect(bill.lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(bill.usd, 9);
    expect(bill.services.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(bill.usd, 9);
  });

  test('are counted in whole months of 43,800 minutes', () => {
    const requests = bill.lines.find(({ what, region }) => what === 'prober requests' && region === 'eu-west-1')!;
    expect(requests).toMatchObject({ quantity: 43_800, usd: 43_800 * 0.0000002 });
  });
});

describe('a region more', () => {
  test('pays for its own metrics and alarms, and for those of all others', () => {
    const metrics = (bill: Bill) => bill.lines.filter(({ what }) => what === 'beat metrics').map(({ quantity }) => quantity);
    expect([metrics(billOf(two)), metrics(billOf(three))]).toEqual([
      [4, 4],
      [5, 5, 5],
    ]);
  });

  test('takes every write of the others', () => {
    const inFrankfurt = billOf(three).lines.filter(({ region, service }) => region === frankfurt && service === 'DynamoDB');
    const units = (what: string) => inFrankfurt.find((line) => line.what === what)!.quantity;
    expect(units('writes from other regions')).toBeGreaterThan(6 * units('writes'));
    expect(units('expired beats of other regions')).toBeGreaterThan(43_800);
  });

  test('none more has nothing to replicate', () => {
    const alone = billOf({ ...two, regions: { probers: [two.regions.probers[0]!] } });
    expect(alone.lines.map(({ what }) => what)).not.toEqual(expect.arrayContaining(['writes from other regions']));
    expect(alone.lines.map(({ what }) => what)).not.toEqual(expect.arrayContaining(['expired beats of other regions']));
  });
});

describe('shorter intervals', () => {
  const quick = billOf(smallConfig({ monitors: 100, beatMs: 10 * second, witness: undefined }));

  test('keep the functions running all the time, and say what a minute would cost', () => {
    expect(of(quick, 'Lambda')).toBeGreaterThan(30);
    expect(quick.usdByTheMinute).toBeCloseTo(billOf(two).usd, 0);
    expect(billOf(two).usdByTheMinute).toBeUndefined();
  });

  test('need no queue', () => {
    expect(of(quick, 'SQS')).toBe(0);
    expect(of(billOf(two), 'SQS')).toBeGreaterThan(0.5);
  });
});

test('the list of a region that is not known here is taken from another one, and that is said', () => {
  expect(priceListOf(regionId('eu-west-1')).assumedFrom).toBeUndefined();
  expect(billOf(three).assumptions).toEqual(
    expect.arrayContaining([
      'eu-central-1 is priced as eu-west-1, since its own list is not known here',
      'us-east-2 is priced as us-east-1, since its own list is not known here',
    ]),
  );
});

describe('telling people', () => {
  const channelsOf = (...channels: readonly Channel[]): Bill => billOf({ ...two, channels });
  const linesNamed = (bill: Bill, what: string) => bill.lines.filter((line) => line.what === what);
  const usdOf = (bill: Bill, what: string): number => linesNamed(bill, what).reduce((sum, { usd }) => sum + usd, 0);
  const secret = (name: string): string => `\${secret:${name}}`;
  const sms = (number: string): Channel => ({ kind: 'sms', name: number, number });
  const chat: Channel = { kind: 'slack', name: 'chat', url: secret('twinwatch/chat') };
  const before = billOf({ ...two, channels: [] });

  test('by text message costs each time, by the country of the number, and says that it does', () => {
    const bill = channelsOf(sms('+15550100'), sms('+351210000000'), sms('+818000000000'));
    expect(usdOf(bill, 'text messages, to +1')).toBeCloseTo(40 * 0.01, 9);
    expect(usdOf(bill, 'text messages, elsewhere')).toBeCloseTo(2 * 40 * 0.075, 9);
    expect(bill.usd - before.usd).toBeCloseTo(40 * 0.01 + 2 * 40 * 0.075, 9);
    expect(bill.assumptions.join()).toContain('a text message costs what its country and carrier ask: here 0.01 to +1 and 0.075 to any other number');
    expect(bill.pricesOf.unconfirmed).toContain('text messages');
    expect(before.assumptions.join()).not.toContain('a text message costs');
  });

  test('by mail and by webhook costs each time', () => {
    const bill = channelsOf({ kind: 'email', name: 'a', address: 'a@example.com' }, { kind: 'webhook', name: 'b', url: 'https://b.example/' });
    expect(usdOf(bill, 'e-mails')).toBeCloseTo((40 * 2) / 100_000, 12);
    expect(usdOf(bill, 'webhooks')).toBeCloseTo((40 * 0.6) / 1_000_000, 12);
  });

  test('by the relay costs its invocations, for incidents and weekly tests, and what it logs', () => {
    const [requests] = linesNamed(channelsOf(chat), 'relay requests');
    expect(requests!.quantity).toBeCloseTo(40 / 2 + 730 / 24 / 7, 6);
    expect(linesNamed(channelsOf(chat), 'relay running')).toHaveLength(2);
    expect(linesNamed(channelsOf(chat), 'relay log')).toHaveLength(2);
    expect(linesNamed(before, 'relay requests')).toEqual([]);
  });

  test('each hour that all is well costs a message and an invocation an hour in the region that says so', () => {
    const post = { kind: 'post', name: 'alive', url: 'https://alive.example/', method: 'POST', headers: {}, alwaysOn: two.regions.probers[0] } as const;
    const relayed = linesNamed(channelsOf(post), 'relay requests').map(({ quantity }) => quantity);
    expect(relayed[0]! - relayed[1]!).toBeCloseTo(730, 6);
  });

  test('with a secret costs that secret in every region, however many of its fields are used, and nothing in the Parameter Store', () => {
    const pager: Channel = { kind: 'pagerduty', name: 'pager', key: secret('twinwatch/chat#key'), url: 'https://pager.example/' };
    const free: Channel = { kind: 'slack', name: 'free', url: secret('ssm:/twinwatch/chat') };
    expect(linesNamed(channelsOf(chat, pager), 'secrets').map(({ quantity, usd }) => [quantity, usd])).toEqual([
      [1, 0.4],
      [1, 0.4],
    ]);
    expect(linesNamed(channelsOf(free), 'secrets')).toEqual([]);
  });
});
