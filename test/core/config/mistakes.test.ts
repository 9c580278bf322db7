import { kindKeys } from '../../../src/core/config/kinds/kinds';
import { mistakesOf, textWith, textWithMonitor } from './config-text';

const only = (text: string, environment = {}) => {
  const mistakes = mistakesOf(text, environment);
  expect(mistakes).toHaveLength(1);
  return mistakes[0];
};

describe('a value of the wrong type', () => {
  it.each([
    ['regions', 'eu-west-1', 'regions: "eu-west-1" is no map; write `key: value` lines below it'],
    ['regions', '[eu-west-1]', 'regions: ["eu-west-1"] is no map but a list; write `key: value` lines below it'],
    ['regions', '{ probers: eu-west-1 }', 'regions.probers: "eu-west-1" is no list; write [eu-west-1]'],
    ['regions', '{ probers: [] }', 'regions.probers: no region probes; write a list of AWS regions such as [eu-west-1, us-east-2]'],
    ['regions', '{ probers: [7] }', 'regions.probers[0]: 7 is no AWS region; write an AWS region such as eu-west-1'],
    ['regions', '{}', 'regions.probers: `probers` is missing; write a list of AWS regions such as [eu-west-1, us-east-2]'],
    ['regions', undefined, 'regions: `regions` is missing; write a list of AWS regions such as [eu-west-1, us-east-2]'],
    ['defaults', 'null', 'defaults: has no value; write `key: value` lines below it, or remove it'],
    ['defaults', '{ downAfter: 0 }', 'defaults.downAfter: 0 is no whole number from 1 to 10; write one, such as 2'],
    ['defaults', '{ upAfter: 1.5 }', 'defaults.upAfter: 1.5 is no whole number from 1 to 10; write one, such as 2'],
    ['defaults', '{ upAfter: "2" }', 'defaults.upAfter: "2" is no whole number from 1 to 10; write one, such as 2'],
    ['defaults', '{ downAfter: 11 }', 'defaults.downAfter: 11 is no whole number from 1 to 10; write one, such as 2'],
    ['defaults', '{ page: most }', 'defaults.page: "most" does not say how many regions must fail; write all, majority, any, or how many regions'],
    ['defaults', '{ page: majorty }', 'defaults.page: "majorty" does not say how many regions must fail; did you mean majority?'],
    ['defaults', '{ page: 0 }', 'defaults.page: 0 does not say how many regions must fail; write all, majority, any, or how many regions'],
    ['defaults', '{ page: 1.5 }', 'defaults.page: 1.5 does not say how many regions must fail; write all, majority, any, or how many regions'],
    ['defaults', '{ page: 3 }', 'defaults.page: 3 regions can never fail where 2 probe; write a number up to 2, or all'],
    ['network', '{ allowPrivate: 1 }', 'network.allowPrivate: 1 is neither true nor false; write true or false'],
    ['anchors', 'https://a.example.com', 'anchors: "https://a.example.com" is no list; write a list of addresses, or [] for none'],
    ['channels', '{ mail: ops@example.com }', 'channels.mail: "ops@example.com" is no map; write `key: value` lines below it'],
    ['channels', '{ mail: { email: ops } }', 'channels.mail.email: "ops" is no mail address; write a mail address such as ops@example.com'],
    [
      'channels',
      '{ mail: {} }',
      'channels.mail: says nothing of how it is reached; write one of `email`, `webhook`, `sms`, `sqs`, `slack`, `teams`, `discord`, `pagerduty`, `opsgenie`, `ntfy`, `telegram`, `amazonq`, `post`',
    ],
    [
      'channels',
      '{ both: { email: a@example.com, webhook: https://a.example.com } }',
      'channels.both: one channel cannot be two things; make two channels with names of their own',
    ],
    ['monitors', '{}', 'monitors: nothing is watched; write at least one, such as `shop: { http: https://shop.example.com/health }`'],
    ['monitors', '[]', 'monitors: [] is no map but a list; write `key: value` lines below it'],
    ['monitors', undefined, 'monitors: `monitors` is missing; write at least one, such as `shop: { http: https://shop.example.com/health }`'],
  ])('%s: %s', (section, value, said) => {
    expect(only(textWith({ [section]: value }))).toBe(said);
  });

  it.each([
    ['null', 'monitors.shop: has no value; write `key: value` lines below it, or remove it'],
    ['{}', `monitors.shop: does not say how it is probed; write one of ${kindKeys.join(', ')}, such as \`http: https://shop.example.com/health\``],
    ['{ http: 5 }', 'monitors.shop.http: 5 is neither an address nor a map; write an address such as https://shop.example.com/health, or a map with `url`'],
    ['{ http: {} }', 'monitors.shop.http.url: `url` is missing; write an address such as https://shop.example.com/health'],
    ['{ http: { url: 5 } }', 'monitors.shop.http.url: 5 is no address; write https:// and the host'],
    ['{ http: shop.example.com }', 'monitors.shop.http: "shop.example.com" is no address; write https://shop.example.com'],
    ['{ http: https://a.example.com, severity: pgae }', 'monitors.shop.severity: "pgae" is no severity; did you mean page?'],
    ['{ http: https://a.example.com, severity: loud }', 'monitors.shop.severity: "loud" is no severity; write page, ticket or note'],
    ['{ http: https://a.example.com, page: 9 }', 'monitors.shop.page: 9 regions can never fail where 2 probe; write a number up to 2, or all'],
    ['{ http: https://a.example.com, page: }', 'monitors.shop.page: has no value; write all, majority, any, or how many regions'],
    ['{ http: { url: https://a.example.com, expect: [] } }', 'monitors.shop.http.expect: [] is no map but a list; write `key: value` lines below it'],
  ])('of a monitor: %s', (monitor, said) => {
    expect(only(textWithMonitor(monitor))).toBe(said);
  });

  it.each([
    ['20x', '"20x"'],
    ['99', '99'],
    ['600', '600'],
    ['2.5', '2.5'],
    ['204-200', '"204-200"'],
    ['[2xx, oops]', '"oops"'],
    ['[]', '[]'],
    ['true', 'true'],
    ['{ a: 1 }', '{"a":1}'],
  ])('of a status: %s', (status, shown) => {
    expect(only(textWithMonitor(`{ http: { url: https://a.example.com, expect: { status: ${status} } } }`))).toBe(
      `monitors.shop.http.expect.status: ${shown} is no status code; write 2xx, 204, 200-204, not 204, or a list of those`,
    );
  });
});

