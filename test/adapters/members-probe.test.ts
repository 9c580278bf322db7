/** One service, asked by its name and at each of its addresses. */

import type { TLSSocket } from 'node:tls';
import type { Finding } from '../../src/adapters/probes/means';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { HostBudget } from '../../src/core/config/config';
import type { MembersProbe } from '../../src/core/config/kinds/members/probe';
import { monitorOf } from './monitors';
import { fixture, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
afterAll(() => servers.close());

/** The server, written in another way: another member, for all that a prober knows. */
const again = '::ffff:127.0.0.1';
const nobody = '127.0.0.9';
const options = {
  ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, trusted: fixture('authority.pem') },
  lookup: async () => [{ address: '127.0.0.1', family: 4 }],
};
const prober = wakeful(createProber(options));

const membersProbe = (url: string, at: readonly string[], more: Partial<MembersProbe> = {}): MembersProbe => ({
  ...{ kind: 'members', of: { kind: 'http', url, expect: { status: [[200, 299]] } }, members: { at } },
  ...more,
});
const attempt = (probe: MembersProbe, { by = prober, timeoutMs = 3000, budget }: { by?: typeof prober; timeoutMs?: number; budget?: HostBudget } = {}) =>
  by.attempt({ ...monitorOf(probe), ...(budget === undefined ? {} : { budget }) }, timeoutMs);

describe('a service of several members', () => {
  it('is asked by its name and at each address, with the same host', async () => {
    const hosts: string[] = [];
    const port = await servers.http((request, response) => {
      hosts.push(`${request.headers.host}${request.url}`);
      response.end();
    });
    const made = await attempt(membersProbe(`http://pay.test:${port}/health`, ['127.0.0.1', again]));
    expect(made).toMatchObject({ reason: 'ok', detail: '', address: `127.0.0.1:${port}` });
    expect(hosts).toEqual(Array(3).fill(`pay.test:${port}/health`));
  });

  it('keeps the name in TLS, so that the certificate is judged for it at each address', async () => {
    const names: (string | false | null)[] = [];
    const port = await servers.tls('good.pem', (socket) => {
      names.push((socket as TLSSocket).servername ?? null);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    });
    expect(await attempt(membersProbe(`https://shop.test:${port}/`, ['127.0.0.1', again]))).toMatchObject({ reason: 'ok' });
    expect(names).toEqual(['shop.test', 'shop.test', 'shop.test']);
  });

  it('says how many are well, and which is out', async () => {
    const port = await servers.http((_, response) => response.end());
    const url = `http://pay.test:${port}/`;
    const detail = `2 of 3, 127.0.0.9 is out: connect-refused: connecting to 127.0.0.9:${port}: nothing listens there (ECONNREFUSED)`;
    expect(await attempt(membersProbe(url, ['127.0.0.1', nobody, again]))).toMatchObject({ reason: 'members', detail, address: `127.0.0.1:${port}` });
    expect(await attempt(membersProbe(url, ['127.0.0.1', nobody, again], { atLeast: 2 }))).toMatchObject({ reason: 'ok', detail: '' });
  });

  it('is out where its name is, however its members are', async () => {
    const port = await servers.http((_, response) => response.end());
    const lost = createProber({ ...options, lookup: async () => [{ address: nobody, family: 4 }] });
    const made = await attempt(membersProbe(`http://pay.test:${port}/`, ['127.0.0.1']), { by: lost });
    expect(made).toMatchObject({ reason: 'connect-refused', detail: expect.stringMatching(/; of its members 1 of 1$/) });
  });

  it('tells whoever wants to know of each member', async () => {
    const port = await servers.http((_, response) => response.end());
    const told: Finding[] = [];
    await attempt(membersProbe(`http://pay.test:${port}/`, ['127.0.0.1', nobody]), { by: createProber({ ...options, tell: (finding) => told.push(finding) }) });
    expect(told.filter(({ what }) => what.startsWith('member'))).toEqual([
      { what: 'member 127.0.0.1', seen: expect.stringMatching(/^ok in [\d.]+ ms$/), isGood: true },
      { what: 'member 127.0.0.9', seen: expect.stringMatching(/^connect-refused: /), isGood: false },
    ]);
  });
});

