/** AWS Signature Version 4, for the few calls to services that the project has no client for. */
import { createHash, createHmac } from 'node:crypto';

export interface Signed {
  readonly service: string;
  readonly region: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** As it is sent: sorted and encoded. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** All headers that are to be sent, `host` among them. */
export function signedHeaders(call: Signed, credentials: Credentials, now: Date): Record<string, string> {
  const { service, region, method, path, query, headers, body, host } = call;
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const token: Record<string, string> = credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken };
  const signed: Record<string, string> = { ...headers, ...token, host, 'x-amz-date': time, 'x-amz-content-sha256': sha256(body) };
  const names = Object.keys(signed).sort();
  const canonical = [method, path, query, ...names.map((name) => `${name}:${signed[name]}`), '', names.join(';'), sha256(body)].join('\n');
  const key = [time.slice(0, 8), region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
  const credential = `Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...signed, authorization: `AWS4-HMAC-SHA256 ${credential}` };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
