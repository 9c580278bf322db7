// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProber } from '../../src/adapters/probes/prober';
import { secretsInAws } from '../../src/adapters/secrets/aws-secrets';
import { createSecretCheck } from '../../src/adapters/secrets/secret-check';
import { readSecretFile, secretsInFile } from '../../src/adapters/secrets/secret-file';
import { createSecrets } from '../../src/adapters/secrets/secrets';
import { regionId } from '../../src/core/basics/brand';
import type { SecretPlace } from '../../src/core/secret';
import { configOf, textWith } from '../core/config/config-text';

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A store of one secret that can be changed, and a clock that can be moved. */
function storeOf(first: string) {
  const store = { value: first as string | Error, now: 0, reads: 0 };
  const readSecret = async (_place: SecretPlace): Promise<string> => {
    store.reads += 1;
    if (store.value instanceof Error) throw store.value;
    return store.value;
  };
  const secrets = createSecrets({ readSecret, elapsedMs: () => store.now });
  const read = async (reference = 'x') => (await secrets.read([reference])).get(reference);
  return { store, secrets, read };
}
const denied = Object.assign(new Error('nobody may read hush-hush'), { name: 'AccessDeniedException' });

it('a secret that is tried is read from where it is kept each time, whatever is known of it, and is given to nobody', async () => {
  const { store } = storeOf('one');
  const check = createSecretCheck(regionId('eu-west-1'), async () => {
    store.reads += 1;
    if (store.value instanceof Error) throw store.value;
    return store.value;
  });
  expect([await check.tryRead('x'), await check.tryRead('x'), store.reads]).toEqual([undefined, undefined, 2]);
  store.value = denied;
  await expect(check.tryRead('twinwatch/shop')).rejects.toThrow(/^the secret twinwatch\/shop could not be read \(AccessDeniedException\)$/);
});

describe('secrets', () => {
  it('are read when they are used, and kept for five minutes', async () => {
    const { store, read } = storeOf('one');
    expect([await read(), await read(), store.reads]).toEqual(['one', 'one', 1]);
    store.value = 'two';
    store.now = 299_999;
    expect(await read()).toBe('one');
    store.now = 300_000;
    expect([await read(), store.reads]).toEqual(['two', 2]);
  });

  it('are read once by whoever asks at the same time', async () => {
    const { store, read } = storeOf('one');
    await Promise.all([read(), read(), read()]);
    expect(store.reads).toBe(1);
  });

  it('are read anew where a receiver did not take what they were', async () => {
    const { store, secrets, read } = storeOf('one');
    await read();
    store.value = 'two';
    secrets.forget(['x']);
    expect(await read()).toBe('two');
  });

  it('stay what they were while their store fails, and the store is not asked each time', async () => {
    const { store, read } = storeOf('one');
    await read();
    store.value = denied;
    store.now = 300_000;
    expect([await read(), await read(), store.reads]).toEqual(['one', 'one', 2]);
    store.now = 310_000;
    expect([await read(), store.reads]).toEqual(['one', 3]);
  });

  it('that cannot be read are named, with the reason and without anything else', async () => {
    const { store, read } = storeOf('');
    await expect(read()).rejects.toThrow(/^the secret x could not be read \(it is empty\)$/);
    store.value = denied;
    store.now = 10_000;
    await expect(read()).rejects.toThrow(/^the secret x could not be read \(AccessDeniedException\)$/);
    await expect(read('a b')).rejects.toThrow('the secret a b could not be read (this can be no name of a secret)');
  });

  it.each([
    ['{"key":"k","n":7}', 'x#key', 'k'],
    ['{"key":"k","n":7}', 'x#n', '7'],
    ['value\n', 'x', 'value'],
    ['a\nb\r\n', 'x', 'a\nb'],
  ])('%j is read as %s: %j', async (stored, reference, value) => {
    expect(await storeOf(stored).read(reference)).toBe(value);
  });

  it.each(['no json', '[]', '{"other":"hush-hush"}', '{"key":{}}', '{"__proto__":{"key":"x"}}'])('lack a field: %s', async (stored) => {
    await expect(storeOf(stored).read('x#key')).rejects.toThrow('the secret x#key could not be read (it is no JSON object with the text "key" in it)');
  });
});

describe('a file of secrets', () => {
  const file = join(folder, 'secrets.yaml');

  it('holds names and values as references have them, and is read at each use', async () => {
    writeFileSync(file, 'twinwatch/pager: "0123"\nssm:/twinwatch/hook: https://x\ntwinwatch/both: { key: k }\n');
    const read = secretsInFile(file);
    expect(await read({ store: 'secrets-manager', name: 'twinwatch/pager' })).toBe('0123');
    expect(await read({ store: 'parameter-store', name: '/twinwatch/hook' })).toBe('https://x');
    expect(await read({ store: 'secrets-manager', name: 'twinwatch/both' })).toBe('{"key":"k"}');
    await expect(read({ store: 'parameter-store', name: 'twinwatch/pager' })).rejects.toMatchObject({ name: 'NotInTheFile' });
    writeFileSync(file, 'twinwatch/pager: changed\n');
    expect(await read({ store: 'secrets-manager', name: 'twinwatch/pager' })).toBe('changed');
  });

  it.each([['- hush-hush'], ['hush-hush'], ['a: [hush-hush']])('that holds none says so, and nothing of what it holds: %s', (text) => {
    writeFileSync(file, text);
    expect(() => readSecretFile(file)).toThrow(/write `name: value` lines/);
    expect(() => readSecretFile(file)).not.toThrow(/hush/);
  });

  it('that is not there is named', () => {
    expect(() => readSecretFile(join(folder, 'none'))).toThrow(/none cannot be read \(ENOENT\); name a file of `name: value` lines with --secrets FILE$/);
  });
});