describe('members by a name', () => {
  const named = (url: string): MembersProbe => membersProbe(url, [], { members: { resolve: 'members.test' } });
  const leading = (...addresses: readonly string[]) =>
    createProber({
      ...options,
      lookup: async (host) => (host === 'members.test' ? addresses : ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    });

  it('are the addresses that it has in one family', async () => {
    const port = await servers.http((_, response) => response.end());
    const url = `http://pay.test:${port}/`;
    expect(await attempt(named(url), { by: leading('127.0.0.1', '::9', '127.0.0.1') })).toMatchObject({ reason: 'ok' });
    expect(await attempt(named(url), { by: leading(nobody, '127.0.0.1') })).toMatchObject({
      reason: 'members',
      detail: expect.stringMatching(/^1 of 2, 127\.0\.0\.9 is out: /),
    });
  });

  it('must exist', async () => {
    const gone = createProber({ ...options, lookup: async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) });
    expect(await attempt(named('http://pay.test:1/'), { by: gone })).toMatchObject({
      reason: 'dns-nxdomain',
      detail: 'the members: members.test does not exist in DNS (ENOTFOUND)',
    });
    const many = Array.from({ length: 51 }, (_, index) => `127.1.0.${index}`);
    expect(await attempt(named('http://pay.test:1/'), { by: leading(...many) })).toMatchObject({
      reason: 'members',
      detail: 'members.test has 51 addresses, and at most 50 can be asked',
    });
  });

  it('may not lead into a private network: of such a member nothing is known', async () => {
    const port = await servers.http((_, response) => response.end());
    const told: Finding[] = [];
    const careful = createProber({ ...options, allowPrivate: false, tell: (finding) => told.push(finding) });
    expect(await attempt(membersProbe(`http://pay.test:${port}/`, ['127.0.0.1']), { by: careful })).toMatchObject({ reason: 'address-refused' });
    expect(told).toContainEqual({
      what: 'member 127.0.0.1',
      seen: expect.stringMatching(/^address-refused: 127\.0\.0\.1 is not a public address/),
      isGood: false,
    });
  });
});

describe('the budget of a host', () => {
  it('holds for all members together: so many at once', async () => {
    let underWay = 0;
    let most = 0;
    const port = await servers.http((_, response) => {
      most = Math.max(most, ++underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end();
      }, 20);
    });
    const probe = membersProbe(`http://pay.test:${port}/`, ['127.0.0.1', again, '::ffff:7f00:1']);
    await attempt(probe, { budget: { host: 'pay.test', atOnce: 1 } });
    expect(most).toBe(1);
    await attempt(probe);
    expect(most).toBeGreaterThan(1);
  });

  it('holds for all members together: so many a second', async () => {
    const begun: number[] = [];
    const port = await servers.http((_, response) => {
      begun.push(performance.now());
      response.end();
    });
    await attempt(membersProbe(`http://pay.test:${port}/`, ['127.0.0.1', again]), { budget: { host: 'pay.test', perSecond: 5 } });
    expect((begun[2] ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(250);
  });

  it('leaves each its share of the time, so that one that hangs takes none from the others', async () => {
    const port = await servers.http((request, response) => void (request.socket.localAddress === '127.0.0.1' && response.end()));
    const hanging = await servers.tcp(() => undefined);
    const made = await attempt(membersProbe(`http://pay.test:${hanging}/`, ['127.0.0.1']), { timeoutMs: 400, budget: { host: 'pay.test', atOnce: 1 } });
    expect(made).toMatchObject({
      reason: 'first-byte-timeout',
      detail: expect.stringContaining('within 200 ms; of its members 0 of 1, 127.0.0.1 is out: first-byte-timeout'),
    });
    expect(await attempt(membersProbe(`http://pay.test:${port}/`, ['127.0.0.1']))).toMatchObject({ reason: 'ok' });
  });
});
