/** More of what the tests of cloudprober, Uptime Kuma and openstatus say of conditions. */
import { bad, body, good, type Proof, type Proofs, refusedHttp, status } from '../proof';

const wants = (json: string, rule: object) => ({ expect: { body: { json, ...rule } } });
const holds = (value: unknown, rule: object): Proof => good(body(JSON.stringify({ value })), wants('$.value', rule));
const fails = (value: unknown, rule: object): Proof => bad(['body', /^\$\.value is /], body(JSON.stringify({ value })), wants('$.value', rule));

/** All of these in turn. */
const all =
  (...proofs: readonly Proof[]): Proof =>
  async () => {
    for (const proof of proofs) await proof();
  };

const several = { expect: { status: [302, '200-299', 403] } };
const headers = status(200, { 'x-success': ['some', 'truly', 'last'], 'x-bad': 'some-bad' });
const states = ['queued', 'sell_only', 'sell_only'].map((state, index) => ({ id: ['a', 'b', 'c'][index], state }));
const results = body(JSON.stringify({ results: states }));
const selling = "$.results[?@.state == 'sell_only']";

export const furtherPeers: Proofs = {
  C01: refusedHttp('expect: { status: [301, 299-200] }', '"299-200" is no status code'),
  C02: all(good(status(204), several), good(status(403), several), bad(['status', 'status 301, wanted 2xx or 302 or 403'], status(301), several)),
  C03: bad(['status', /^status 404, wanted 2xx or 301-302$/], status(404), { expect: { status: ['2xx', 301, 302, 404, 'not 404'] } }),
  C04: refusedHttp('expect: { headers: { X-Success: { matches: "[bad_regex" } } }', '"[bad_regex" is no pattern'),
  C05: bad(['header', 'header x-success is "some" and "truly" and "last", wanted to match /best/'], headers, {
    expect: { headers: { 'X-Success': { matches: 'best' } } },
  }),
  C06: good(headers, { expect: { headers: { 'X-Success': {}, 'X-Bad': { matchesNot: 'really-bad' } } } }),
  C07: bad(['status', 'status 200, wanted 302'], headers, { expect: { status: 302, headers: { 'X-Success': {} } } }),
  C08: bad(['body', "the body is not JSON, so $ cannot be judged: {'a': 'b',}"], body("{'a': 'b',}"), wants('$', {})),
  C09: good(results, wants(selling, { count: 2 })),
  C10: bad(['body', `${selling} leads to 2 values, wanted 1`], results, wants(selling, { count: 1 })),
  C11: good(results, { expect: { body: ['b', 'c'].map((id) => ({ json: `$.results[?@.state == 'sell_only' && @.id == '${id}']`, exists: true })) } }),
  K01: all(holds('mx1.example.com', { equals: 'mx1.example.com' }), fails('mx1.example.com', { equals: 'mx1.example.org' })),
  K02: holds(1, { equalsNot: '1' }),
  K03: all(holds('example.org', { lacks: '.com' }), fails('example.org', { lacks: '.org' })),
  K04: all(
    good(body('{"value":["example.org"]}'), wants("$.value[?@ == 'example.org']", { count: 1 })),
    bad(['body', /leads to 1 values, wanted 0$/], body('{"value":["example.org"]}'), wants("$.value[?@ == 'example.org']", { count: 0 })),
  ),
  K05: all(
    holds('mx1.example.com', { matches: ['^mx1', 'example\\.com$'], matchesNot: ['^mx2', 'example\\.net$'] }),
    fails('mx1.example.com', { matches: '^mx2' }),
    fails('mx1.example.com', { matchesNot: 'example\\.com$' }),
  ),
  K06: all(
    holds(1, { below: 2, atLeast: 1 }),
    fails(1, { below: 1 }),
    holds(2, { above: 1, atLeast: 2 }),
    fails(1, { above: 1 }),
    fails(1, { atMost: 0 }),
    fails(2, { atLeast: 3 }),
  ),
  O01: bad(['header', /^header x-empty is missing/], status(200), { expect: { headers: { 'x-empty': { matches: '^$' } } } }),
  O02: good(headers, { expect: { headers: { 'x-bad': { matches: '.' } } } }),
  O03: all(
    good(status(201), { expect: { status: 'not 200' } }),
    bad(['status', 'status 200, wanted 1xx or 201-599'], status(200), { expect: { status: 'not 200' } }),
  ),
};
