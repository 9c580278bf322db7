// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWithMonitor } from '../config-text';

const monitorFrom = (tls: string, environment = {}) => configOf(textWithMonitor(`{ tls: ${tls} }`), environment).monitors[0]!;
const said = (tls: string) => mistakesOf(textWithMonitor(`{ tls: ${tls} }`)).map((line) => line.replace('monitors.shop.', ''));
const pin = 'KHKxQdVhMgAdGjZu4qJYaXF0BRF9T1cIPGRQ3pK2Hhk=';

describe('a tls monitor', () => {
  it('may be a host alone', () => {
    expect(monitorFrom('shop.example.com').probe).toEqual({ kind: 'tls', host: 'shop.example.com', isVerified: true, expect: {} });
    expect(monitorFrom('shop.example.com:8443').target).toBe('shop.example.com:8443');
  });

  it('may say what it wants', () => {
    const expected = `{ daysLeft: 21, chainDaysLeft: { above: 14 }, pin: ${pin}, version: '1.3', within: 1s }`;
    expect(monitorFrom(`{ host: mail.example.com, name: mx.example.com, starttls: smtp, expect: ${expected} }`).probe).toEqual({
      kind: 'tls',
      host: 'mail.example.com',
      name: 'mx.example.com',
      starttls: 'smtp',
      isVerified: true,
      expect: { daysLeft: { atLeast: 21 }, chainDaysLeft: { above: 14 }, pins: [pin], version: '1.3', withinMs: 1000 },
    });
    expect(monitorFrom(`{ host: a.example.com, verify: false, expect: { pin: [${pin}] } }`).probe).toMatchObject({
      isVerified: false,
      expect: { pins: [pin] },
    });
  });

  it('keeps what references stand for out of its hash', () => {
    const text = '{ host: "${env:HOST}", name: "${env:NAME}" }';
    expect(monitorFrom(text, { HOST: 'a.example.com:1', NAME: 'b.example.com' }).hash).toBe(
      monitorFrom(text, { HOST: 'c.example.com:2', NAME: 'd.example.com' }).hash,
    );
  });
});

it.each([
  ['443', 'tls: 443 is neither a host nor a map; write a host such as shop.example.com, or a map with `host`'],
  ['https://shop.example.com', 'tls: "https://shop.example.com" is no host but more than that; write a host such as shop.example.com'],
  ['localhost', 'tls: "localhost" is this very machine; write a public address, or allow it with `network: { allowPrivate: true }`'],
  ['{ host: a.example.com, starttls: ftp }', 'tls.starttls: "ftp" is no protocol in which TLS can be asked for; write smtp, imap, pop3 or postgres'],
  ['{ host: a.example.com, verify: no }', 'tls.verify: "no" is neither true nor false; write true or false'],
  [
    '{ host: a.example.com, expect: { daysLeft: 21d } }',
    'tls.expect.daysLeft: "21d" is no number of days; write how many at least, such as 21, or a map such as { above: 21 }',
  ],
  [
    '{ host: a.example.com, expect: { pin: abc } }',
    'tls.expect.pin: "abc" is no pin; write the SHA-256 of the public key in base64, 44 characters that end with =, or a list of those',
  ],
  ['{ host: a.example.com, expect: { version: 1.3 } }', "tls.expect.version: 1.3 is no version of TLS; write '1.2' or '1.3', in quotes"],
  [
    '{ host: a.example.com, verify: false, expect: { chainDaysLeft: 1 } }',
    'tls.expect.chainDaysLeft: no chain is verified where `verify` is false; write `daysLeft`, or remove `verify`',
  ],
  [
    '{ host: a.example.com, expect: { within: 30s } }',
    'tls.expect.within: 30s is longer than the timeout of 10s, so it can never be missed; write 10s or less',
  ],
  ['{ host: a.example.com, ca: nonsense }', 'tls.ca: this is not in PEM; write it by reference, such as "${env:CLIENT_KEY}", with its BEGIN and END lines'],
  ['{ host: a.example.com, certificate: "-----BEGIN X-----" }', 'tls.certificate: a certificate without its key proves nothing; add `key:` by reference'],
])('a mistake in a tls monitor: %s', (tls, words) => {
  expect(said(tls)).toEqual([words]);
});
