/** What the tests of other monitors say of DNS, asked of ours; `docs/probes/dns.md` says where ours differs. */
import type { Answer } from 'dns-packet';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import { address, answerTo, nameServers, type Respond } from '../adapters/name-servers';
import { configOf, mistakesOf, textWith } from '../core/config/config-text';

const names = nameServers();
afterAll(() => names.close());

const prober = createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true });
const fileWith = (options: string): string => textWith({ monitors: `{ shop: { dns: { name: example.com, ${options} } } }`, network: '{ allowPrivate: true }' });

async function reasonOf(options: string, respond: Respond): Promise<string> {
  const [monitor] = configOf(fileWith(`resolver: "${await names.start(respond)}", ${options}`)).monitors;
  return (await prober.attempt(monitor!, 5000)).reason;
}

const name = 'example.com';
const recursive: Respond = (query) =>
  query.flag_rd ? answerTo(query, { answers: [address('127.0.0.1', 3600, name), address('127.0.0.2', 3600, name)] }) : answerTo(query, { rcode: 5 });
const authoritative: Respond = (query) =>
  answerTo(query, {
    isAuthoritative: true,
    answers: [address('127.0.0.1', 3600, name)],
    authorities: ['ns1.isp.net', 'ns2.isp.net'].map((data): Answer => ({ type: 'NS', name: 'isp.net', ttl: 7200, data })),
    additionals: ['127.0.0.1', '::1', '127.0.0.2'].map((data) => address(data, 7200, 'ns1.isp.net')),
  });
const failing: Respond = (query) => answerTo(query, { rcode: 2 });
const texts =
  (...records: string[]): Respond =>
  (query) =>
    answerTo(query, { answers: records.map((data): Answer => ({ type: 'TXT', name, ttl: 60, data })) });

it.each<[string, string, Respond, string]>([
  ['blackbox: recursive A over udp', 'expect: { answers: { count: 2 } }', recursive, 'ok'],
  ['blackbox: recursive A over tcp', 'transport: tcp, expect: { answers: { count: 2 } }', recursive, 'ok'],
  ['blackbox: NOERROR when only SERVFAIL and NXDOMAIN are allowed', 'expect: { rcode: [SERVFAIL, NXDOMAIN] }', recursive, 'dns-rcode'],
  ['blackbox: an empty section passes what must not match', 'expect: { authority: { matchesNot: ".*7200.*" } }', recursive, 'ok'],
  ['blackbox: an empty section fails what must match', 'expect: { authority: { matches: ".*7200.*" } }', recursive, 'dns-answer'],
  ['blackbox: recursion off at a server that only recurses', 'recursion: false', recursive, 'dns-rcode'],
  ['blackbox: a pattern for the authority section', 'expect: { authority: { matches: "ns.*.isp.net" } }', authoritative, 'ok'],
  ['blackbox: TTLs of the authority section', 'expect: { authority: { ttl: 7200 } }', authoritative, 'ok'],
  ['blackbox: what must not be in the additional section', 'expect: { additional: { matchesNot: "^127" } }', authoritative, 'dns-answer'],
  ['blackbox: not all of the additional section match', 'expect: { additional: { matches: "^127" } }', authoritative, 'ok'],
  ['blackbox: SERVFAIL where it is allowed', 'expect: { rcode: [SERVFAIL, NXDOMAIN] }', failing, 'ok'],
  ['blackbox: SERVFAIL where it is not', 'type: A', failing, 'dns-rcode'],
  ['openstatus: not_equals fails if any record is it', 'type: TXT, expect: { answers: { lacks: foo } }', texts('foo', 'bar'), 'dns-answer'],
  ['openstatus: contains holds if any record has the part', 'type: TXT, expect: { answers: { matches: ba } }', texts('foo', 'bar'), 'ok'],
  ['openstatus: equals fails without records', 'type: TXT, expect: { answers: { contains: foo } }', texts(), 'dns-answer'],
])('%s', async (_peer, options, respond, reason) => {
  expect(await reasonOf(options, respond)).toBe(reason);
});

it('blackbox: a code that does not exist is a mistake in the file', () => {
  expect(mistakesOf(fileWith('expect: { rcode: NOT_A_VALID_RCODE }'))).toEqual([expect.stringContaining('"NOT_A_VALID_RCODE" is no answer code')]);
});

it('blackbox: the class CH is not asked for: there is no such option', () => {
  expect(mistakesOf(fileWith('class: CH'))).toEqual([expect.stringContaining('unknown key `class`')]);
});
