// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import type { HttpProbe } from '../../../../src/core/config/kinds/http/probe';
import { configOf, mistakesOf, textWithMonitor, warningsOf } from '../config-text';

const environment = { TOKEN: 's3cret-token', PASSWORD: 'hunter22', KEY: '-----BEGIN KEY-----\nabc', CA: '-----BEGIN CERTIFICATE-----\nabc' };
const monitorOf = (http: string, variables: Readonly<Record<string, string>> = environment) =>
  configOf(textWithMonitor(`{ http: ${http} }`), variables).monitors[0];
const probeOf = (http: string): HttpProbe => monitorOf(http)?.probe as HttpProbe;
const shop = 'url: https://shop.example.com/';

describe('what an http monitor says', () => {
  it.each<[string, Partial<HttpProbe>]>([
    ['method: HEAD', { request: { method: 'HEAD' } }],
    ['method: GET', {}],
    ['body: hello', { request: { method: 'POST', body: { text: 'hello' } } }],
    ['body: { text: hello }, method: PUT', { request: { method: 'PUT', body: { text: 'hello' } } }],
    ['body: { json: { a: [1, null] } }', { request: { method: 'POST', body: { json: { a: [1, null] } } } }],
    ['headers: { X-A: "1" }', { request: { headers: { 'x-a': '1' } } }],
    ['bearer: "${env:TOKEN}"', { request: { bearer: 's3cret-token' } }],
    ['basic: { user: u, password: "${env:PASSWORD}" }', { request: { basic: { user: 'u', password: 'hunter22' } } }],
    [
      'oauth2: { url: https://login.example.com/token, id: shop, secret: "${env:PASSWORD}", scope: read write }',
      { request: { oauth2: { url: 'https://login.example.com/token', id: 'shop', secret: 'hunter22', scope: 'read write' } } },
    ],
    ['compression: gzip', { request: { compression: ['gzip'] } }],
    ['compression: [br, gzip]', { request: { compression: ['br', 'gzip'] } }],
    ['http2: true', { request: { http2: true } }],
    ['http2: false, redirects: 0', {}],
    ['redirects: 5', { redirects: 5 }],
    ['limit: 2048', { limitBytes: 2048 }],
    ['proxy: http://proxy.example.com:3128', { proxy: { url: 'http://proxy.example.com:3128' } }],
    [
      'proxy: { url: http://proxy.example.com:3128, basic: { user: u, password: "${env:PASSWORD}" } }',
      { proxy: { url: 'http://proxy.example.com:3128', basic: { user: 'u', password: 'hunter22' } } },
    ],
    ['tls: { insecure: true, serverName: a.example.com }', { tls: { insecure: true, serverName: 'a.example.com' } }],
    ['tls: { insecure: false, ca: "${env:CA}" }', { tls: { ca: environment.CA } }],
  ])('%s', (said, built) => {
    expect(probeOf(`{ ${shop}, ${said} }`)).toEqual({ kind: 'http', url: 'https://shop.example.com/', expect: { status: [[200, 299]] }, ...built });
  });

  it.each<[string, Partial<HttpProbe['expect']>]>([
    [
      'status: [2xx, not 204]',
      {
        status: [
          [200, 203],
          [205, 299],
        ],
      },
    ],
    ['status: not 5xx', { status: [[100, 499]] }],
    ['body: well', { body: [{ kind: 'text', text: { contains: ['well'] } }] }],
    ['body: { lacks: [a, b], matches: "^o+" }', { body: [{ kind: 'text', text: { lacks: ['a', 'b'], matches: ['^o+'] } }] }],
    [
      'body: [well, { json: $.a, equals: 1 }]',
      {
        body: [
          { kind: 'text', text: { contains: ['well'] } },
          { kind: 'json', path: '$.a', equals: 1 },
        ],
      },
    ],
    ['body: { json: $.a, above: 3, atMost: 9 }', { body: [{ kind: 'json', path: '$.a', number: { above: 3, atMost: 9 } }] }],
    ['body: { json: $.a, equals: null }', { body: [{ kind: 'json', path: '$.a', equals: null }] }],
    [
      'body: { json: "$.a[*]", count: { atLeast: 2 }, matches: x }',
      { body: [{ kind: 'json', path: '$.a[*]', count: { atLeast: 2 }, text: { matches: ['x'] } }] },
    ],
    ['body: { json: $.error, exists: false }', { body: [{ kind: 'json', path: '$.error', exists: false }] }],
    ['headers: { X-A: "1" }', { headers: [{ name: 'x-a', presence: 'needed', text: { equals: '1' } }] }],
    ['headers: { x-a: { contains: y, optional: true } }', { headers: [{ name: 'x-a', presence: 'optional', text: { contains: ['y'] } }] }],
    ['headers: { x-a: { absent: true } }', { headers: [{ name: 'x-a', presence: 'forbidden', text: {} }] }],
    ['size: { atLeast: 10 }', { size: { atLeast: 10 } }],
    ['size: 10', { size: { equals: 10 } }],
    ['url: https://shop.example.com/home', { url: { equals: 'https://shop.example.com/home' } }],
    ['version: "1.1", tls: true', { versions: ['1.1'], tls: true }],
    ['version: ["1.1", "2"]', { versions: ['1.1', '2'] }],
    ['address: 192.0.2.1', { address: { equals: '192.0.2.1' } }],
    ['daysLeft: 21', { daysLeft: { atLeast: 21 } }],
    ['daysLeft: { above: 20 }', { daysLeft: { above: 20 } }],
    [
      'body: { json: $.a, equalsNot: null, oneOf: [1, b], length: 3 }',
      { body: [{ kind: 'json', path: '$.a', oneOf: [1, 'b'], equalsNot: null, length: { equals: 3 } }] },
    ],
  ])('expects %s', (said, built) => {
    expect(probeOf(`{ ${shop}, expect: { ${said} } }`).expect).toEqual({ status: [[200, 299]], ...built });
  });
});