const listening = (answer: Parameters<typeof createServer>[1]): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(answer).listen(0, '127.0.0.1', () => resolve(server));
  });
const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('secrets in AWS', () => {
  let server: Server;
  let last: { headers: IncomingMessage['headers']; body: string };
  let answer: { status: number; body: unknown };
  const before = { ...process.env };

  beforeAll(async () => {
    server = await listening((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        last = { headers: request.headers, body };
        response.writeHead(answer.status).end(JSON.stringify(answer.body));
      });
    });
    Object.assign(process.env, { AWS_ENDPOINT_URL: addressOf(server), AWS_ACCESS_KEY_ID: 'SOMEBODY', AWS_SECRET_ACCESS_KEY: 'local' });
  });
  afterAll(() => {
    server.close();
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  /** A machine that stands still for seconds is no store that is slow. */
  const readInAws = async (place: SecretPlace): Promise<string> => {
    const read = secretsInAws(regionId('eu-west-1'));
    return read(place).catch((error: Error) => (error.name === 'TimeoutError' ? read(place) : Promise.reject(error)));
  };

  it('are asked of Secrets Manager in the region of the function', async () => {
    answer = { status: 200, body: { SecretString: 'hush' } };
    expect(await readInAws({ store: 'secrets-manager', name: 'twinwatch/pager' })).toBe('hush');
    expect(last.headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
    expect(last.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=SOMEBODY\/\d{8}\/eu-west-1\/secretsmanager\/aws4_request/);
    expect(JSON.parse(last.body)).toEqual({ SecretId: 'twinwatch/pager' });
  });

  it('are asked of Parameter Store, decrypted', async () => {
    answer = { status: 200, body: { Parameter: { Value: 'hush' } } };
    expect(await readInAws({ store: 'parameter-store', name: '/twinwatch/pager' })).toBe('hush');
    expect(last.headers['x-amz-target']).toBe('AmazonSSM.GetParameter');
    expect(JSON.parse(last.body)).toEqual({ Name: '/twinwatch/pager', WithDecryption: true });
  });

  it('that are not there, or hold no text, fail under a name that says so', async () => {
    const read = () => readInAws({ store: 'secrets-manager', name: 'x' });
    answer = { status: 400, body: { __type: 'ResourceNotFoundException', Message: 'no' } };
    await expect(read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    answer = { status: 200, body: { SecretBinary: 'AAAA' } };
    await expect(read()).rejects.toMatchObject({ name: 'NoText' });
  });
});

describe('an http monitor with secrets', () => {
  let server: Server;
  let status = 200;
  const seen: IncomingMessage['headers'][] = [];
  const values = new Map([
    ['shop/key', 'key-0123456789'],
    ['shop/password', 'sesame-open'],
  ]);
  let reads = 0;
  const secrets = createSecrets({
    readSecret: async ({ name }) => {
      reads += 1;
      const value = values.get(name);
      if (value === undefined) throw denied;
      return value;
    },
    elapsedMs: () => 0,
  });
  const monitorWith = (what: string) =>
    configOf(textWith({ network: '{ allowPrivate: true }', monitors: `{ shop: { http: { url: "${addressOf(server)}/", ${what} } } }` })).monitors[0]!;
  const prober = createProber({ region: regionId('eu-west-1'), version: '0', allowPrivate: true, secrets });

  beforeAll(async () => {
    server = await listening((request, response) => {
      seen.push(request.headers);
      response.writeHead(status).end(`you sent ${JSON.stringify(request.headers)}`);
    });
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    status = 200;
    seen.length = 0;
  });

  it('sends what they stand for', async () => {
    const monitor = monitorWith('headers: { x-key: "${secret:shop/key}" }, basic: { user: me, password: "${secret:shop/password}" }');
    expect(await prober.attempt(monitor, 2000)).toMatchObject({ reason: 'ok' });
    const basic = `Basic ${Buffer.from('me:sesame-open').toString('base64')}`;
    expect(seen).toEqual([expect.objectContaining({ 'x-key': 'key-0123456789', authorization: basic })]);
  });

  it('says nothing of them, whatever the target repeats', async () => {
    status = 500;
    const monitor = monitorWith('headers: { a: "${secret:shop/key}" }, basic: { user: me, password: "${secret:shop/password}" }');
    const { detail } = await prober.attempt(monitor, 2000);
    expect(detail).toContain('status 500');
    for (const secret of [...values.values(), Buffer.from('me:sesame-open').toString('base64')]) expect(detail).not.toContain(secret.slice(0, 6));
  });

  it('reads them anew after it was turned away', async () => {
    status = 401;
    const monitor = monitorWith('headers: { x-key: "${secret:shop/key}" }');
    await prober.attempt(monitor, 2000);
    values.set('shop/key', 'key-rotated-98765');
    const before = reads;
    await prober.attempt(monitor, 2000);
    expect([reads - before, seen.at(-1)!['x-key']]).toEqual([1, 'key-rotated-98765']);
  });

  it('whose secret is missing is an error of the prober, never an outage, and the target is not asked', async () => {
    const attempt = await prober.attempt(monitorWith('bearer: "${secret:shop/none}"'), 2000);
    expect(attempt).toMatchObject({
      reason: 'prober-error',
      detail: expect.stringContaining('the secret shop/none could not be read (AccessDeniedException)'),
    });
    expect(seen).toEqual([]);
  });
});
