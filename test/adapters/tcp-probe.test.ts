/** What a tcp probe says of connections and dialogues. */
import type { Socket } from 'node:net';
import type { Finding } from '../../src/adapters/probes/means';
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
const findings: Finding[] = [];
const options = { region: regionId('eu-west-1'), version: '1.2.3', allowPrivate: true, lookup, trusted: fixture('authority.pem') };
const prober = wakeful(createProber(options));
const explaining = createProber({ ...options, tell: (finding) => findings.push(finding) });

const expecting = (pattern: string): TcpStep => ({ kind: 'expect', pattern, shown: pattern });
const sending = (text: string): TcpStep => ({ kind: 'send', text });

interface Wish extends Partial<TcpProbe> {
  readonly timeoutMs?: number;
  readonly host?: string;
}

const probe = (port: number, { timeoutMs = 5000, host = '127.0.0.1', ...more }: Wish = {}): Promise<Attempt> =>
  prober.attempt(monitorOf(tcpProbe(`${host}:${port}`, more)), timeoutMs);

/** A server that says its first line, and answers each line by a function of it; `undefined` closes. */
const talking =
  (greeting: string, answer: (line: string) => string | undefined) =>
  (socket: Socket): void => {
    socket.write(greeting);
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        const said = answer(line);
        if (said === undefined) socket.end();
        else socket.write(said);
      }
    });
  };

describe('a connection', () => {
  it('is enough where nothing is to be said', async () => {
    const port = await servers.tcp(() => undefined);
    const attempt = await probe(port);
    expect(attempt).toMatchObject({ reason: 'ok', detail: '', address: `127.0.0.1:${port}` });
    expect(attempt.phases).toMatchObject({ tlsMs: 0, firstByteMs: 0, transferMs: 0 });
  });

  it('to a port on which nothing listens is refused', async () => {
    const port = await servers.closedPort();
    expect(await probe(port)).toMatchObject({ reason: 'connect-refused', detail: `connecting to 127.0.0.1:${port}: nothing listens there (ECONNREFUSED)` });
  });

  it('of a name with addresses of both families takes IPv4', async () => {
    const port = await servers.tcp(() => undefined);
    expect(await probe(port, { host: 'shop.test' })).toMatchObject({ reason: 'ok', address: `127.0.0.1:${port}` });
  });

  it('to a private address is refused where the file does not allow it', async () => {
    const port = await servers.tcp(() => undefined);
    const strict = createProber({ ...options, allowPrivate: false });
    for (const host of ['127.0.0.1', 'shop.test', '[::1]', '0x7f.1']) {
      expect(await strict.attempt(monitorOf(tcpProbe(`${host}:${port}`)), 2000)).toMatchObject({ reason: 'address-refused' });
    }
  });
});

describe('TLS from the first byte', () => {
  it.each<[string, string, TcpProbe['tls'], Reason]>([
    ['with a good certificate', 'shop.test', {}, 'ok'],
    ['to an address, with a name of its own', '127.0.0.1', { name: 'shop.test' }, 'ok'],
    ['with a certificate for another name', 'other.test', {}, 'tls-name'],
    ['with a certificate for another name than the one that is asked for', 'shop.test', { name: 'other.test' }, 'tls-name'],
  ])('%s', async (_case, host, tls, reason) => {
    const port = await servers.tls('good.pem', (socket) => socket.write('hello\n'));
    const attempt = await probe(port, { host, tls, dialogue: [expecting('^hello$')] });
    expect(attempt.reason).toBe(reason);
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
  });

  it('with an expired certificate says so before anything is said', async () => {
    let heard = 0;
    const port = await servers.tls('expired.pem', (socket) => socket.on('data', () => (heard += 1)));
    expect(await probe(port, { host: 'shop.test', tls: {}, dialogue: [sending('PASS hush')] })).toMatchObject({ reason: 'tls-expired' });
    expect(heard).toBe(0);
  });

  it('with a server that speaks plain text is a failed handshake, and one that says nothing is cut off in it', async () => {
    const plain = await servers.tcp((socket) => socket.end('220 hello\r\n'));
    expect(await probe(plain, { tls: {} })).toMatchObject({ reason: 'tls-error' });
    const silent = await servers.tcp(() => undefined);
    expect(await probe(silent, { tls: {}, timeoutMs: 600 })).toMatchObject({ reason: 'tls-timeout' });
  });
});