describe('a duration', () => {
  it.each([
    ['60', '60 has no unit; write 60s'],
    ['"60"', '"60" has no unit; write 60s'],
    ['0', '0 has no unit; write a duration such as 60s'],
    ['1.5', '1.5 has no unit; write 1500ms'],
    ['5000', '5000 has no unit; write 5000ms or 5000s'],
    ['-5s', '"-5s" is no duration; write a duration such as 60s'],
    ['1 minute', '"1 minute" is no duration; write 1m'],
    ['1.5m', '"1.5m" is no duration; write 1m30s'],
    ['soon', '"soon" is no duration; write a duration such as 60s'],
    ['""', '"" is no duration; write a duration such as 60s'],
    ['true', 'true is no duration; write a duration such as 60s'],
    ['0s', '"0s" does not divide a minute; write 1s'],
    ['7s', '"7s" does not divide a minute; write 6s or 10s'],
    ['45s', '"45s" does not divide a minute; write 30s or 1m'],
    ['1500ms', '"1500ms" does not divide a minute; write 1s or 2s'],
    ['90s', '"90s" is not in whole minutes, up to 24h; write 1m or 2m'],
    ['25h', '"25h" is not in whole minutes, up to 24h; write 24h'],
  ])('is no interval: %s', (interval, said) => {
    expect(only(textWithMonitor(`{ http: https://a.example.com, interval: ${interval} }`))).toBe(`monitors.shop.interval: ${said}`);
  });

  it.each(['1s', '2s', '3s', '4s', '5s', '6s', '10s', '12s', '15s', '20s', '30s', '60s', '1m', '2m', '1h', '24h'])('is an interval: %s', (interval) => {
    expect(mistakesOf(textWithMonitor(`{ http: https://a.example.com, interval: ${interval} }`))).toEqual([]);
  });

  it.each([
    ['defaults', '{ timeout: 51s }', 'defaults.timeout: "51s" is not between 100ms and 50s; write a duration such as 10s'],
    ['defaults', '{ timeout: 99ms }', 'defaults.timeout: "99ms" is not between 100ms and 50s; write a duration such as 10s'],
    ['defaults', '{ timeout: 10 }', 'defaults.timeout: 10 has no unit; write 10s'],
    [
      'defaults',
      '{ interval: 10s, timeout: 10s }',
      'defaults.timeout: the timeout of 10s is not shorter than the interval of 10s; write timeout: 5s, or a longer interval',
    ],
    ['watch', '{ tolerate: 4s }', 'watch.tolerate: "4s" is less than 5s; write 5s or more'],
    ['watch', '{ tolerate: 60 }', 'watch.tolerate: 60 has no unit; write 60s'],
  ])('of %s does not fit: %s', (section, value, said) => {
    expect(only(textWith({ [section]: value }))).toBe(said);
  });

  it.each([
    [
      'interval: 10s, timeout: 10s',
      'monitors.shop.timeout: the timeout of 10s is not shorter than the interval of 10s; write timeout: 5s, or a longer interval',
    ],
    [
      'interval: 1s, timeout: 2s',
      'monitors.shop.timeout: the timeout of 2s is not shorter than the interval of 1s; write timeout: 500ms, or a longer interval',
    ],
  ])('quarrels with another: %s', (patience, said) => {
    expect(only(textWithMonitor(`{ http: https://a.example.com, ${patience} }`))).toBe(said);
  });

  it('quarrels with the defaults', () => {
    const text = textWith({
      defaults: '{ timeout: 20s }',
      monitors: '{ shop: { http: https://a.example.com, interval: 20s }, slow: { http: https://a.example.com } }',
    });
    expect(only(text)).toBe('monitors.shop.interval: the timeout of 20s is not shorter than the interval of 20s; write timeout: 10s, or a longer interval');
  });

  it.each([
    ['within: 11s', 'monitors.shop.http.expect.within: 11s is longer than the timeout of 10s, so it can never be missed; write 10s or less'],
    ['within: 0s', 'monitors.shop.http.expect.within: "0s" leaves no time at all; write a duration such as 800ms'],
    ['within: 800', 'monitors.shop.http.expect.within: 800 has no unit; write 800ms or 800s'],
  ])('does not fit as %s', (expectation, said) => {
    expect(only(textWithMonitor(`{ http: { url: https://a.example.com, expect: { ${expectation} } } }`))).toBe(said);
  });
});

