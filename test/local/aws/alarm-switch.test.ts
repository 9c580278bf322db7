/** The switch that needs no code of ours, on real processes: everything that could page is dead, and CloudWatch pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { FunctionSpec } from '../../../local/aws/edge-messages';
import type { RegionId } from '../../../src/core/basics/brand';
import { type FunctionRole, functionName } from '../../../src/core/names';
import { everyFunction } from '../../../src/core/region-functions';
import { silenceAlarm } from '../../../src/core/silence-alarm';
import { eventually } from '../eventually';
import { introduce, openWorkshop, regionA, regionB, type TestEdge, type Workshop } from './edge-fixture';

/** A minute of CloudWatch in real milliseconds; its rules stay as they are. */
const minuteMs = 1000;
const functions = everyFunction({ probers: [regionA, regionB] });

interface Told {
  readonly topic: string;
  readonly AlarmName: string;
  readonly NewStateValue: string;
  readonly OldStateValue: string;
  readonly AlarmDescription: string;
  readonly Region: string;
}

let workshop: Workshop;
let receiver: Server;
let edges: Readonly<Record<'a' | 'b', TestEdge>>;
const told: Told[] = [];

beforeAll(async () => {
  workshop = openWorkshop();
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const envelope = JSON.parse(body);
    told.push({ topic: envelope.TopicArn, ...JSON.parse(envelope.Message) });
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const bundleDir = bundleBeating();
  const [a, b] = await Promise.all([regionA, regionB].map((region) => startRegion(region, bundleDir)));
  edges = { a: a!, b: b! };
  introduce(edges.a, edges.b);
});
afterAll(async () => {
  receiver.close();
  await workshop.close();
});

function startRegion(region: RegionId, bundleDir: string): Promise<TestEdge> {
  return workshop.start({
    region,
    replicas: [regionA, regionB].filter((other) => other !== region),
    functions: functions.filter((subject) => subject.region === region).map(({ role }) => beating(role, bundleDir)),
    subscriptions: [{ name: 'hook', protocol: 'http', endpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` }],
    alarms: functions.map((subject) => silenceAlarm(subject, region)),
    alarmClockRate: 60_000 / minuteMs,
  });
}

/** Does nothing but publish its beat metric, through the adapter that is deployed. */
const beatingCode = `
  import { createBeatMetrics } from './src/adapters/cloudwatch/beat-metrics';
  const metrics = createBeatMetrics();
  const role = process.env.AWS_LAMBDA_FUNCTION_NAME.replace('twinwatch-', '');
  const publish = (into) => metrics.publish(into, role, process.env.AWS_REGION, Date.now()).catch(() => undefined);
  export const handler = () => Promise.all(${JSON.stringify([regionA, regionB])}.map(publish));`;

function bundleBeating(): string {
  const bundleDir = workshop.bundle('beating', '');
  buildSync({
    stdin: { contents: beatingCode, resolveDir: process.cwd() },
    outfile: join(bundleDir, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return bundleDir;
}

/** Some beats in each of CloudWatch's minutes. */
const beating = (role: FunctionRole, bundleDir: string): FunctionSpec => ({
  name: functionName(role),
  bundleDir,
  timeoutMs: 5000,
  memoryMb: 64,
  schedule: { everyMs: minuteMs / 4, firstAfterMs: 0 },
  environment: {},
});

const stateTold = (name: string, observer: string) => told.findLast(({ AlarmName, Region }) => AlarmName === name && Region === observer)?.NewStateValue;

it('is well while everyone beats', async () => {
  await eventually(
    () =>
      functions.every(({ role, region }) => [regionA, regionB].every((observer) => stateTold(`twinwatch-${role}-silent-${region}`, observer) === 'OK')) ||
      undefined,
  );
});

it('a prober and the watchdogs everywhere are gone, and the topic of the surviving region still tells', async () => {
  const before = told.length;
  edges.b.tell({ kind: 'schedule', function: functionName('watchdog'), on: false });
  edges.a.process.kill('SIGKILL');
  const names = [`twinwatch-prober-silent-${regionA}`, `twinwatch-watchdog-silent-${regionA}`, `twinwatch-watchdog-silent-${regionB}`];
  await eventually(() => names.every((name) => stateTold(name, regionB) === 'ALARM') || undefined);
  // Once each, and about nobody who lives: at most for a moment, where the machine itself stood still for two of these short minutes.
  await new Promise((resolve) => setTimeout(resolve, 1.5 * minuteMs));
  const living = `twinwatch-prober-silent-${regionB}`;
  await eventually(() => stateTold(living, regionB) === 'OK' || undefined);
  const since = told.slice(before).filter(({ AlarmName }) => AlarmName !== living);
  expect(since.map(({ AlarmName }) => AlarmName).toSorted()).toEqual(names.toSorted());
  for (const { topic, OldStateValue, AlarmDescription } of since) {
    expect(topic).toBe(`arn:aws:sns:${regionB}:000000000000:twinwatch-alerts`);
    expect(OldStateValue).toBe('OK');
    expect(AlarmDescription).toContain(`has reached ${regionB} for two whole minutes`);
  }
});