describe('a dialogue', () => {
  it('passes over other lines, and sends what was captured', async () => {
    const heard: string[] = [];
    const port = await servers.tcp(
      talking('NOTICE one\r\nPING token-7 x\r\n', (line) => {
        heard.push(line);
        return line === 'PONG token-7' ? ':irc 001 prober :Welcome\r\n' : '';
      }),
    );
    const dialogue = [expecting('^PING (?P<token>[^ ]+)'), sending('NICK {{nobody}}'), sending('PONG {{token}}'), expecting('^:[^ ]+ 001'), sending('QUIT')];
    expect(await probe(port, { dialogue })).toMatchObject({ reason: 'ok', detail: '' });
    for (let turn = 0; turn < 100 && heard.length < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(heard).toEqual(['NICK {{nobody}}', 'PONG token-7', 'QUIT']);
  });

  it('by number sends what the last pattern captured', async () => {
    const port = await servers.tcp(talking('a b\r\n', (line) => `${line}\r\n`));
    const dialogue = [expecting('^(a) (b)$'), sending('{{2}}{{1}}'), expecting('^(ba)$'), sending('{{1}} {{2}}'), expecting('^ba \\{\\{2\\}\\}$')];
    expect(await probe(port, { dialogue })).toMatchObject({ reason: 'ok' });
  });

  it('that ends with an error says what was said last, and what was wanted', async () => {
    const port = await servers.tcp((socket) => socket.end('NOTICE AUTH :*** Looking up\r\nERROR :Closing Link: (Bad user info)\r\n'));
    const dialogue = [sending('NICK prober'), sending('USER prober'), expecting('^:[^ ]+ 001')];
    expect(await probe(port, { dialogue })).toMatchObject({
      reason: 'dialogue',
      detail: 'the server closed the connection after "ERROR :Closing Link: (Bad user info)"; step 3 of 3 wanted /^:[^ ]+ 001/',
    });
  });

  it('takes a last line without an ending', async () => {
    const port = await servers.tcp((socket) => socket.end('not-a-line'));
    expect(await probe(port, { dialogue: [expecting('^not-a-line$')] })).toMatchObject({ reason: 'ok' });
  });

  it('may be of bytes', async () => {
    const port = await servers.tcp((socket) => socket.once('data', (bytes) => socket.write(Buffer.from([0x20, 0x02, bytes[0]!, 0xff]))));
    const dialogue: TcpStep[] = [
      { kind: 'send-hex', hex: '10 0C' },
      { kind: 'expect-hex', hex: '20 02' },
      { kind: 'expect-hex', hex: '10 ff' },
    ];
    expect(await probe(port, { dialogue })).toMatchObject({ reason: 'ok' });
    const wrong: TcpStep[] = [
      { kind: 'send-hex', hex: '10' },
      { kind: 'expect-hex', hex: '20 03 10 ff 00' },
    ];
    expect(await probe(port, { dialogue: wrong })).toMatchObject({
      reason: 'dialogue',
      detail: 'the server said 20 02 10 ff: other bytes than step 2 of 2 wanted',
    });
  });

  it.each([
    ['a prompt that ends no line', ['lo', 'gin: '], 'login: $'],
    ['bytes and no line', ['not-', 'a-line'], '^not-a-line$'],
    ['letters of several bytes, cut in their middle', [Buffer.from([0xc3]), Buffer.from([0xa9, 0xe2, 0x82]), Buffer.from([0xac])], '^é€$'],
  ])('without line endings finds %s, and uses up no more than that', async (_case, pieces, pattern) => {
    const port = await servers.tcp((socket) => {
      for (const [index, piece] of pieces.entries()) setTimeout(() => socket.write(piece), index * 15);
      setTimeout(() => socket.write('next'), 80);
    });
    expect(await probe(port, { newline: 'none', dialogue: [expecting(pattern), expecting('^next$')] })).toMatchObject({ reason: 'ok' });
  });

  it.each<[TcpProbe['newline'], string]>([
    ['crlf', 'hello\r\n'],
    ['lf', 'hello\n'],
    ['none', 'hello'],
  ])('with newline %s ends what it sends so', async (newline, wanted) => {
    let heard = '';
    const port = await servers.tcp((socket) =>
      socket.on('data', (bytes) => {
        heard += bytes.toString();
        socket.write('ok\n');
      }),
    );
    await probe(port, { newline, dialogue: [sending('hello'), expecting('ok')] });
    expect(heard).toBe(wanted);
  });

  it('that is right and too late is slow', async () => {
    const port = await servers.tcp((socket) => setTimeout(() => socket.write('220 hi\r\n'), 60));
    const attempt = await probe(port, { dialogue: [expecting('220')], expect: { withinMs: 20 } });
    expect(attempt).toMatchObject({ reason: 'slow', detail: expect.stringMatching(/^took \d+ ms, wanted within 20 ms$/) });
    expect(attempt.phases.firstByteMs).toBeGreaterThan(40);
  });

  it('explains each step, where somebody wants to know', async () => {
    const port = await servers.tcp(talking('220 hi\r\n', () => 'no\r\n'));
    findings.length = 0;
    await explaining.attempt(monitorOf(tcpProbe(`127.0.0.1:${port}`, { dialogue: [expecting('^220'), sending('x'), expecting('^no')] })), 1000);
    expect(findings).toEqual([
      { what: 'step 1 of 3', seen: '220 hi', wanted: '/^220/', isGood: true },
      { what: 'step 3 of 3', seen: 'no', wanted: '/^no/', isGood: true },
    ]);
  });
});

describe('a secret that is sent', () => {
  const echoing = (socket: Socket): void => void socket.on('data', (bytes) => socket.end(bytes));

  it.each<[string, TcpStep, TcpStep]>([
    ['as text', sending('PASS correct-horse'), expecting('^ok$')],
    ['as text that bytes are wanted after', sending('PASS correct-horse'), { kind: 'expect-hex', hex: '00 01' }],
    ['as bytes', { kind: 'send-hex', hex: '68 75 73 68 68 75 73 68' }, { kind: 'expect-hex', hex: '00 01' }],
  ])('%s is not told, even by a server that sends it back', async (_case, sent, wanted) => {
    const port = await servers.tcp(echoing);
    const { reason, detail } = await probe(port, { dialogue: [sent, wanted] });
    expect(reason).toBe('dialogue');
    expect(detail).not.toMatch(/horse|hush|68 75/);
  });

  it('in a pattern is not told either', async () => {
    const port = await servers.tcp((socket) => socket.end('no\n'));
    const { detail } = await probe(port, { dialogue: [{ kind: 'expect', pattern: 'correct-horse', shown: '$' + '{env:WORD}' }] });
    expect(detail).toBe('the server closed the connection after "no"; step 1 of 1 wanted /$' + '{env:WORD}/');
  });
});