describe('a mistake in an http monitor', () => {
  it.each([
    ['method: get', 'method: "get" is no method that a monitor may use; write GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, in capitals'],
    ['headers: [a]', 'headers: ["a"] is no map of headers; write `name: value` lines below it'],
    ['headers: { a: 1 }', 'headers.a: 1 is not text on one line; write text, in quotes where it looks like something else'],
    ['headers: { a: "x\\r\\nb: y" }', 'headers.a: "x\\r\\nb: y" is not text on one line; write text, in quotes where it looks like something else'],
    [
      'headers: { content-length: "1" }',
      'headers: "content-length" holds a name that cannot stand here; write names of headers; how long a body is, and how a connection ends, is our own matter',
    ],
    ['headers: { accept-encoding: gzip }', 'headers: the header accept-encoding is our own matter; write `compression:` with what is wanted'],
    ['body: x, method: GET', 'body: nothing can be sent with GET; write `method: POST`, or remove the body'],
    ['body: { text: x, json: y }', 'body.json: "y" would be a second body; keep one of `text` and `json`'],
    ['body: 3', 'body: 3 is nothing that can be sent; write text, or `json:` with a value'],
    ['bearer: abcdef', 'bearer: a secret stands in the file; write a reference, such as "${secret:shop/token}"'],
    [
      'oauth2: { url: https://login.example.com/, id: a, secret: b }',
      'oauth2.secret: a secret stands in the file; write a reference, such as "${secret:shop/token}"',
    ],
    [
      'oauth2: { url: https://login.example.com/, secret: "${env:TOKEN}" }',
      'oauth2.id: `id` is missing; write text, in quotes where it looks like something else',
    ],
    [
      'oauth2: { url: https://10.0.0.1/, id: a, secret: "${env:TOKEN}" }',
      'oauth2.url: "https://10.0.0.1/" is a private address; write a public address, or allow it with `network: { allowPrivate: true }`',
    ],
    ['basic: { user: a, password: b }', 'basic.password: a secret stands in the file; write a reference, such as "${secret:shop/token}"'],
    ['headers: { Authorization: x }', 'headers.Authorization: a secret stands in the file; write a reference, such as "${secret:shop/token}"'],
    [
      'bearer: "${env:TOKEN}", basic: { user: a, password: "${env:PASSWORD}" }',
      'basic: there are several ways of authorization; keep one of `basic`, `bearer`, `oauth2` and the header `authorization`',
    ],
    ['basic: { user: a }', 'basic.password: `password` is missing; write text, in quotes where it looks like something else'],
    ['redirects: yes', 'redirects: "yes" is no number of redirects; write a whole number from 0 to 20'],
    ['redirects: 21', 'redirects: 21 is no number of redirects; write a whole number from 0 to 20'],
    ['compression: zip', 'compression: "zip" is no coding that can be unpacked; write gzip, br, deflate or a list of those'],
    ['limit: 0', 'limit: 0 is no number of bytes that can be kept; write a whole number, at most 16777216'],
    ['http2: yes', 'http2: "yes" is neither true nor false; write true or false'],
    ['tls: { ca: x }', 'tls.ca: this is not in PEM; write it by reference, such as "${env:CLIENT_KEY}", with its BEGIN and END lines'],
    ['tls: { certificate: "${env:CA}" }', 'tls.certificate: a certificate without its key proves nothing; add `key:` by reference'],
    ['tls: { key: "${env:KEY}" }', 'tls.key: a key without its certificate is never shown; add `certificate:`'],
    ['tls: { inscure: true }', 'tls.inscure: unknown key `inscure`; did you mean `insecure`?'],
    ['proxy: 3', 'proxy: 3 is neither an address nor a map; write an address such as https://shop.example.com/health, or a map with `url`'],
    [
      'proxy: http://10.0.0.1:3128',
      'proxy: "http://10.0.0.1:3128" is a private address; write a public address, or allow it with `network: { allowPrivate: true }`',
    ],
    ['expect: { version: "2" }', 'expect.version: HTTP/2 is expected and not offered; add `http2: true`'],
    ['expect: { version: 2 }', 'expect.version: 2 is no version that can be asked for; write "1.0", "1.1" or "2", in quotes, or a list of those'],
    ['expect: { version: ["2"] }', 'expect.version: HTTP/2 is expected and not offered; add `http2: true`'],
    ['expect: { daysLeft: soon }', 'expect.daysLeft: "soon" is no number of days; write a number, which is the least, or a map such as { above: 21 }'],
    ['expect: { body: { json: $.a, oneOf: [] } }', 'expect.body.oneOf: [] holds nothing to choose from; write a list of values'],
    ['expect: { daysLeft: {} }', 'expect.daysLeft: a condition that wants nothing; say what is wanted, or remove it'],
    ['expect: { headers: { "a b": x } }', 'expect.headers: "a b" holds a name that cannot stand here; write names that headers can have, such as content-type'],
    [
      'expect: { body: { json: status } }',
      /^expect\.body\.json: "status" is no path that can be followed in one pass \(.*\); write a path such as \$\.status$/,
    ],
    ['expect: { body: { json: "$..a..b" } }', /\(it has more than one \.\.\)/],
    ['expect: { body: { json: "$[0,0][0,0]" } }', /\(it has several selectors in one bracket\)/],
    ['expect: { body: { json: "$[?@.a == $.b]" } }', /\(it begins at the root again\)/],
    ['expect: { body: { json: "$[?match(@, \'a+\')]" } }', /no path that can be followed/],
    [
      'expect: { body: { matches: "(a" } }',
      /^expect\.body\.matches: "\(a" is no pattern that is judged in linear time \(.*\); write a pattern in the syntax of RE2$/,
    ],
    ['expect: { body: { matches: "(a)\\\\1" } }', /no pattern that is judged in linear time/],
    ['expect: { body: { contains: x, json: 3 } }', /^expect\.body\.json: 3 is no path/],
    ['expect: { body: {} }', 'expect.body: a condition that wants nothing; say what is wanted, or remove it'],
    ['expect: { body: 3 }', 'expect.body: 3 is no condition on a body; write text that it contains, or a map such as { json: $.status, equals: ok }'],
    ['expect: { body: { json: $.a, above: potato } }', 'expect.body.above: "potato" is no number; write a number'],
    ['expect: { headers: { a: 3 } }', 'expect.headers.a: 3 is neither text nor a condition; write text, or a map such as { contains: json }'],
    ['expect: { size: big }', 'expect.size: "big" is neither a number nor a comparison; write a number, or a map such as { atLeast: 10 }'],
    ['expect: { tls: false }', 'expect.tls: false says nothing; write true, or leave it out'],
  ])('%s', (said, wanted) => {
    const [mistake, ...more] = mistakesOf(textWithMonitor(`{ http: { ${shop}, ${said} } }`), environment);
    const bare = mistake?.replace('monitors.shop.http.', '');
    if (typeof wanted === 'string') expect(bare).toBe(wanted);
    else expect(bare).toMatch(wanted);
    expect(more).toEqual([]);
  });

  it('is none where verification is off, which is said loudly', () => {
    expect(warningsOf(textWithMonitor(`{ http: { ${shop}, tls: { insecure: true } } }`))).toEqual([
      'monitors.shop.http.tls.insecure: any certificate will do, so nothing proves who answers, and an expired one is not noticed; trust the right authority with `tls: { ca: … }` instead',
    ]);
  });
});

describe('a secret', () => {
  const said = `{ ${shop}, bearer: "\${env:TOKEN}", headers: { x-key: "key \${env:PASSWORD}" }, body: { json: { t: "\${env:TOKEN}" } }, expect: { body: "\${env:TOKEN}" } }`;

  it('changes no hash when it changes, and its name does', () => {
    const other = { ...environment, TOKEN: 'another-token', PASSWORD: 'another-password' };
    expect(monitorOf(said, other)?.hash).toBe(monitorOf(said)?.hash);
    expect(monitorOf(said.replace('{ t: "${env:TOKEN}" }', '{ t: "${env:PASSWORD}" }'))?.hash).not.toBe(monitorOf(said)?.hash);
  });

  it('is known to be one, alone and with what stands around it', () => {
    expect(monitorOf(said)?.hidden).toEqual(['key hunter22', 's3cret-token', 'hunter22']);
    expect(monitorOf(`{ ${shop} }`)).not.toHaveProperty('hidden');
  });
});
