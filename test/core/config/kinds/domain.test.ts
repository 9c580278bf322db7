// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { configOf, mistakesOf, textWith, textWithMonitor } from '../config-text';

const probeOf = (domain: string) => configOf(textWithMonitor(`{ domain: ${domain}, interval: 6h }`)).monitors[0]?.probe;
const usual = { kind: 'domain', name: 'example.com', bootstrap: 'https://data.iana.org/rdap/dns.json', expect: { daysLeft: { atLeast: 30 } } };

it.each([
  ['example.com', usual],
  ['{ name: example.com }', usual],
  ['{ name: example.com, expect: { daysLeft: 45, within: 2s } }', { ...usual, expect: { daysLeft: { atLeast: 45 }, withinMs: 2000 } }],
  ['{ name: example.com, expect: { daysLeft: { above: 7 } } }', { ...usual, expect: { daysLeft: { above: 7 } } }],
  ['{ name: example.com, server: "https://rdap.example.net/" }', { ...usual, server: 'https://rdap.example.net/' }],
  ['{ name: example.com, bootstrap: "https://a.example.net/dns.json" }', { ...usual, bootstrap: 'https://a.example.net/dns.json' }],
])('a domain monitor is built from %s', (written, built) => {
  expect(probeOf(written)).toEqual(built);
});

it('has the same hash whatever its references stand for, and shows them as they are', () => {
  const monitorOf = (SERVER: string) =>
    configOf(textWithMonitor('{ domain: { name: example.com, server: "${env:SERVER}" }, interval: 6h }'), { SERVER }).monitors[0];
  expect(monitorOf('https://a.example.net/key')?.hash).toBe(monitorOf('https://b.example.net/other')?.hash);
  expect(monitorOf('https://a.example.net/key')?.target).toBe('example.com');
});

describe('a mistake in a domain monitor', () => {
  const advice = 'write the name as it was registered, such as example.com';
  it.each([
    ['7', `domain: 7 is neither a domain nor a map; ${advice}, or a map with \`name\``],
    ['{ name: com }', `domain.name: "com" is no domain that somebody could have registered; ${advice}`],
    ['{ name: 192.0.2.1 }', `domain.name: "192.0.2.1" is no domain that somebody could have registered; ${advice}`],
    ['{ name: "https://example.com" }', `domain.name: "https://example.com" is no domain that somebody could have registered; ${advice}`],
    [
      '{ name: example.com, expect: { daysLeft: soon } }',
      'domain.expect.daysLeft: "soon" is neither a number nor a comparison; write a number, or a map such as { atLeast: 10 }',
    ],
    ['{ name: example.com, registrar: x }', 'domain.registrar: unknown key `registrar`; known here: `name`, `server`, `bootstrap`, `expect`'],
  ])('is said with its place: %s', (domain, said) => {
    expect(mistakesOf(textWithMonitor(`{ domain: ${domain}, interval: 6h }`))).toEqual([`monitors.shop.${said}`]);
  });

  it('is to ask the registry every minute', () => {
    expect(mistakesOf(textWithMonitor('{ domain: example.com }'))).toEqual([
      'monitors.shop.domain: a registry would be asked every 1m, and would shut twinwatch out; write interval: 6h, or another one from 1h',
    ]);
  });

  it.each(['server', 'bootstrap'])('is a private address, unless that is allowed: %s', (key) => {
    const monitors = `{ shop: { domain: { name: example.com, ${key}: "http://127.0.0.1/" }, interval: 6h } }`;
    expect(mistakesOf(textWith({ monitors }))).toEqual([expect.stringMatching(new RegExp(`^monitors\\.shop\\.domain\\.${key}: .*allowPrivate`))]);
    expect(mistakesOf(textWith({ monitors, network: '{ allowPrivate: true }' }))).toEqual([]);
  });
});
