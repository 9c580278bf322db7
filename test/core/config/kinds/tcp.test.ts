// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWithMonitor } from '../config-text';

const probeOf = (tcp: string, environment = {}) => configOf(textWithMonitor(`{ tcp: ${tcp} }`), environment).monitors[0]!;
const said = (tcp: string, environment = {}) => mistakesOf(textWithMonitor(`{ tcp: ${tcp} }`), environment).map((line) => line.replace('monitors.shop.', ''));

const pem = '-----BEGIN X-----';

describe('a tcp monitor', () => {
  it('may be a host and its port alone', () => {
    const monitor = probeOf('mail.example.com:25');
    expect(monitor.probe).toEqual({ kind: 'tcp', host: 'mail.example.com:25', newline: 'crlf', dialogue: [], expect: {} });
    expect(monitor.target).toBe('mail.example.com:25');
  });

  it('may hold a dialogue', () => {
    const steps = '[{ expect: "^220 " }, { send: EHLO }, { expectHex: "0A 0b" }, { sendHex: 0a0b }, { starttls: true }, { send: a }]';
    expect(probeOf(`{ host: "[2001:db8::1]:25", newline: none, dialogue: ${steps}, expect: { within: 500ms } }`).probe).toEqual({
      kind: 'tcp',
      host: '[2001:db8::1]:25',
      newline: 'none',
      dialogue: [
        { kind: 'expect', pattern: '^220 ', shown: '^220 ' },
        { kind: 'send', text: 'EHLO' },
        { kind: 'expect-hex', hex: '0A 0b' },
        { kind: 'send-hex', hex: '0a0b' },
        { kind: 'starttls', tls: {} },
        { kind: 'send', text: 'a' },
      ],
      expect: { withinMs: 500 },
    });
  });

  it.each([
    ['true', {}],
    ['{}', {}],
    ['{ name: shop.example.com }', { name: 'shop.example.com' }],
    ['false', undefined],
  ])('with tls: %s', (tls, built) => {
    expect(probeOf(`{ host: a.example.com:1, tls: ${tls} }`).probe).toMatchObject(built === undefined ? {} : { tls: built });
    expect('tls' in probeOf(`{ host: a.example.com:1, tls: ${tls} }`).probe).toBe(built !== undefined);
  });

  it('keeps secrets out of its hash and its target', () => {
    const text = '{ host: "${env:HOST}", dialogue: [{ send: "PASS ${env:PASS}" }, { expect: "${env:WORD}" }, { sendHex: "${env:HEX}" }] }';
    const one = probeOf(text, { HOST: 'a.example.com:1', PASS: 'hush', WORD: 'one', HEX: '00' });
    const other = probeOf(text, { HOST: 'b.example.com:2', PASS: 'other', WORD: 'two', HEX: '01' });
    expect(one.hash).toBe(other.hash);
    expect(one.target).toBe('${env:HOST}');
    expect(one.probe).toMatchObject({ dialogue: [{ text: 'PASS hush' }, { pattern: 'one', shown: '${env:WORD}' }, { hex: '00' }] });
    expect(probeOf('"${env:HOST}"', { HOST: 'a.example.com:1' }).hash).toBe(probeOf('"${env:HOST}"', { HOST: 'b.example.com:1' }).hash);
  });

  it('has another hash when its dialogue is another', () => {
    expect(probeOf('{ host: a.example.com:1, dialogue: [{ send: a }] }').hash).not.toBe(probeOf('{ host: a.example.com:1, dialogue: [{ send: b }] }').hash);
  });
});

