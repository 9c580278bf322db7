/** MiniStack on a free port of 127.0.0.1, over TLS, evaluating IAM on every call; and how to speak to it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { familyOf, listenersOf } from './family';
import { lastWords, type Running, start } from './processes';
import { until } from './steps';

export interface Emulator {
  readonly endpoint: string;
  readonly agent: Agent;
  readonly process: Running;
  /** What a program needs in its environment to take the emulator for AWS. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where it and everything that it has started listen. */
  listeners(): readonly string[];
}

export const emulatorLogName = 'emulator.log';

/** Its root user, whose account is all zeros. */
export const account = '000000000000';
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

export async function startEmulator(python: string, workFolder: string): Promise<Emulator> {
  const port = await freePort();
  const endpoint = `https://127.0.0.1:${port}`;
  const { certificate, key } = makeCertificate(workFolder);
  for (const name of ['tmp', 'home']) mkdirSync(join(workFolder, name));
  const emulator = start({
    program: python,
    words: ['-m', 'ministack'],
    folder: workFolder,
    logFile: join(workFolder, emulatorLogName),
    environment: {
      PATH: process.env.PATH,
      HOME: join(workFolder, 'home'),
      TMPDIR: join(workFolder, 'tmp'),
      STATE_DIR: join(workFolder, 'state'),
      S3_DATA_DIR: join(workFolder, 's3'),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificate,
      MINISTACK_SSL_KEY: key,
      NODE_EXTRA_CA_CERTS: certificate,
      NODE_NO_WARNINGS: '1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  const agent = new Agent({ ca: readFileSync(certificate), keepAlive: true });
  await ready(emulator, `${endpoint}/_ministack/ready`, agent);
  return { endpoint, agent, process: emulator, environment: clientEnvironment(endpoint, certificate), listeners: () => listenersOf(familyOf(emulator.pid)) };
}

async function ready(emulator: Running, url: string, agent: Agent): Promise<void> {
  let isOver = false;
  void emulator.ended.then(() => {
    isOver = true;
  });
  await until('the emulator to say that it is ready', 30, async () => {
    if (isOver) return true;
    return (await statusOf(url, agent)) === 200 ? true : undefined;
  });
  if (isOver) throw new Error(`the emulator ended before it was ready:\n${lastWords(emulator.logFile)}`);
}

function statusOf(url: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('timeout', () => asked.destroy(new Error('no answer within 2 s')));
    asked.once('error', reject);
    asked.end();
  });
}

/** The bootstrap bucket refuses what does not come over TLS, so there must be a certificate; it lives as long as the run. */
function makeCertificate(folder: string): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...curve, '-days', '2', ...name, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { certificate, key };
}

/** Nothing of the caller's own AWS set-up may reach in. */
function clientEnvironment(endpoint: string, certificate: string): Readonly<Record<string, string | undefined>> {
  const foreign = Object.keys(process.env).filter((name) => name.startsWith('AWS_') || name.startsWith('CDK_'));
  return {
    ...process.env,
    ...Object.fromEntries(foreign.map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CA_BUNDLE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
    NODE_NO_WARNINGS: '1',
    NO_COLOR: '1',
    CI: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port is free'))));
    });
  });
}
