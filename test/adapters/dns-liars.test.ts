/** What a dns probe says of name servers that lie, within its deadline. Every one of them is a real server. */
import type { Socket } from 'node:net';
import { encode } from 'dns-packet';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { DnsProbe } from '../../src/core/config/kinds/dns/probe';
import { dnsMonitor } from './monitors';
import { address, answerTo, nameServers, type Respond } from './name-servers';
import { startServers } from './servers';
import { wakeful } from './wakeful';

const names = nameServers();
const servers = startServers();
afterAll(() => Promise.all([names.close(), servers.close()]));

const prober = wakeful(createProber({ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true }));

/** The reason and the detail. */
async function ask(resolver: string, { timeoutMs = 5000, ...wish }: Partial<DnsProbe> & { readonly timeoutMs?: number } = {}): Promise<string> {
  const { reason, detail } = await prober.attempt(dnsMonitor({ resolver, ...wish }), timeoutMs);
  return detail === '' ? reason : `${reason}: ${detail}`;
}

const two = { answers: [address('192.0.2.10'), address('192.0.2.11', 60)] };

describe('a name server that lies', () => {
  const bytes =
    (respond: (header: Buffer, id: number) => Buffer): Respond =>
    (query) => {
      const good = encode(answerTo(query, two));
      return respond(good, query.id ?? 0);
    };
  /** A header with these counts and a question, followed by what is given. */
  const crafted = (good: Buffer, counts: readonly [number, number], rest: Buffer): Buffer => {
    const header = Buffer.from(good.subarray(0, 12));
    header.writeUInt16BE(counts[0], 4);
    header.writeUInt16BE(counts[1], 6);
    return Buffer.concat([header, rest]);
  };
  const questionOf = (good: Buffer): Buffer => good.subarray(12, 12 + 'shop.example.com'.length + 2 + 4);
  const unreadable = /^protocol: the answer is no DNS answer to the question: /;

  const lies: readonly [string, Respond, RegExp][] = [
    [
      'a name that points to itself',
      bytes((good) => crafted(good, [1, 1], Buffer.concat([questionOf(good), Buffer.from('c022000100010000003c0004c000020a', 'hex')]))),
      unreadable,
    ],
    ['names that point to each other', bytes((good) => crafted(good, [1, 0], Buffer.from('c00ec00c00010001', 'hex'))), unreadable],
    ['a packet that ends amid a record', bytes((good) => good.subarray(0, -3)), unreadable],
    [
      'an address that is not as long as addresses are',
      bytes((good) => crafted(good, [1, 1], Buffer.concat([questionOf(good), Buffer.from('c00c000100010000003c0003c00002', 'hex')]))),
      /its records are not as long as they claim$/,
    ],
    ['a packet that ends amid its header', bytes((good) => good.subarray(0, 7)), /it has 7 bytes, and its header alone takes 12$/],
    ['an empty packet', bytes(() => Buffer.alloc(0)), /it has 0 bytes/],
    ['garbage', bytes((_good, id) => Buffer.concat([Buffer.from([id >> 8, id & 255]), Buffer.alloc(500, 0xa5)])), /^(protocol|too-large): /],
    [
      'another id',
      bytes((good, id) => Buffer.concat([Buffer.from([(id >> 8) ^ 1, id & 255]), good.subarray(2)])),
      /it has the id \d+, and the question had \d+$/,
    ],
    ['its own question', (query) => encode({ ...query, type: 'query' }), /it is a question itself$/],
    [
      'the answer to another name',
      (query) => answerTo({ ...query, questions: [{ name: 'evil.example.com', type: 'A' }] }, two),
      /another question, A of evil\.example\.com$/,
    ],
    [
      'the answer to another type',
      (query) => answerTo({ ...query, questions: [{ name: 'shop.example.com', type: 'MX' }] }, two),
      /another question, MX of shop/,
    ],
    ['no question at all', (query) => answerTo({ ...query, questions: [] }, two), /another question, none$/],
    [
      'the claim of very many records',
      bytes((good) => crafted(good, [1, 65_535], questionOf(good))),
      /^too-large: the answer claims to hold 65\d+ records, more than 1000$/,
    ],
  ];

  it.each(lies)('with %s is found out, over UDP and over TCP', async (_case, respond, expected) => {
    const resolver = await names.start(respond);
    const startedAt = performance.now();
    expect(await ask(resolver)).toMatch(expected);
    expect(await ask(resolver, { transport: 'tcp' })).toMatch(expected);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });

  it('does not win by being first: the right answer may follow a forged one', async () => {
    const resolver = await names.start((query) => [
      encode({ ...answerTo(query, { rcode: 3 }), id: ((query.id ?? 0) + 1) % 65_536 }),
      encode(answerTo(query, two)),
    ]);
    expect(await ask(resolver)).toBe('ok');
  });

  it('whose answer is truncated over TCP as well is no name server', async () => {
    const resolver = await names.start((query) => ({ ...answerTo(query, {}), flags: 0x0200 }));
    expect(await ask(resolver)).toBe('protocol: the answer is truncated although it came over a connection');
  });

  it('whose answer was cut amid a record, and says so, is asked over TCP', async () => {
    const cut = (good: Buffer): Buffer => Buffer.concat([good.subarray(0, 2), Buffer.from([good[2]! | 2]), good.subarray(3, -3)]);
    const resolver = await names.start((query, over) => (over === 'udp' ? cut(encode(answerTo(query, two))) : answerTo(query, two)));
    expect(await ask(resolver)).toBe('ok');
  });

  it('or rather is silent, runs into the timeout', async () => {
    const resolver = await names.start(() => undefined);
    expect(await ask(resolver, { timeoutMs: 200 })).toBe('first-byte-timeout: no response began within 200 ms');
  });

  it('or rather is not there, refuses: a port that is closed is told at once', async () => {
    const port = await servers.closedPort();
    expect(await ask(`127.0.0.1:${port}`)).toBe(`connect-refused: connecting to 127.0.0.1:${port}: nothing listens there (ECONNREFUSED)`);
    expect(await ask(`127.0.0.1:${port}`, { transport: 'tcp' })).toMatch(/^connect-refused: /);
  });

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['closes at once', (socket) => socket.end(), /^closed-early: the connection was closed before an answer came$/],
    [
      'closes amid the answer',
      (socket) => socket.end(Buffer.from([0, 100, 1, 2, 3])),
      /^closed-early: the connection was closed amid the answer, after 5 bytes$/,
    ],
    ['resets', (socket) => socket.once('data', () => socket.resetAndDestroy()), /^closed-early: /],
    ['says nothing', () => undefined, /^first-byte-timeout: /],
    ['never finishes', drip, /^transfer-timeout: the response did not end within 400 ms$/],
    ['never ends', flood, /^protocol: the answer is no DNS answer/],
  ])('over TCP that %s', async (_case, onConnection, expected) => {
    const port = await servers.tcp(onConnection);
    expect(await ask(`127.0.0.1:${port}`, { transport: 'tcp', timeoutMs: 400 })).toMatch(expected);
  });
});

function drip(socket: Socket): void {
  socket.write(Buffer.from([0xff, 0xff]));
  const dripping = setInterval(() => socket.write(Buffer.from([0])), 20);
  socket.once('close', () => clearInterval(dripping));
}

/** As much as the other side takes. */
function flood(socket: Socket): void {
  const chunk = Buffer.alloc(65_536, 0xff);
  const pour = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', pour);
  pour();
}

it('never takes bytes that fell over for a bug of its own, nor for an answer', async () => {
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const resolver = await names.start((query) => {
    const bytes = encode(answerTo(query, two));
    for (let spoilt = 0; spoilt < 3; spoilt += 1) bytes[4 + next(bytes.length - 4)] = next(256);
    return bytes;
  });
  for (let tries = 0; tries < 150; tries += 1) expect(await ask(resolver, { transport: 'tcp' })).toMatch(/^(ok|protocol|too-large|dns-rcode|dns-answer)/);
});
