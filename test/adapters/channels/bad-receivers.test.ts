// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { startServers } from '../servers';
import { type Answering, channelOf, notice, openChannels, openReceiver, type Receiver, secretValues } from './receiver';

let receiver: Receiver;
const servers = startServers();
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => Promise.all([receiver.close(), servers.close()]));
beforeEach(() => {
  receiver.got.length = 0;
});

const deliverTo = (url: string, timeoutMs = 400) => openChannels().deliver(channelOf(`post: ${url}`), notice(), timeoutMs);
const answered = (answer: Answering, timeoutMs?: number) => {
  receiver.answer = answer;
  return deliverTo(receiver.url, timeoutMs);
};

describe('a receiver that', () => {
  it.each([200, 201, 202, 204])('answers %i has it', async (status) => {
    expect(await answered((response) => response.writeHead(status).end())).toEqual({ kind: 'delivered' });
  });

  it.each([500, 502, 503, 429, 408])('answers %i is asked again later', async (status) => {
    expect(await answered((response) => response.writeHead(status).end('not\nnow'))).toEqual({ kind: 'failed', reason: `status ${status}: not now` });
  });

  it.each([
    ['7', 7000],
    ['0', 0],
    ['1.5', 1500],
  ])('asks to wait %s s is heard', async (value, retryAfterMs) => {
    expect(await answered((response) => response.writeHead(429, { 'retry-after': value }).end())).toEqual({
      kind: 'failed',
      reason: 'status 429',
      retryAfterMs,
    });
  });

  it('asks to wait until a time is heard, and one that cannot be read is not', async () => {
    const later = await answered((response) => response.writeHead(503, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }).end());
    expect((later as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(25_000);
    expect(await answered((response) => response.writeHead(503, { 'retry-after': 'soon' }).end())).toEqual({ kind: 'failed', reason: 'status 503' });
  });

  it.each([400, 404, 410, 413])('answers %i will not have it', async (status) => {
    expect(await answered((response) => response.writeHead(status).end('no'))).toEqual({ kind: 'refused', reason: `status ${status}: no` });
  });

  it.each([301, 302, 307, 308])('redirects with %i is not followed: what it would get may be secret', async (status) => {
    const outcome = await answered((response) => response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end());
    expect(outcome).toEqual({ kind: 'refused', reason: `status ${status}: a redirect, which is not followed; write the address that it leads to` });
    expect(receiver.got).toHaveLength(1);
  });

  it('hangs is given up', async () => {
    expect(await answered(() => undefined, 150)).toEqual({ kind: 'failed', reason: 'first-byte-timeout: no response began within 150 ms' });
  });

  it('answers 200 and never ends has it', async () => {
    expect(await answered((response) => void response.writeHead(200).write('o'), 150)).toEqual({ kind: 'delivered' });
  });

  it('answers 200 and breaks off has it', async () => {
    const breaking: Answering = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('o');
      setImmediate(() => response.destroy());
    };
    expect(await answered(breaking)).toEqual({ kind: 'delivered' });
  });

  it('answers 2 MB has it, and is not read to the end', async () => {
    expect(await answered((response) => response.end('x'.repeat(2 * 1024 * 1024)))).toEqual({ kind: 'delivered' });
    const refused = await answered((response) => response.writeHead(400).end('x'.repeat(2 * 1024 * 1024)));
    expect(JSON.stringify(refused).length).toBeLessThan(300);
  });

  it('closes early is asked again later', async () => {
    const outcome = await answered((response) => response.destroy());
    expect(outcome).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/^closed-early: the connection was (closed|reset) before the response was complete/),
    });
  });

  it('speaks no HTTP is asked again later', async () => {
    const port = await servers.tcp((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    expect(await deliverTo(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed' });
  });

  it('is not there is asked again later', async () => {
    const port = await servers.closedPort();
    expect(await deliverTo(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('connect-refused') });
  });
});

describe('where a channel may lead', () => {
  it.each(['http://127.0.0.1:1/', 'http://[::1]/', 'http://169.254.169.254/latest/meta-data', 'http://localhost/'])(
    '%s is refused, unless the file allows it',
    async (url) => {
      const outcome = await openChannels({ allowPrivate: false }).deliver(channelOf(`post: "${url}"`), notice(), 1000);
      expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('is not a public address') });
    },
  );

  it('a secret that leads inside is refused, too', async () => {
    secretValues.set('inside', `${receiver.url}/hook`);
    const outcome = await openChannels({ allowPrivate: false }).deliver(channelOf('slack: "${secret:inside}"'), notice(), 1000);
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(receiver.got).toEqual([]);
  });
});

describe('a secret', () => {
  it('that is missing fails the channel, by its name', async () => {
    const outcome = await openChannels().deliver(channelOf('slack: "${secret:none}"'), notice(), 1000);
    expect(outcome).toEqual({ kind: 'failed', reason: 'the secret none could not be read (ResourceNotFoundException)' });
  });

  it('that is no address fails the channel, and is not said', async () => {
    secretValues.set('broken', 'hush hush');
    const outcome = await openChannels().deliver(channelOf('slack: "${secret:broken}"'), notice(), 1000);
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(outcome)).not.toContain('hush');
  });

  it('that is not taken is read anew at the next try', async () => {
    const channels = openChannels();
    const channel = channelOf(`pagerduty: { key: "\${secret:rotated}", url: ${receiver.url} }`);
    secretValues.set('rotated', 'old-key');
    receiver.answer = (response, { body }) => response.writeHead(body.includes('new-key') ? 202 : 403).end();
    expect(await channels.deliver(channel, notice(), 1000)).toMatchObject({ kind: 'refused', isStranger: true });
    secretValues.set('rotated', 'new-key');
    expect(await channels.deliver(channel, notice(), 1000)).toEqual({ kind: 'delivered' });
  });
});