describe('a mistake in a tcp monitor', () => {
  it.each([
    ['mail.example.com', 'tcp: "mail.example.com" has no port; write a host and its port such as mail.example.com:25'],
    ['mail.example.com:0', 'tcp: "mail.example.com:0" has a port that does not exist; write a port from 1 to 65535'],
    ['mail.example.com:65536', 'tcp: "mail.example.com:65536" has a port that does not exist; write a port from 1 to 65535'],
    ['tcp://mail.example.com:25', 'tcp: "tcp://mail.example.com:25" is no host but more than that; write a host and its port such as mail.example.com:25'],
    ['me:hush@mail.example.com:25', 'tcp: the host holds a user or a password; write a host and its port such as mail.example.com:25'],
    [
      '"2001:db8::1:25"',
      'tcp: "2001:db8::1:25" is no host that can be read; write a host and its port such as mail.example.com:25; an IPv6 address stands in brackets',
    ],
    ['25', 'tcp: 25 is neither a host nor a map; write a host and its port such as mail.example.com:25, or a map with `host`'],
    ['127.0.0.1:25', 'tcp: "127.0.0.1:25" is a loopback address; write a public address, or allow it with `network: { allowPrivate: true }`'],
    ['{ host: 10.0.0.1:25 }', 'tcp.host: "10.0.0.1:25" is a private address; write a public address, or allow it with `network: { allowPrivate: true }`'],
    ['{ newline: crlf }', 'tcp.host: `host` is missing; write a host and its port such as mail.example.com:25'],
    ['{ host: a.example.com:1, newline: cr }', 'tcp.newline: "cr" is no line ending; write crlf, lf or none'],
    ['{ host: a.example.com:1, tls: 1 }', 'tcp.tls: 1 is neither true nor a map; write true, or a map such as { name: shop.example.com }'],
    ['{ host: a.example.com:1, tls: { name: "a:1" } }', 'tcp.tls.name: "a:1" is no name that a certificate can be for; write a name such as shop.example.com'],
    ['{ host: a.example.com:1, dialog: [] }', 'tcp.dialog: unknown key `dialog`; did you mean `dialogue`?'],
    ['{ host: a.example.com:1, dialogue: [] }', 'tcp.dialogue: [] is no dialogue; write a list of 1 to 50 steps such as `- expect: ^220`'],
    [
      '{ host: a.example.com:1, dialogue: [{ expect: "(?=x)" }] }',
      expect.stringMatching(/^tcp\.dialogue\[0\]\.expect: "\(\?=x\)" is no pattern that is judged in linear time/),
    ],
    [
      '{ host: a.example.com:1, dialogue: [{ expect: a, send: b }] }',
      'tcp.dialogue[0]: is not exactly one thing to do; write one of `expect`, `send`, `expectHex`, `sendHex`, `starttls`',
    ],
    [
      '{ host: a.example.com:1, dialogue: [{}] }',
      'tcp.dialogue[0]: is not exactly one thing to do; write one of `expect`, `send`, `expectHex`, `sendHex`, `starttls`',
    ],
    [
      '{ host: a.example.com:1, dialogue: [{ sendHex: 0a0 }] }',
      'tcp.dialogue[0].sendHex: "0a0" is no list of bytes in hexadecimal; write two digits for each byte, such as 10 0c 00 04',
    ],
    [
      '{ host: a.example.com:1, dialogue: [{ expect: "(a)" }, { send: "{{2}}" }] }',
      'tcp.dialogue[1].send: sends what no `expect` before it captures; write `{{1}}` for the first group of the `expect` before it, or `{{name}}` for a group (?P<name>…)',
    ],
    ['{ host: a.example.com:1, tls: { key: "${env:KEY}" } }', 'tcp.tls.key: a key without its certificate is never shown; add `certificate:`', { KEY: pem }],
    [
      `{ host: a.example.com:1, tls: { certificate: "${pem}", key: "${pem}" } }`,
      'tcp.tls.key: a secret stands in the file; write a reference, such as "${env:CLIENT_KEY}"',
    ],
    [
      `{ host: a.example.com:1, dialogue: [{ starttls: { certificate: "${pem}" } }] }`,
      'tcp.dialogue[0].starttls.certificate: a certificate without its key proves nothing; add `key:` by reference',
    ],
    ['{ host: a.example.com:1, tls: true, dialogue: [{ starttls: true }] }', 'tcp.dialogue[0].starttls: TLS has begun before; remove it, or `tls` above'],
    [
      '{ host: a.example.com:1, expect: { within: 1m } }',
      'tcp.expect.within: 1m is longer than the timeout of 10s, so it can never be missed; write 10s or less',
    ],
  ] as [string, string, Record<string, string>?][])('%s', (tcp, words, environment = {}) => {
    expect(said(tcp, environment)).toEqual([words]);
  });

  it('may send what named groups and groups of the last pattern captured', () => {
    expect(
      said('{ host: a.example.com:1, dialogue: [{ expect: "(?P<id>a)(b)" }, { send: "{{id}} {{2}} {{0}}" }, { expect: c }, { send: "{{id}}" }] }'),
    ).toEqual([]);
    expect(said('{ host: a.example.com:1, dialogue: [{ expect: "(a)(b)" }, { expect: c }, { send: "{{2}}" }] }')).toHaveLength(1);
  });

  it('never tells what a reference stands for', () => {
    expect(said('"${env:X}"', { X: 'hush' })).toEqual(['tcp: what "${env:X}" stands for has no port; write a host and its port such as mail.example.com:25']);
    expect(said('{ host: a.example.com:1, dialogue: [{ send: "${env:X}" }] }', { X: 'hush{{hush}}' }).join()).not.toContain('hush');
  });
});
