// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWithMonitor, warningsOf } from '../config-text';

const monitorFrom = (members: string, environment = {}, more = '') => configOf(textWithMonitor(`{ members: ${members}${more} }`), environment).monitors[0]!;
const said = (members: string, environment = {}, more = '') =>
  mistakesOf(textWithMonitor(`{ members: ${members}${more} }`), environment).map((line) => line.replace('monitors.shop.', ''));
const of = 'of: https://pay.example.com/health';
const ofHttp = { kind: 'http', url: 'https://pay.example.com/health', expect: { status: [[200, 299]] } };

describe('a members monitor', () => {
  it('says what is asked, and where', () => {
    const monitor = monitorFrom(`{ ${of}, at: [192.0.2.10, "2001:db8::1"], atLeast: 1 }`);
    expect(monitor.probe).toEqual({ kind: 'members', of: ofHttp, members: { at: ['192.0.2.10', '2001:db8::1'] }, atLeast: 1 });
    expect(monitor.target).toBe('https://pay.example.com/health');
    expect(monitorFrom(`{ ${of}, resolve: pay.internal.example.com }`).probe).toEqual({
      kind: 'members',
      of: ofHttp,
      members: { resolve: 'pay.internal.example.com' },
    });
  });

  it('asks all that an http monitor can ask, and keeps what references stand for out of its hash', () => {
    const text = '{ of: { url: https://pay.example.com/, bearer: "${env:TOKEN}", expect: { status: 204 } }, at: [192.0.2.10] }';
    const monitor = monitorFrom(text, { TOKEN: 'not for your eyes' });
    expect(monitor.probe).toMatchObject({ of: { request: { bearer: 'not for your eyes' }, expect: { status: [[204, 204]] } } });
    expect(monitor.hash).toBe(monitorFrom(text, { TOKEN: 'another one of those' }).hash);
    expect(monitor.hidden).toEqual(['not for your eyes']);
  });

  it('may say who must answer, at whatever address, and shares the budget of its name', () => {
    const more = ', identity: { header: x-instance, equals: [pay-1, pay-2] }, budget: { perHost: 2 }';
    const monitor = monitorFrom(`{ ${of}, at: [192.0.2.10] }`, {}, more);
    expect(monitor.probe).toMatchObject({ of: { identity: { by: 'header', equals: ['pay-1', 'pay-2'] } } });
    expect(monitor.budget).toEqual({ host: 'pay.example.com', atOnce: 2 });
  });

  it.each([
    ['{ tcp: "mail.example.com:25" }', { kind: 'tcp', host: 'mail.example.com:25' }, 'mail.example.com:25', 'mail.example.com'],
    [
      '{ tls: { host: pay.example.com, expect: { daysLeft: 21 } } }',
      { kind: 'tls', expect: { daysLeft: { atLeast: 21 } } },
      'pay.example.com',
      'pay.example.com',
    ],
    [
      '{ dns: { name: example.com, resolver: ns.example.net } }',
      { kind: 'dns', resolver: 'ns.example.net' },
      'A of example.com at ns.example.net',
      'ns.example.net',
    ],
    ['{ websocket: wss://live.example.com/ }', { kind: 'websocket', url: 'wss://live.example.com/' }, 'wss://live.example.com/', 'live.example.com'],
    ['{ grpc: { host: "api.example.com:443", service: shop } }', { kind: 'grpc', service: 'shop' }, 'api.example.com:443 shop', 'api.example.com'],
    ['{ http: https://pay.example.com/health }', ofHttp, 'https://pay.example.com/health', 'pay.example.com'],
    [
      '{ url: https://pay.example.com/health, tls: { serverName: pay } }',
      { kind: 'http', tls: { serverName: 'pay' } },
      'https://pay.example.com/health',
      'pay.example.com',
    ],
  ])('may be asked in other ways: %s', (written, probe, target, host) => {
    const monitor = monitorFrom(`{ of: ${written}, at: [192.0.2.10] }`, {}, ', budget: { perHost: 2 }');
    expect(monitor).toMatchObject({ probe: { kind: 'members', of: probe, members: { at: ['192.0.2.10'] } }, target, budget: { host } });
  });

  it('of other kinds may say who must answer, or hold a secret, where such a monitor may', () => {
    const pin = 'KHKxQdVhMgAdGjZu4qJYaXF0BRF9T1cIPGRQ3pK2Hhk=';
    const tls = monitorFrom('{ of: { tls: pay.example.com }, at: [192.0.2.10] }', {}, `, identity: { pin: "${pin}" }`);
    expect(tls.probe).toMatchObject({ of: { kind: 'tls', identity: { by: 'pin', equals: [pin] } } });
    const grpc = monitorFrom('{ of: { grpc: { host: api.example.com, metadata: { authorization: "${secret:shop/token}" } } }, at: [192.0.2.10] }');
    expect(grpc.secrets).toEqual(['shop/token']);
    const http = monitorFrom('{ of: { http: { url: https://pay.example.com/, bearer: "${secret:shop/token}" } }, at: [192.0.2.10] }');
    expect(http.secrets).toEqual(['shop/token']);
  });
});

