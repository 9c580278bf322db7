/** Calls to services of AWS that the project has no client for. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RegionId } from '../../core/basics/brand';
import { limited } from './limited-call';
import { clientOptions, oncePerRegion } from './regional-client';
import { signedHeaders } from './signature';

export interface Post {
  readonly service: 'sts' | 'ssm' | 'cloudformation' | 'secretsmanager';
  readonly region: RegionId;
  readonly limitMs: number;
  readonly form?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly json?: object;
}

/** Any client of the SDK knows where the caller's credentials come from; this one is loaded anyway. */
const clients = oncePerRegion((region) => new DynamoDBClient(clientOptions(region)));

/** The text of the answer; a refusal becomes an error under the name that the service gives it. */
export async function signedPost({ service, region, limitMs, form, target, json }: Post): Promise<string> {
  // biome-ignore lint/style/noProcessEnv: the variable that the AWS SDK reads, too.
  const url = new URL(process.env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.amazonaws.com/`);
  const body = form === undefined ? JSON.stringify(json) : new URLSearchParams(form).toString();
  const type = form === undefined ? 'application/x-amz-json-1.1' : 'application/x-www-form-urlencoded';
  const headers = { 'content-type': type, ...(target === undefined ? {} : { 'x-amz-target': target }) };
  const what = `${service} ${region}: ${target ?? form?.Action}`;
  return limited({ what, limitMs }, async (signal) => {
    const credentials = await clients(region).config.credentials();
    const { host: _, ...signed } = signedHeaders(
      { service, region, method: 'POST', host: url.host, path: '/', query: '', headers, body },
      credentials,
      new Date(),
    );
    const response = await fetch(url, { method: 'POST', headers: signed, body, signal }).catch(throwCause);
    const text = await response.text();
    if (response.ok) return text;
    throw Object.assign(new Error(text.replace(/\s+/g, ' ').slice(0, 300)), { name: codeOf(text) ?? `HTTP ${response.status}` });
  });
}

/** What fetch throws says only that it failed; why stands behind it. */
function throwCause(error: unknown): never {
  throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

/** `<Code>…</Code>` in XML, `"__type":"com.amazonaws…#…"` in JSON. */
const codeOf = (text: string): string | undefined => (/<Code>(\w+)<\/Code>/.exec(text) ?? /"__type"\s*:\s*"(?:[^"#]*#)?(\w+)"/.exec(text))?.[1];