describe('regions', () => {
  it.each([
    ['[eu-wst-1]', 'regions.probers[0]: "eu-wst-1" is no AWS region; did you mean eu-west-1?'],
    ['[eu-west-1a]', 'regions.probers[0]: "eu-west-1a" is no AWS region; did you mean eu-west-1?'],
    ['[EU-WEST-1]', 'regions.probers[0]: "EU-WEST-1" is no AWS region; did you mean eu-west-1?'],
    ['[ireland]', 'regions.probers[0]: "ireland" is no AWS region; write an AWS region such as eu-west-1'],
    ['[cn-north-1]', 'regions.probers[0]: "cn-north-1" is no AWS region; did you mean eu-north-1?'],
    ['[eu-west-1, us-east-2, eu-west-1]', 'regions.probers[2]: this region stands in the list twice; write another region, or remove it'],
  ])('probe where AWS is, once each: %s', (probers, said) => {
    expect(only(textWith({ regions: `{ probers: ${probers}, witness: eu-central-1 }` }))).toBe(said);
  });

  it('have a witness of their own', () => {
    expect(only(textWith({ regions: '{ probers: [eu-west-1, us-east-2], witness: us-east-2 }' }))).toBe(
      'regions.witness: the witness also probes; write a third region: a witness only watches',
    );
  });
});

describe('names', () => {
  it.each([
    ['Shop', '"Shop" is no id for a monitor; write shop: '],
    ['my shop', '"my shop" is no id for a monitor; write my-shop: '],
    ['-shop', '"-shop" is no id for a monitor; write shop: '],
    ['__proto__', '"__proto__" is no id for a monitor; write proto: '],
    ['ß', '"ß" is no id for a monitor; write up to 64'],
    ['a'.repeat(65), 'is no id for a monitor; write up to 64'],
  ])('of monitors are plain: %s', (id, said) => {
    expect(only(textWith({ monitors: `{ other: { http: https://a.example.com }, "${id}": { http: https://a.example.com } }` }))).toContain(said);
  });

  it.each(['a', '0', 'shop.eu-1_b', 'a'.repeat(64), 'constructor'])('of monitors may be %s', (id) => {
    expect(mistakesOf(textWith({ monitors: `{ "${id}": { http: https://a.example.com } }` }))).toEqual([]);
  });

  it('of channels are plain', () => {
    expect(only(textWith({ channels: '{ Ops Mail: { email: a@example.com } }' }))).toContain('"Ops Mail" is no name for a channel; write ops-mail: ');
  });
});

it('all mistakes are told at once', () => {
  const text = `regions: { probers: [eu-wst-1], witnes: eu-west-2 }
anchors: [ftp://a.example.com]
network: { vpc: x }
channels: { Mail: { email: ops } }
monitors:
  a: { http: http://10.0.0.1, interval: 7s, timeout: 60s }
  b: { htp: x }
  b: { http: https://b.example.com }
  c: { http: "\${env:NONE}", severity: 4 }
`;
  expect(mistakesOf(text).map((mistake) => mistake.split(':')[0])).toEqual([
    'regions.probers[0]',
    'regions.witnes',
    'anchors[0]',
    'network.vpc',
    'channels.Mail',
    'channels.Mail.email',
    'monitors.a.http',
    'monitors.a.interval',
    'monitors.a.timeout',
    'monitors.b.htp',
    'monitors.b',
    'monitors.c.http',
    'monitors.c.severity',
  ]);
});
