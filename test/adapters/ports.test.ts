/** The ports as functions get them: AWS found by the environment, and what goes over the wire to SNS and CloudWatch. */
import type { IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createPorts } from '../../src/adapters/ports';
import { instant, regionId } from '../../src/core/basics/brand';
import type { Config } from '../../src/core/config/config';
import { type Ports, Refused } from '../../src/engine/ports';
import { startDynalite } from './engines';
import { httpMonitor } from './monitors';
import { startServers } from './servers';

const servers = startServers();
const [ireland, ohio] = [regionId('eu-west-1'), regionId('us-east-2')];

const config: Config = {
  madeAt: instant(0),
  hash: 'abc',
  regions: { probers: [ireland, ohio] },
  beatIntervalMs: 60_000,
  watch: { tolerateMs: 60_000 },
  anchors: [],
  outside: [],
  network: { allowPrivate: true },
  channels: [],
  monitors: [],
};
const ports: Ports = createPorts({ config, region: ireland, account: '123456789012', version: '1.2.3', invocation: 'run-1' });

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
const heard: Heard[] = [];
let answer: { status: number; body: string } | 'hang' = { status: 200, body: '' };

beforeAll(async () => {
  const port = await servers.http(async (request, response) => {
    const body = await buffer(request);
    heard.push({ path: request.url ?? '', headers: request.headers, body });
    if (answer !== 'hang') response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterAll(() => servers.close());
beforeEach(() => {
  heard.length = 0;
});

const accepted =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>';
const message = { subject: 'DOWN checkout', text: 'checkout is down\nsince 04:02', json: '{"incident":"checkout:availability"}' };

describe('a message', () => {
  it('reaches the topic of its region, as text for people and as JSON for programs', async () => {
    answer = { status: 200, body: accepted };
    expect(await ports.topics.publish(ohio, message)).toBe('m-1');
    const form = new URLSearchParams(heard[0]!.body.toString());
    expect(form.get('Action')).toBe('Publish');
    expect(form.get('TopicArn')).toBe('arn:aws:sns:us-east-2:123456789012:twinwatch-alerts');
    expect(form.get('Subject')).toBe('DOWN checkout');
    expect(form.get('MessageStructure')).toBe('json');
    const { text, json, subject } = message;
    const lambda = JSON.stringify({ text, event: JSON.parse(json) });
    expect(JSON.parse(form.get('Message')!)).toEqual({ default: text, sms: subject, http: json, https: json, sqs: json, lambda });
    expect(heard[0]!.headers.authorization).toContain('/us-east-2/sns/aws4_request');
  });

  it.each([
    [undefined, '["~all"]'],
    [['ops-mail', 'pager'], '["ops-mail","pager"]'],
  ])('for %j says so in an attribute, without which SNS would drop it at every filter', async (channels, value) => {
    answer = { status: 200, body: accepted };
    await ports.topics.publish(ohio, { ...message, channels });
    const form = new URLSearchParams(heard[0]!.body.toString());
    const entry = 'MessageAttributes.entry.1';
    expect([`${entry}.Name`, `${entry}.Value.DataType`, `${entry}.Value.StringValue`].map((name) => form.get(name))).toEqual([
      'channels',
      'String.Array',
      value,
    ]);
  });

  it('that a topic refuses is an error with its words', async () => {
    answer = {
      status: 403,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>not allowed</Message></Error></ErrorResponse>',
    };
    const publishing = ports.topics.publish(ohio, message);
    await expect(publishing).rejects.toThrow(/^topic us-east-2: Publish failed: not allowed/);
    await expect(publishing).rejects.toBeInstanceOf(Refused);
  });
});

describe('a beat metric', () => {
  it('goes into the CloudWatch of the region asked for, and names the function and its own region', async () => {
    answer = { status: 200, body: '{}' };
    await ports.beatMetrics.publish(ohio, 'prober', ireland, instant(Date.parse('2026-11-21T04:02:00Z')));
    const [{ headers, body }] = heard as [Heard];
    expect(headers.authorization).toContain('/us-east-2/monitoring/aws4_request');
    expect(headers['x-amz-target']).toBe('GraniteServiceVersion20100801.PutMetricData');
    const dimensions = [
      { Name: 'Function', Value: 'prober' },
      { Name: 'Region', Value: 'eu-west-1' },
    ];
    expect(JSON.parse(body.toString())).toEqual({
      Namespace: 'twinwatch',
      MetricData: [{ MetricName: 'Beat', Dimensions: dimensions, Timestamp: Date.parse('2026-11-21T04:02:00Z') / 1000, Value: 1, Unit: 'Count' }],
    });
  });

  it('that CloudWatch throttles is refused, which is not silence', async () => {
    answer = { status: 400, body: JSON.stringify({ __type: 'com.amazonaws.cloudwatch#ThrottlingException', message: 'Rate exceeded' }) };
    await expect(ports.beatMetrics.publish(ohio, 'prober', ireland, instant(0))).rejects.toBeInstanceOf(Refused);
  });

  it('is given up after a second and a half', async () => {
    answer = 'hang';
    const publishing = ports.beatMetrics.publish(ohio, 'watchdog', ireland, instant(0));
    await expect(publishing).rejects.toThrow('metrics us-east-2: PutMetricData took longer than 1500 ms');
  });
});

describe('the ports of a function', () => {
  it('poke the prober of a region', async () => {
    answer = { status: 200, body: JSON.stringify({ nonce: 'n-1', region: ohio, store: 'answers' }) };
    expect(await ports.pokes.poke(ohio, 'n-1')).toMatchObject({ nonce: 'n-1', region: ohio });
    expect(decodeURIComponent(heard[0]!.path)).toContain('arn:aws:lambda:us-east-2:123456789012:function:twinwatch-prober/invocations');
  });

  it('reach a table by the endpoint of the environment', async () => {
    const engine = await startDynalite();
    const endpoint = await engine.client.config.endpoint?.();
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${endpoint?.port}`;
    try {
      const replica = ports.replica(ireland);
      expect(replica.region).toBe(ireland);
      expect(await replica.putIfNewer({ pk: 'CLAIM#eu-west-1', sk: '0', seq: 1 })).toBe('written');
      expect(await ports.replica(ireland).get([{ pk: 'CLAIM#eu-west-1', sk: '0' }])).toEqual([{ pk: 'CLAIM#eu-west-1', sk: '0', seq: 1 }]);
    } finally {
      await engine.close();
    }
  });

  it('probe, ask anchors, tell the time and write the diary', async () => {
    const port = await servers.http((_request, response) => response.end());
    expect(await ports.prober.attempt(httpMonitor(`http://127.0.0.1:${port}/`), 2000)).toMatchObject({ reason: 'ok' });
    expect(await ports.anchors.answers(`http://127.0.0.1:${port}/`, 2000)).toBe(true);
    expect(Math.abs(ports.clock.now() - Date.now())).toBeLessThan(1000);
    expect(ports.diary.note).toBeInstanceOf(Function);
  });
});
