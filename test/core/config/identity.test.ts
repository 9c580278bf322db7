// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWithMonitor } from './config-text';

const pin = 'KHKxQdVhMgAdGjZu4qJYaXF0BRF9T1cIPGRQ3pK2Hhk=';
const environment = { KEY: 'a secret of this host alone' };
const shop = (identity: string, kind = 'http: https://shop.example.com/', env: Readonly<Record<string, string>> = environment) =>
  configOf(textWithMonitor(`{ ${kind}, identity: ${identity} }`), env).monitors[0]!;
const said = (identity: string, kind = 'http: https://shop.example.com/') =>
  mistakesOf(textWithMonitor(`{ ${kind}, identity: ${identity} }`), environment).map((line) => line.replace('monitors.shop.', ''));

describe('who must answer', () => {
  it.each([
    ['{ header: X-Instance, equals: shop-eu-1 }', { by: 'header', name: 'x-instance', equals: ['shop-eu-1'] }],
    ['{ json: $.host, equals: [shop-eu-1, shop-eu-2] }', { by: 'json', path: '$.host', equals: ['shop-eu-1', 'shop-eu-2'] }],
    [`{ pin: ${pin} }`, { by: 'pin', equals: [pin] }],
    ['{ secret: "${env:KEY}", equals: shop-eu-1 }', { by: 'secret', path: '/.well-known/twinwatch', secret: environment.KEY, equals: ['shop-eu-1'] }],
    ['{ secret: "${env:KEY}", path: /who, equals: shop-eu-1 }', { by: 'secret', path: '/who', secret: environment.KEY, equals: ['shop-eu-1'] }],
  ])('may be said as %s', (identity, built) => {
    expect(shop(identity).probe).toMatchObject({ kind: 'http', identity: built });
    expect(shop(identity, 'http: { url: https://shop.example.com/, redirects: 2 }').probe).toMatchObject({ redirects: 2, identity: built });
  });

  it('may be said of a tls monitor by its key', () => {
    expect(shop(`{ pin: [${pin}] }`, 'tls: shop.example.com').probe).toMatchObject({ kind: 'tls', identity: { by: 'pin', equals: [pin] } });
    expect(shop(`{ pin: [${pin}] }`, 'tls: { host: shop.example.com }').probe).toMatchObject({ kind: 'tls', identity: { by: 'pin' } });
  });

  it('is another monitor where it is another, and the same where only the secret is', () => {
    const hash = (identity: string, env = environment) => shop(identity, undefined, env).hash;
    expect(hash('{ header: x-a, equals: b }')).not.toBe(hash('{ header: x-a, equals: c }'));
    const proof = '{ secret: "${env:KEY}", equals: shop-eu-1 }';
    expect(hash(proof)).toBe(hash(proof, { KEY: 'another secret of that host' }));
    expect(shop(proof).hidden).toEqual([environment.KEY]);
  });
});

it.each([
  ['shop-eu-1', 'identity: "shop-eu-1" says nothing of who answers; write a map such as { header: x-instance, equals: shop-eu-1 }'],
  ['{ header: x-instance }', 'identity.equals: `equals` is missing; write text of at most 100 characters, or a list of texts of which one must be it'],
  ['{ header: "x instance", equals: a }', 'identity.header: "x instance" is no name that a header can have; write a name such as x-instance'],
  [
    '{ header: x-instance, equals: 7 }',
    'identity.equals: 7 is no name that a host can have; write text of at most 100 characters, or a list of texts of which one must be it',
  ],
  ['{ json: host, equals: a }', /^identity\.json: "host" is no path that can be followed in one pass \(.*\); write a path such as \$\.instance$/],
  ['{ pin: abc }', 'identity.pin: "abc" is no pin; write the SHA-256 of the public key in base64, 44 characters that end with =, or a list of those'],
  ['{ secret: "${env:KEY}", path: who, equals: a }', 'identity.path: "who" is no path; write a path such as /.well-known/twinwatch, without `?`'],
  ['{ secret: a-secret-in-the-file, equals: a }', 'identity.secret: a secret stands in the file; write a reference, such as "${env:SHOP_EU_1_KEY}"'],
  [
    '{ secret: short, equals: a }',
    'identity.secret: "short" is no secret that proves anything; write a reference to at least 16 characters, such as "${env:SHOP_EU_1_KEY}"',
  ],
])('a mistake in who must answer: %s', (identity, words) => {
  expect(said(identity)).toEqual([typeof words === 'string' ? words : expect.stringMatching(words)]);
});

it.each([
  ['tcp: shop.example.com:22', '{ header: a, equals: b }', 'identity: nothing that `tcp` asks proves who answers; remove it, or add an http monitor'],
  ['tls: shop.example.com', '{ header: a, equals: b }', 'identity.header: `tls` sees no such thing; write `pin:`'],
  ['http: http://shop.example.com/', `{ pin: ${pin} }`, 'identity.pin: no key is shown over plain http; write an https address, or `header:` or `secret:`'],
  [
    'http: { url: http://shop.example.com/, redirects: 1 }',
    `{ pin: ${pin} }`,
    'identity.pin: no key is shown over plain http; write an https address, or `header:` or `secret:`',
  ],
  [
    'http: { url: https://shop.example.com/, method: HEAD }',
    '{ json: $.a, equals: b }',
    'identity.json: an answer to HEAD has no body; write `method: GET`, or `header:`',
  ],
])('what %s cannot prove', (kind, identity, words) => {
  expect(said(identity, kind)).toEqual([words]);
});
