import { request } from 'node:http';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { credentials } from './dynamo-client';
import { openWorkshop, regionA, type TestEdge, type Workshop } from './edge-fixture';

describe('the one server of an edge', () => {
  let workshop: Workshop;
  let edge: TestEdge;

  beforeAll(async () => {
    workshop = openWorkshop();
    edge = await workshop.start({});
  });
  afterAll(() => workshop.close());

  it.each<[string, Record<string, string>, number]>([
    ['a web page of another origin', { origin: 'https://evil.example' }, 403],
    ['a name that someone pointed at this machine', { host: 'evil.example' }, 403],
    ['a program on this machine', {}, 200],
  ])('answers %s as it should', async (_who, headers, status) => {
    expect(await statusOf(edge.port, headers)).toBe(status);
  });

  it('refuses a call that is not signed', async () => {
    expect((await fetch(edge.url, { method: 'POST', body: 'Action=Publish' })).status).toBe(403);
  });

  it('knows no region without an edge', async () => {
    const elsewhere = new DynamoDBClient({ endpoint: edge.url, region: 'ap-south-1', credentials, maxAttempts: 1 });
    await expect(elsewhere.send(new ListTablesCommand({}))).rejects.toThrow('there is no edge for the region ap-south-1');
  });

  it('keeps the metrics that were put', async () => {
    const cloudWatch = new CloudWatchClient({ endpoint: edge.url, region: regionA, credentials, maxAttempts: 1 });
    const at = new Date();
    const dimensions = [
      { Name: 'Region', Value: 'eu-west-1' },
      { Name: 'Function', Value: 'prober' },
    ];
    const datum = { MetricName: 'Beat', Dimensions: dimensions, Timestamp: at, Value: 1 };
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'twinwatch', MetricData: [datum] }));
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'twinwatch', MetricData: [{ ...datum, Dimensions: [...dimensions].reverse() }] }));
    const [metric] = await edge.get<{ points: { at: number; value: number }[] }[]>('/_twinwatch/metrics');
    expect(metric).toMatchObject({ namespace: 'twinwatch', name: 'Beat', dimensions: { Function: 'prober', Region: 'eu-west-1' } });
    expect(metric?.points.map(({ value }) => value)).toEqual([1, 1]);
    expect(Math.abs((metric?.points[0]?.at ?? 0) - at.getTime())).toBeLessThan(1000);
  });
});

async function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', path: '/_twinwatch/state', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.once('error', reject).end();
  });
}
