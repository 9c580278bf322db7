// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWithMonitor } from '../config-text';

const monitorFrom = (websocket: string, environment = {}) => configOf(textWithMonitor(`{ websocket: ${websocket} }`), environment).monitors[0]!;
const said = (websocket: string, environment = {}) =>
  mistakesOf(textWithMonitor(`{ websocket: ${websocket} }`), environment).map((line) => line.replace('monitors.shop.', ''));

describe('a websocket monitor', () => {
  it('may be an address alone', () => {
    const monitor = monitorFrom('wss://shop.example.com/live');
    expect(monitor.probe).toEqual({ kind: 'websocket', url: 'wss://shop.example.com/live', headers: {}, subprotocols: [], dialogue: [], expect: {} });
    expect(monitor.target).toBe('wss://shop.example.com/live');
  });

  it('may hold a dialogue', () => {
    const steps = '[{ send: hi }, { expect: "(a)" }, { expect: { json: $.a, equals: null } }, { expect: { json: $.a, contains: x, above: 1 } }]';
    const text = `{ url: ws://a.example.com, headers: { origin: x }, subprotocol: [a, b], checkAccept: false, dialogue: ${steps}, expect: { within: 1s } }`;
    expect(monitorFrom(text).probe).toEqual({
      ...{ kind: 'websocket', url: 'ws://a.example.com', headers: { origin: 'x' }, subprotocols: ['a', 'b'], mayAnswerAnyAccept: true },
      dialogue: [
        { kind: 'send', text: 'hi' },
        { kind: 'expect', pattern: '(a)', shown: '(a)' },
        { kind: 'expect-json', path: '$.a', shown: '{"json":"$.a","equals":null}', rule: { equals: null } },
        { kind: 'expect-json', path: '$.a', shown: '{"json":"$.a","contains":"x","above":1}', rule: { contains: ['x'], above: 1 } },
      ],
      expect: { withinMs: 1000 },
    });
  });

  it('keeps secrets out of its hash and its target', () => {
    const text =
      '{ url: "wss://${env:HOST}/", headers: { authorization: "Bearer ${env:TOKEN}" }, dialogue: [{ send: "${env:A}" }, { expect: "${env:B}" }, { expect: { json: $.a, equals: "${env:C}" } }] }';
    const one = monitorFrom(text, { HOST: 'a.example.com', TOKEN: 't1', A: 'a1', B: 'b1', C: 'c1' });
    const other = monitorFrom(text, { HOST: 'b.example.com', TOKEN: 't2', A: 'a2', B: 'b2', C: 'c2' });
    expect(one.hash).toBe(other.hash);
    expect(one.target).toBe('wss://${env:HOST}/');
    expect(JSON.stringify(one.probe)).toContain('Bearer t1');
  });
});

const address = 'begin it with wss:// or ws://, without a user, a password, spaces or a #';
it.each([
  ['https://shop.example.com', `websocket: "https://shop.example.com" is no WebSocket address; ${address}`],
  ['wss://me:hush@shop.example.com', `websocket: "wss://…@shop.example.com" is no WebSocket address; ${address}`],
  ['"wss://shop.example.com/#a"', `websocket: "wss://shop.example.com/#a" is no WebSocket address; ${address}`],
  ['ws://127.0.0.1/', 'websocket: "ws://127.0.0.1/" is a loopback address; write a public address, or allow it with `network: { allowPrivate: true }`'],
  ['{ subprotocol: a }', 'websocket.url: `url` is missing; write an address such as wss://shop.example.com/live'],
  [
    '{ url: wss://a.example.com, subprotocol: "a b" }',
    'websocket.subprotocol: "a b" is no subprotocol; write a name such as chat.v2, or a list of names, the best first',
  ],
  [
    '{ url: wss://a.example.com, subprotocol: [a, a] }',
    'websocket.subprotocol: ["a","a"] is no subprotocol; write a name such as chat.v2, or a list of names, the best first',
  ],
  [
    '{ url: wss://a.example.com, headers: { Upgrade: x } }',
    'websocket.headers: is no header that may be sent; write text without line breaks, below a name other than connection, upgrade and those of the handshake',
  ],
  [
    '{ url: wss://a.example.com, headers: { a: "x\\r\\ny" } }',
    'websocket.headers.a: is no header that may be sent; write text without line breaks, below a name other than connection, upgrade and those of the handshake',
  ],
  [
    '{ url: wss://a.example.com, dialogue: [{ expect: a, send: b }] }',
    'websocket.dialogue[0]: is not exactly one thing to do; write either `expect` or `send`',
  ],
  [
    '{ url: wss://a.example.com, dialogue: [{ expect: { json: status } }] }',
    'websocket.dialogue[0].expect.json: "status" is no JSON path; write a JSON path such as $.status',
  ],
  [
    '{ url: wss://a.example.com, dialogue: [{ send: "{{1}}" }] }',
    'websocket.dialogue[0].send: sends what no `expect` before it captures; write `{{1}}` for the first group of the `expect` before it, or `{{name}}` for a group (?P<name>…)',
  ],
  ['{ url: ws://a.example.com, tls: { insecure: true } }', 'websocket.tls: no TLS is spoken with a ws:// address; write wss://, or remove it'],
  [
    '{ url: wss://a.example.com, tls: { certificate: "-----BEGIN X-----", key: "-----BEGIN X-----" } }',
    'websocket.tls.key: a secret stands in the file; write a reference, such as "${env:CLIENT_KEY}"',
  ],
])('a mistake in a websocket monitor: %s', (websocket, words) => {
  expect(said(websocket)).toEqual([words]);
});

it('a mistake never tells what a reference stands for', () => {
  expect(said('"${env:X}"', { X: 'ftp://hush' }).join()).not.toContain('hush');
});

it('may hold a secret in its headers, which the function reads by itself', () => {
  const text = textWithMonitor('{ websocket: { url: wss://a.example.com, headers: { authorization: "${secret:shop/token}" } } }');
  expect(configOf(text).monitors[0]?.secrets).toEqual(['shop/token']);
});
