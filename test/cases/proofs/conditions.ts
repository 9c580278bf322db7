/** Comparisons, lengths, patterns and choices, in the words of our conditions. */

import { X509Certificate } from 'node:crypto';
import { hour } from '../../../src/core/basics/time';
import { ask } from '../../adapters/http/asking';
import { answering, fixture } from '../../adapters/servers';
import { asked, bad, body, good, type Proof, type Proofs, refusedHttp, servers, status, takenHttp } from '../proof';

const wants = (json: string, rule: object) => ({ expect: { body: { json, ...rule } } });
const people = body('{"name":"john.doe"}');

/** Whether `value` as JSON is as wanted. */
const holds = (value: unknown, rule: object): Proof => good(body(JSON.stringify({ value })), wants('$.value', rule));
const fails = (value: unknown, rule: object, detail: string): Proof => bad(['body', detail], body(JSON.stringify({ value })), wants('$.value', rule));

const ending = { url: async () => `https://127.0.0.1:${await servers.tls('good.pem', answering('HTTP/1.1 200 OK\r\n\r\nyes'))}/` };

/** As if the clock of people stood so long before the certificate ends. */
async function seenBeforeItsEnd(ms: number, work: () => Promise<void>): Promise<void> {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(new X509Certificate(fixture('good.pem')).validTo) - ms);
  await work();
  clock.mockRestore();
}

const both = { contains: 'mx1.', matches: 'example\\.com|example\\.org' };

export const conditions: Proofs = {
  P140: takenHttp('expect: { status: [200, 201, 202, 203] }'),
  async P142() {
    await takenHttp('expect: { body: { json: $.users, length: 100 } }')();
    await refusedHttp('expect: { body: { json: "$.users[0", length: 100 } }', '"$.users[0" is no path')();
  },
  P144: takenHttp('expect: { daysLeft: { above: 2 } }'),
  P146: refusedHttp('expect: { size: { about: 201 } }', 'unknown key `about`'),
  P148: refusedHttp('expect: { status: "= = 201" }', '"= = 201" is no status code'),
  P150: refusedHttp('expect: { size: {} }', 'a condition that wants nothing'),
  P152: bad(['status', 'status 500, wanted 200'], status(500), { expect: { status: 200 } }),
  P154: good((_request, response) => void setTimeout(() => response.end(), 50), { expect: { within: '1s' } }),
  P158: good(body('test'), { expect: { body: { equals: 'test' } } }),
  P160: good(body('{"status":"UP"}'), wants('$.status', { equals: 'UP' })),
  P162: bad(['body', 'there is nothing at $.data.name'], body('{"data":{"id":1}}'), wants('$.data.name', { length: 4 })),
  P164: good(body('[{"id":1},{"id":2}]'), wants('$[0].id', { equals: 1 })),
  P166: bad(['body', 'there is nothing at $.data'], body('null'), wants('$.data', { equals: 'OK' })),
  P168: good(body('{"data":[{"id":1},{"id":2},{"id":3}]}'), wants('$.data[1].id', { equals: 2 })),
  P170: good(body('{"data":"0x1"}'), wants('$.data', { length: 3 })),
  async P172() {
    expect(await ask({ url: `http://127.0.0.1:${await servers.closedPort()}/` })).toMatchObject({ reason: 'connect-refused' });
  },
  async P174() {
    await seenBeforeItsEnd(24 * hour, async () => {
      await good(ending, { tls: { insecure: true }, expect: { daysLeft: { above: 0.5 } } })();
      await bad(['tls-days', 'the certificates have 1.0 days left, wanted above 2'], ending, { tls: { insecure: true }, expect: { daysLeft: { above: 2 } } })();
    });
  },
  P176: good(body('[{},{},{}]'), wants('$', { length: 3 })),
  P178: bad(['body', 'there is nothing at $.data'], people, wants('$.data', { length: 8 })),
  P180: bad(['body', '$.name is "john.doe", wanted to match /^bob/'], people, wants('$.name', { matches: '^bob' })),
  P182: good(status(404), { expect: { status: '4xx' } }),
  P184: good(status(429), { expect: { status: [200, 429] } }),
  P186: good(body('{}'), wants('$.errors', { exists: false })),
  P188: fails('1', { equals: 1 }, '$.value is "1", wanted 1'),
  P190: fails(1, { equalsNot: 1 }, '$.value is 1, wanted anything else'),
  P192: holds('mx1.example.org', { contains: 'example.org' }),
  P194: holds(1, { atMost: 1 }),
  async P196() {
    await holds('mx1.example.org', both)();
    await fails('example.org', both, '$.value is "example.org", wanted to contain "mx1."')();
  },
  P292: good(status(200), { expect: { status: '200-599' } }),
  P294: bad(['status', 'status 201, wanted 200'], status(201), { expect: { status: 200 } }),
  async P296() {
    const url = async () => `http://127.0.0.1:${await servers.tcp(answering('HTTP/1.1 200 OK\r\nVa ry\r\n\r\n'))}/`;
    expect(await asked({ url }, { expect: { headers: { vary: { contains: 'x' } } } })).toMatchObject({ reason: 'protocol' });
  },
};
