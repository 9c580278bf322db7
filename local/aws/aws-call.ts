/** Reads from the wire which call of which service this is, by whom, and meant for which region. */
import { partitionKey } from '../../src/core/table';
import { type Exchange, headerOf } from './http-exchange';

export interface Caller {
  readonly accessKey: string;
  /** The region the client means, which need not be the one whose edge it asked. */
  readonly region: string;
  readonly service: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface AwsCall {
  readonly service: string;
  /** Such as `PutItem`; for an unknown path of Lambda the method and path. */
  readonly action: string;
  /** The fields of the call; empty where it is not understood. */
  readonly input: Fields;
  /** What it touches, as far as rights go: leading keys such as `BEAT#eu-west-1`, a function, a topic, a namespace. */
  readonly resources: readonly string[];
}

/** The SigV4 credential scope: the key names the function, and the scope the region and service. */
export function callerOf(exchange: Exchange): Caller | undefined {
  const match = /Credential=([^/\s,]+)\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request/.exec(headerOf(exchange, 'authorization') ?? '');
  const [, accessKey, region, service] = match ?? [];
  return accessKey === undefined || region === undefined || service === undefined ? undefined : { accessKey, region, service };
}

/** Throws a SyntaxError where the body is not what the service speaks. */
export function readCall(service: string, exchange: Exchange): AwsCall {
  if (service === 'sns') return readForm(exchange);
  if (service === 'lambda') return readInvoke(exchange);
  const action = (headerOf(exchange, 'x-amz-target') ?? '').split('.').at(-1) ?? '';
  const input = action === '' ? {} : fieldsOf(JSON.parse(exchange.body.toString()));
  return { service, action, input, resources: resourcesOf(service, input) };
}

function resourcesOf(service: string, input: Fields): readonly string[] {
  if (service === 'dynamodb') return leadingKeys(input);
  return textOf(input[{ secretsmanager: 'SecretId', ssm: 'Name' }[service] ?? 'Namespace']);
}

function readForm(exchange: Exchange): AwsCall {
  const input = Object.fromEntries(new URLSearchParams(exchange.body.toString()));
  return { service: 'sns', action: input.Action ?? '', input, resources: textOf(input.TopicArn) };
}

function readInvoke(exchange: Exchange): AwsCall {
  const match = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/.exec(exchange.target);
  if (exchange.method !== 'POST' || match?.[1] === undefined) {
    return { service: 'lambda', action: `${exchange.method} ${exchange.target}`, input: {}, resources: [] };
  }
  const name = decodeURIComponent(match[1])
    .replace(/^.*:function:/, '')
    .replace(/:.*$/, '');
  return { service: 'lambda', action: 'Invoke', input: { FunctionName: name }, resources: [name] };
}

function leadingKeys(input: Fields): string[] {
  const single = [fieldsOf(input.Item), fieldsOf(input.Key)];
  const batches = Object.values(fieldsOf(input.RequestItems)).flatMap((batch) => fieldsOf(batch).Keys ?? []);
  const keys = [...single, ...batches.map(fieldsOf)].map((key) => fieldsOf(key[partitionKey]).S);
  const names = [...keys, queriedKey(input)].flatMap(textOf).map((key) => key.split('#').slice(0, 2).join('#'));
  return [...new Set(names)];
}

/** `pk = :pk` or `#pk = :pk` in a key condition. */
function queriedKey(input: Fields): unknown {
  const names = fieldsOf(input.ExpressionAttributeNames);
  const values = fieldsOf(input.ExpressionAttributeValues);
  for (const [, name = '', value = ''] of String(input.KeyConditionExpression ?? '').matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((names[name] ?? name) === partitionKey) return fieldsOf(values[value]).S;
  }
  return undefined;
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

const textOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);
