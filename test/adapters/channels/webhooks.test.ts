// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
/** What docs/webhooks.md shows is run, in each language whose interpreter is here. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChannels } from '../../../src/adapters/channels/channels';
import { signatureHeaders } from '../../../src/adapters/channels/post/signature';
import { createSecrets } from '../../../src/adapters/secrets/secrets';
import { regionId } from '../../../src/core/basics/brand';
import { channelOf, notice, openReceiver, type Receiver } from './receiver';

const page = readFileSync('docs/webhooks.md', 'utf8');
const programIn = (language: string): string => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page)![1]!;

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-webhooks-'));
let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

interface Request {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A request as a receiver gets it. */
async function signed(secret: string): Promise<Request> {
  const channels = createChannels({
    region: regionId('eu-west-1'),
    version: '0',
    allowPrivate: true,
    now: () => Date.now(),
    secrets: createSecrets({ readSecret: async () => secret, elapsedMs: () => 0 }),
  });
  receiver.got.length = 0;
  const told = notice({ headline: 'PAGE ürgent “quotes” \u{1f6a8}' });
  const channel = channelOf(`post: { url: ${receiver.url}, sign: "\${secret:signing}", body: "{{ headline }}" }`);
  expect(await channels.deliver(channel, told, 2000)).toEqual({ kind: 'delivered' });
  const { headers, body } = receiver.got[0]!;
  return { headers, body };
}

const interpreters = [
  { language: 'js', command: process.execPath, file: 'verify.mjs' },
  { language: 'python', command: 'python3', file: 'verify.py' },
].filter(({ command }) => spawnSync(command, ['--version']).status === 0);

it('there is a program in three languages', () => {
  for (const language of ['js', 'python', 'go']) expect(programIn(language)).toContain('webhook-signature');
});

describe.each(interpreters)('the program in $language', ({ language, command, file }) => {
  const path = join(folder, file);
  const verify = (request: Request, secret: string): number | null => {
    writeFileSync(path, programIn(language));
    return spawnSync(command, [path], { input: JSON.stringify(request), env: { PATH: process.env.PATH, SECRET: secret } }).status;
  };
  const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'any text at all'];

  it.each(secrets)('takes what is signed with %s', async (secret) => {
    expect(verify(await signed(secret), secret)).toBe(0);
  });

  it('refuses another key, another body, another name, an old time, and none', async () => {
    const [secret = ''] = secrets;
    const good = await signed(secret);
    const old = signatureHeaders({ id: 'x', seconds: Math.floor(Date.now() / 1000) - 301, body: 'b', secret });
    const bad: readonly (readonly [Request, string])[] = [
      [good, 'whsec_AAAA'],
      [{ ...good, body: `${good.body} ` }, secret],
      [{ ...good, headers: { ...good.headers, 'webhook-id': 'other' } }, secret],
      [{ ...good, headers: { ...good.headers, 'webhook-timestamp': 'soon' } }, secret],
      [{ ...good, headers: { ...good.headers, 'webhook-signature': 'v1,' } }, secret],
      [{ ...good, headers: {} }, secret],
      [{ headers: old, body: 'b' }, secret],
    ];
    expect(bad.map(([request, key]) => verify(request, key))).toEqual(bad.map(() => 1));
  });
});

it('the signature is that of Standard Webhooks, by its own example', () => {
  const { 'webhook-signature': signature } = signatureHeaders({
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    seconds: 1_614_265_330,
    body: '{"test": 2432232314}',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  });
  expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