it.each([
  [`{ ${of} }`, 'members.at: `at` is missing; write from 1 to 50 IP addresses, such as [192.0.2.10, 192.0.2.11]'],
  [`{ at: [192.0.2.10] }`, 'members.of: `of` is missing; write an address such as https://pay.example.com/health, or a map such as { tls: pay.example.com }'],
  [`{ ${of}, at: [] }`, 'members.at: [] is no list of addresses; write from 1 to 50 IP addresses, such as [192.0.2.10, 192.0.2.11]'],
  [
    `{ ${of}, at: [pay-1.example.com] }`,
    'members.at[0]: "pay-1.example.com" is no IP address; write an address such as 192.0.2.10 or 2001:db8::1, without a port',
  ],
  [`{ ${of}, at: ["192.0.2.10:443"] }`, 'members.at[0]: "192.0.2.10:443" is no IP address; write an address such as 192.0.2.10 or 2001:db8::1, without a port'],
  [`{ ${of}, at: [192.0.2.10, 192.0.2.10] }`, 'members.at[1]: this address stands in the list twice; remove it'],
  [`{ ${of}, at: [192.0.2.10], atLeast: 2 }`, 'members.atLeast: 2 can never be well of 1; write a number up to 1'],
  [`{ ${of}, at: [192.0.2.10], atLeast: 0 }`, 'members.atLeast: 0 is no number of members; write a whole number, at least 1'],
  [
    `{ ${of}, at: [192.0.2.10, 10.0.0.7] }`,
    'members.at[1]: "10.0.0.7" is a private address; write a public address, or allow it with `network: { allowPrivate: true }`',
  ],
  [
    `{ ${of}, resolve: "pay:443" }`,
    'members.resolve: "pay:443" is no name that can be resolved; write a name such as pay.internal.example.com, without a port',
  ],
  [
    `{ of: { url: https://pay.example.com/, proxy: http://proxy.example.com:3128 }, at: [192.0.2.10] }`,
    'members.of.proxy: a proxy chooses the address by itself; remove it: members are asked directly',
  ],
  [
    `{ of: { url: https://pay.example.com/, expect: { within: 20s } }, at: [192.0.2.10] }`,
    'members.of.expect.within: 20s is longer than the timeout of 10s, so it can never be missed; write 10s or less',
  ],
  [
    `{ of: { url: https://pay.example.com/, expect: { stats: 200 } }, at: [192.0.2.10] }`,
    'members.of.expect.stats: unknown key `stats`; did you mean `status`?',
  ],
  [
    `{ of: { url: https://pay.example.com/, bearer: in-the-file }, at: [192.0.2.10] }`,
    'members.of.bearer: a secret stands in the file; write a reference, such as "${secret:shop/token}"',
  ],
  [`{ ${of}, at: [192.0.2.10], resolve: pay.internal.example.com }`, 'members.resolve: `at` says where the members are; keep one of the two'],
  [`{ of: {}, at: [192.0.2.10] }`, 'members.of.url: `url` is missing; write an address such as https://shop.example.com/health'],
  [
    `{ of: 7, at: [192.0.2.10] }`,
    'members.of: 7 says nothing of what is asked; write an address such as https://pay.example.com/health, or a map such as { tls: pay.example.com }',
  ],
  [
    `{ of: { tcp: mail.example.com }, at: [192.0.2.10] }`,
    'members.of.tcp: "mail.example.com" has no port; write a host and its port such as mail.example.com:25',
  ],
  [`{ of: { tls: { host: pay.example.com, expct: {} } }, at: [192.0.2.10] }`, 'members.of.tls.expct: unknown key `expct`; did you mean `expect`?'],
  [
    `{ of: { dns: example.com }, at: [192.0.2.10] }`,
    'members.of.dns: the members are name servers, and it is not said of what name; add `resolver:` with the name that they share',
  ],
  [
    `{ of: { tls: { host: pay.example.com, expect: { within: 20s } } }, at: [192.0.2.10] }`,
    'members.of.tls.expect.within: 20s is longer than the timeout of 10s, so it can never be missed; write 10s or less',
  ],
  [
    `{ of: { grpc: 10.0.0.7 }, at: [192.0.2.10] }`,
    'members.of.grpc: "10.0.0.7" is a private address; write a public address, or allow it with `network: { allowPrivate: true }`',
  ],
])('a mistake in a members monitor: %s', (members, words) => {
  expect(said(members)).toEqual([words]);
});

it('who answers can be proven only where what is asked shows it', () => {
  const identity = ', identity: { header: x-instance, equals: pay-1 }';
  expect(said('{ of: { tls: pay.example.com }, at: [192.0.2.10] }', {}, identity)).toEqual(['identity.header: `members` sees no such thing; write `pin:`']);
  expect(said('{ of: { tcp: "mail.example.com:25" }, at: [192.0.2.10] }', {}, identity)).toEqual([
    'identity: nothing that `members` asks proves who answers; remove it, or add an http monitor',
  ]);
});

it('warns of what a monitor of that kind is warned of', () => {
  const text = textWithMonitor('{ members: { of: { grpc: { host: api.example.com, tls: { insecure: true } } }, at: [192.0.2.10] } }');
  expect(warningsOf(text)).toEqual([expect.stringMatching(/^monitors\.shop\.members\.of\.grpc\.tls\.insecure: any certificate will do/)]);
});
