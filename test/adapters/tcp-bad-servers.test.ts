/** What a tcp probe says of servers that begin TLS late, talk badly, too much, or not at all. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { TcpProbe, TcpStep } from '../../src/core/config/kinds/tcp/probe';
import type { Attempt, Reason } from '../../src/core/observation';
import { monitorOf, tcpProbe } from './monitors';
import { fixture, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
afterAll(() => servers.close());

const lookup = async () => [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
];
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup, trusted: fixture('authority.pem') };
const prober = wakeful(createProber(options));

const expecting = (pattern: string): TcpStep => ({ kind: 'expect', pattern, shown: pattern });
const sending = (text: string): TcpStep => ({ kind: 'send', text });

interface Wish extends Partial<TcpProbe> {
  readonly timeoutMs?: number;
  readonly host?: string;
}

const probe = (port: number, { timeoutMs = 5000, host = '127.0.0.1', ...more }: Wish = {}): Promise<Attempt> =>
  prober.attempt(monitorOf(tcpProbe(`${host}:${port}`, more)), timeoutMs);

describe('STARTTLS', () => {
  const secureContext = { key: fixture('server.key'), cert: fixture('good.pem') };
  const upgrading =
    (said: string, ready = '220 go\r\n') =>
    (socket: Socket): void => {
      const onData = (bytes: Buffer): void => {
        if (bytes.toString().startsWith('EHLO')) socket.write('250-mail.test\r\n250-STARTTLS\r\n250 OK\r\n');
        if (!bytes.toString().startsWith('STARTTLS')) return;
        socket.off('data', onData);
        socket.write(ready);
        const secured = new TLSSocket(socket, { isServer: true, ...secureContext });
        secured.on('error', () => undefined);
        secured.on('data', () => secured.write(said));
      };
      socket.on('data', onData);
      socket.write('220 mail.test ESMTP\r\n');
    };
  const dialogue: readonly TcpStep[] = [
    ...[expecting('^220.*ESMTP'), sending('EHLO prober'), expecting('^250-STARTTLS'), expecting('^250 '), sending('STARTTLS'), expecting('^220')],
    { kind: 'starttls', tls: { name: 'shop.test' } },
    ...[sending('EHLO prober'), expecting('^250-AUTH'), sending('QUIT')],
  ];

  it('goes on over TLS', async () => {
    const port = await servers.tcp(upgrading('250-AUTH PLAIN\r\n250 OK\r\n'));
    const attempt = await probe(port, { dialogue });
    expect(attempt).toMatchObject({ reason: 'ok', detail: '' });
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
  });

  it('with a certificate for another name fails', async () => {
    const port = await servers.tcp(upgrading('250-AUTH\r\n'));
    const other = dialogue.map((step): TcpStep => (step.kind === 'starttls' ? { kind: 'starttls', tls: {} } : step));
    expect(await probe(port, { host: 'other.test', dialogue: other })).toMatchObject({ reason: 'tls-name' });
  });

  it('takes nothing over that was slipped in before TLS', async () => {
    const port = await servers.tcp(upgrading('', '220 go\r\n250-AUTH\r\n'));
    expect(await probe(port, { dialogue })).toMatchObject({
      reason: 'protocol',
      detail: 'the server went on in plain text where TLS was to begin',
    });
  });
});

describe('a bad server', () => {
  const endless = (bytes: string) => (socket: Socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(bytes));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  };
  const steps = [expecting('^220 '), sending('HELO'), expecting('^250 ')];

  it.each<[string, (socket: Socket) => void, Reason, string | RegExp]>([
    ['says nothing', () => undefined, 'first-byte-timeout', 'no response began within 150 ms (at step 1 of 3)'],
    ['stops in its second line', (socket) => socket.write('220 hi\r\n25'), 'transfer-timeout', 'the response did not end within 150 ms (at step 3 of 3)'],
    ['closes at once', (socket) => socket.end(), 'dialogue', 'the server closed the connection and said nothing; step 1 of 3 wanted /^220 /'],
    ['closes its half after the greeting', (socket) => socket.end('220 hi\r\n'), 'dialogue', /step 3 of 3 wanted/],
    ['resets at once', (socket) => setTimeout(() => socket.resetAndDestroy(), 10), 'closed-early', /ECONNRESET\) \(step 1 of 3\)$/],
    [
      'resets in its second line',
      (socket) => {
        socket.write('220 hi\r\n');
        socket.once('data', () => socket.resetAndDestroy());
      },
      'closed-early',
      /step 3 of 3/,
    ],
    ['never ends its line', endless('x'.repeat(1000)), 'too-large', 'the server said more than 16384 bytes without the end of a line (step 1 of 3)'],
    ['says lines for ever', endless('500 no\r\n'.repeat(100)), 'too-large', 'the server said more than 1048576 bytes (step 1 of 3)'],
    ['says garbage', (socket) => socket.end(Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 7) % 256))), 'dialogue', /wanted/],
  ])('that %s', async (_case, onConnection, reason, detail) => {
    const port = await servers.tcp(onConnection);
    const attempt = await probe(port, { dialogue: steps, timeoutMs: reason.endsWith('timeout') ? 150 : 20_000 });
    expect(attempt.reason).toBe(reason);
    expect(attempt.detail).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail));
    expect(attempt.detail.length).toBeLessThan(300);
  });

  it('that says endless text where no line ends anything is cut off too', async () => {
    const port = await servers.tcp(endless('x'.repeat(1000)));
    expect(await probe(port, { newline: 'none', dialogue: [expecting('220')] })).toMatchObject({ reason: 'too-large' });
  });

  it('that reads nothing of what we send is cut off', async () => {
    const port = await servers.tcp((socket) => setImmediate(() => setImmediate(() => socket.pause())));
    const dialogue = Array.from({ length: 50 }, () => sending('x'.repeat(1_000_000)));
    expect(await probe(port, { dialogue, timeoutMs: 600 })).toMatchObject({ reason: 'first-byte-timeout' });
  });

  it('that demands a certificate of ours is told so', async () => {
    const port = await servers.tls('good.pem', () => undefined, { requestCert: true, rejectUnauthorized: true });
    expect(await probe(port, { host: 'shop.test', tls: {}, dialogue: [expecting('x')] })).toMatchObject({ reason: 'tls-client' });
  });
});
