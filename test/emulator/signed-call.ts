/** Calls to services that the project has no client for, signed with AWS Signature Version 4. */
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:https';
import { credentials, type Emulator } from './emulator';

export interface Call {
  readonly service: string;
  readonly region: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path?: string;
  /** Sorted, as they are signed. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The body of the answer; throws where the service refuses. */
export async function signedCall(emulator: Emulator, call: Call): Promise<string> {
  const { method = 'POST', path = '/', body = '' } = call;
  const query = encoded(call.query ?? {});
  const headers = signedHeaders({ ...call, method, path, body }, query, new URL(emulator.endpoint).host);
  const { status, text } = await send(`${emulator.endpoint}${path}${query === '' ? '' : `?${query}`}`, { method, headers, body, emulator });
  if (status >= 300) throw new Error(`${call.service} ${call.region}: ${method} ${path} was answered with ${status}: ${text.slice(0, 300)}`);
  return text;
}

/** The services that are asked with a form, and answer with XML. */
export function formCall(emulator: Emulator, service: 'iam' | 'cloudformation', region: string, form: Readonly<Record<string, string>>): Promise<string> {
  const version = service === 'iam' ? '2010-05-08' : '2010-05-15';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return signedCall(emulator, { service, region, headers, body: encoded({ ...form, Version: version }) });
}

/** The services that are asked for an operation by name, and answer with JSON. */
export async function targetCall<T>(emulator: Emulator, service: string, region: string, { target, input }: { target: string; input: object }): Promise<T> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  return JSON.parse(await signedCall(emulator, { service, region, headers, body: JSON.stringify(input) })) as T;
}

function signedHeaders({ service, region, method, path, body = '', headers }: Call, query: string, host: string): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const signed: Record<string, string> = { ...headers, host, 'x-amz-date': time, 'x-amz-content-sha256': sha256(body) };
  const names = Object.keys(signed).sort();
  const canonical = [method, path, query, ...names.map((name) => `${name}:${signed[name]}`), '', names.join(';'), sha256(body)].join('\n');
  const key = [time.slice(0, 8), region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  const credential = `Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...signed, authorization: `AWS4-HMAC-SHA256 ${credential}` };
}

interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly emulator: Emulator;
}

function send(url: string, { method, headers, body, emulator }: Request): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: emulator.agent, timeout: 10_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.once('error', reject);
    });
    asked.once('timeout', () => asked.destroy(new Error(`${url} did not answer within 10 s`)));
    asked.once('error', reject);
    asked.end(body);
  });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function encoded(fields: Readonly<Record<string, string>>): string {
  const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}
