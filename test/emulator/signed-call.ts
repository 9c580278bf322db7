/** Calls to services that the project has no client for, signed with AWS Signature Version 4. */
import { type Agent, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { signedHeaders } from '../../src/adapters/aws/signature';
import { credentials } from './emulator';

/** An emulator that can be asked, over TLS or not. */
export interface Reached {
  readonly endpoint: string;
  readonly agent: Agent;
}

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
export async function signedCall(emulator: Reached, call: Call): Promise<string> {
  const { method = 'POST', path = '/', body = '' } = call;
  const query = encoded(call.query ?? {});
  const { host } = new URL(emulator.endpoint);
  const headers = signedHeaders({ ...call, method, path, query, host, body, headers: call.headers ?? {} }, credentials, new Date());
  const { status, text } = await send(`${emulator.endpoint}${path}${query === '' ? '' : `?${query}`}`, { method, headers, body, emulator });
  if (status >= 300) throw new Error(`${call.service} ${call.region}: ${method} ${path} was answered with ${status}: ${text.slice(0, 300)}`);
  return text;
}

/** The services that are asked with a form, and answer with XML. */
export function formCall(emulator: Reached, service: 'iam' | 'cloudformation', region: string, form: Readonly<Record<string, string>>): Promise<string> {
  const version = service === 'iam' ? '2010-05-08' : '2010-05-15';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return signedCall(emulator, { service, region, headers, body: encoded({ ...form, Version: version }) });
}

/** The services that are asked for an operation by name, and answer with JSON. */
export async function targetCall<T>(emulator: Reached, service: string, region: string, { target, input }: { target: string; input: object }): Promise<T> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  return JSON.parse(await signedCall(emulator, { service, region, headers, body: JSON.stringify(input) })) as T;
}

interface Request {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly emulator: Reached;
}

function send(url: string, { method, headers, body, emulator }: Request): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = { method, headers, agent: emulator.agent, timeout: 10_000 };
    const asked = (url.startsWith('https:') ? requestOverTls : requestPlain)(url, options, (response) => {
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

function encoded(fields: Readonly<Record<string, string>>): string {
  const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
}
