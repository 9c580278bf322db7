/** TLS that is asked for in plain text first: of servers that give it, refuse it, or behave badly at any step. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createProber } from '../../src/adapters/probes/prober';
import { regionId } from '../../src/core/basics/brand';
import type { StartTls } from '../../src/core/config/kinds/tls/probe';
import { type Attempt, type Reason, totalMs } from '../../src/core/observation';
import { monitorOf, tlsProbe } from './monitors';
import { fixture, startServers } from './servers';
import { wakeful } from './wakeful';

const servers = startServers();
afterAll(() => servers.close());

const prober = wakeful(
  createProber({
    ...{ region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, trusted: fixture('authority.pem') },
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
  }),
);

/** What a server says first, and to each question that begins so; `tls` goes over. */
interface Script {
  readonly greeting?: string;
  readonly answers: Readonly<Record<string, string>>;
}

const good: Readonly<Record<StartTls, Script>> = {
  smtp: { greeting: '220-mail.test\r\n220 ESMTP\r\n', answers: { EHLO: '250-mail.test\r\n250-SIZE 1\r\n250 STARTTLS\r\n', STARTTLS: '220 go\r\n' } },
  imap: { greeting: '* OK IMAP4rev1 ready\r\n', answers: { 't1 STARTTLS': '* note\r\nt1 OK go\r\n' } },
  pop3: { greeting: '+OK ready\r\n', answers: { STLS: '+OK go\r\n' } },
  postgres: { answers: { '\0\0\0\b\x04\xd2\x16\x2f': 'S' } },
};
const last: Readonly<Record<StartTls, string>> = { smtp: 'STARTTLS', imap: 't1 STARTTLS', pop3: 'STLS', postgres: '\0\0\0\b\x04\xd2\x16\x2f' };

const serverOf =
  (protocol: StartTls, { greeting, answers }: Script, certificate = 'good.pem') =>
  (socket: Socket): void => {
    const onData = (bytes: Buffer): void => {
      const asked = bytes.toString('latin1').replace('\r\n', '');
      const answer = Object.entries(answers).find(([question]) => asked.startsWith(question))?.[1];
      if (answer === undefined) return;
      if (answer === 'close') return void socket.end();
      if (answer === 'reset') return void socket.resetAndDestroy();
      if (asked === last[protocol] && good[protocol].answers[last[protocol]] === answer) {
        socket.off('data', onData);
        socket.write(answer);
        new TLSSocket(socket, { isServer: true, key: fixture('server.key'), cert: fixture(certificate) }).on('error', () => undefined).resume();
      } else socket.write(answer);
    };
    socket.on('data', onData);
    if (greeting !== undefined) socket.write(greeting);
  };

const protocols = Object.keys(good) as readonly StartTls[];

async function probe(protocol: StartTls, onConnection: (socket: Socket) => void, { host = 'shop.test', timeoutMs = 5000 } = {}): Promise<Attempt> {
  const port = await servers.tcp(onConnection);
  return prober.attempt(monitorOf(tlsProbe(`${host}:${port}`, { starttls: protocol })), timeoutMs);
}

describe.each(protocols)('STARTTLS of %s', (protocol) => {
  const script = good[protocol];
  const answering = (answer: string): Script => ({ ...script, answers: { ...script.answers, [last[protocol]]: answer } });

  it('is asked for and given', async () => {
    const attempt = await probe(protocol, serverOf(protocol, script));
    expect(attempt).toMatchObject({ reason: 'ok', detail: '' });
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
  });

  it('shows the certificate, which is judged', async () => {
    expect(await probe(protocol, serverOf(protocol, script, 'expired.pem'))).toMatchObject({ reason: 'tls-expired' });
    expect(await probe(protocol, serverOf(protocol, script), { host: 'other.test' })).toMatchObject({ reason: 'tls-name' });
  });

  it.each<[string, (socket: Socket) => void, Reason]>([
    ['is silent', () => undefined, 'first-byte-timeout'],
    ['is silent when it is asked', serverOf(protocol, answering('')), protocol === 'postgres' ? 'first-byte-timeout' : 'transfer-timeout'],
    ['closes at once', (socket) => socket.end(), 'closed-early'],
    ['closes when it is asked', serverOf(protocol, answering('close')), 'closed-early'],
    ['resets when it is asked', serverOf(protocol, answering('reset')), 'closed-early'],
    ['speaks something else', (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'), 'protocol'],
    ['says endless garbage', (socket) => socket.write('x'.repeat(40_000)), protocol === 'postgres' ? 'protocol' : 'too-large'],
    ['goes on in plain text', serverOf(protocol, answering(`${script.answers[last[protocol]]}more`)), 'protocol'],
  ])('of a server that %s', async (_case, onConnection, reason) => {
    const attempt = await probe(protocol, onConnection, { timeoutMs: reason.endsWith('timeout') ? 600 : 5000 });
    expect(attempt).toMatchObject({ reason });
    expect(totalMs(attempt.phases)).toBeLessThan(4900);
    expect(attempt.detail.length).toBeLessThan(250);
  });

  it('that is not followed by a handshake is cut off in it', async () => {
    const answer = script.answers[last[protocol]]!;
    const onConnection = (socket: Socket): void => {
      socket.on('data', (bytes) => {
        const asked = bytes.toString('latin1');
        socket.write(asked.startsWith(last[protocol]) ? answer : asked.startsWith('EHLO') ? (script.answers.EHLO ?? '') : '');
      });
      if (script.greeting !== undefined) socket.write(script.greeting);
    };
    expect(await probe(protocol, onConnection, { timeoutMs: 600 })).toMatchObject({ reason: 'tls-timeout' });
  });
});

it.each<[StartTls, Readonly<Record<string, string>>, string]>([
  ['smtp', { EHLO: '250-mail.test\r\n250 SIZE 1\r\n' }, 'the server does not begin TLS: it said "other abilities, but not STARTTLS"'],
  ['smtp', { EHLO: '502 what?\r\n' }, 'the server does not begin TLS: it said "502 what?"'],
  ['smtp', { STARTTLS: '454 not now\r\n' }, 'the server does not begin TLS: it said "454 not now"'],
  ['imap', { 't1 STARTTLS': 't1 BAD unknown\r\n' }, 'the server does not begin TLS: it said "t1 BAD unknown"'],
  ['pop3', { STLS: '-ERR no\r\n' }, 'the server does not begin TLS: it said "-ERR no"'],
  ['postgres', { [last.postgres]: 'N' }, 'the server does not begin TLS: it said "N"'],
])('%s that answers %j does not offer it', async (protocol, answers, detail) => {
  const script = { ...good[protocol], answers: { ...good[protocol].answers, ...answers } };
  expect(await probe(protocol, serverOf(protocol, script))).toMatchObject({ reason: 'starttls', detail });
});
