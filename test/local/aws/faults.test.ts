import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Faults, noFaults } from '../../../local/aws/faults';
import type { EnvironmentView } from '../../../local/aws/lambda-function';
import { type Config, configToJson } from '../../../src/core/config/config';
import { configFileName, functionName, topicArn } from '../../../src/core/names';
import { eventually } from '../eventually';
import { credentials, tableClient } from './dynamo-client';
import { isAlive, openWorkshop, processState, regionA, type TestEdge, type Workshop } from './edge-fixture';

/** It says what it was given to watch, what time it has, and when it would be ended. */
const source = `
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const { config } = JSON.parse(readFileSync(process.env.LAMBDA_TASK_ROOT + '/${configFileName}', 'utf8'));
export const handler = async (event, context) => {
  await sleep(event.sleepMs ?? 0);
  return { pid: process.pid, monitors: config.monitors, now: Date.now(), made: new Date().getTime(), left: context.getRemainingTimeInMillis() };
};`;

const prober = functionName('prober');

describe('a fault of a region', () => {
  let workshop: Workshop;
  let edge: TestEdge;
  let client: LambdaClient;

  beforeAll(async () => {
    workshop = openWorkshop();
    const bundleDir = workshop.bundle(prober, source);
    mkdirSync(bundleDir, { recursive: true });
    writeFileSync(join(bundleDir, configFileName), configToJson({ monitors: ['a', 'b', 'c'] } as unknown as Config));
    const schedule = { everyMs: 300, firstAfterMs: 600_000 };
    edge = await workshop.start({ functions: [{ name: prober, bundleDir, timeoutMs: 5000, memoryMb: 64, schedule, environment: {} }] });
    client = new LambdaClient({ endpoint: edge.url, region: regionA, credentials, maxAttempts: 1 });
  });
  afterEach(() => afflict({}));
  afterAll(() => workshop.close());

  const afflict = (faults: Partial<Faults>): void => edge.tell({ kind: 'faults', faults: { ...noFaults, ...faults } });

  async function invoke(event: unknown = {}, abortSignal?: AbortSignal) {
    const answer = await client.send(new InvokeCommand({ FunctionName: prober, Payload: JSON.stringify(event) }), { abortSignal });
    return { error: answer.FunctionError, result: JSON.parse(answer.Payload?.transformToString() ?? 'null') };
  }

  const environments = async (): Promise<readonly EnvironmentView[]> =>
    (await edge.get<{ environments: readonly EnvironmentView[] }>('/_twinwatch/state')).environments;

  it('killed: its prober dies, and so does each that is started, until it is over', async () => {
    const { pid } = (await invoke()).result;
    afflict({ prober: 'killed' });
    await eventually(() => !isAlive(pid));
    expect((await invoke()).error).toBe('Unhandled');
    expect((await invoke()).error).toBe('Unhandled');
    afflict({});
    expect((await invoke()).error).toBeUndefined();
  });

  it('frozen: its prober and each that is started stand still, and go on with what they had', async () => {
    const busy = invoke({ sleepMs: 300 });
    await eventually(async () => (await environments()).some(({ state }) => state === 'busy'));
    afflict({ prober: 'frozen' });
    await eventually(async () => (await environments()).every(({ pid }) => processState(pid) === 'T'));
    await expect(invoke({}, AbortSignal.timeout(700))).rejects.toThrow();
    expect((await environments()).map(({ pid }) => processState(pid))).toEqual(['T', 'T']);
    afflict({});
    expect((await busy).error).toBeUndefined();
    expect((await invoke()).error).toBeUndefined();
  });

  it('starved: another prober takes over that leaves out monitors, and afterwards one that does not', async () => {
    const whole = (await invoke()).result;
    expect(whole.monitors).toEqual(['a', 'b', 'c']);
    afflict({ prober: 'starved' });
    await eventually(async () => ((await invoke()).result.monitors.length === 1 ? true : undefined));
    expect((await invoke()).result.monitors).toEqual(['b']);
    afflict({});
    await eventually(async () => ((await invoke()).result.monitors.length === 3 ? true : undefined));
  });

  it('a clock that is off: running functions and new ones have it, and none has more or less time for that', async () => {
    await invoke();
    const before = (await environments()).map(({ pid }) => pid);
    afflict({ clockOffMs: -240_000 });
    await eventually(async () => (Date.now() - (await invoke()).result.now > 239_000 ? true : undefined));
    const off = (await invoke()).result;
    expect(before).toContain(off.pid);
    expect(Date.now() - off.made).toBeGreaterThan(239_000);
    expect(off.left).toBeGreaterThan(3000);
    expect(off.left).toBeLessThanOrEqual(5000);
    const running = (await environments()).map(({ pid }) => pid);
    for (const pid of running) process.kill(pid, 'SIGKILL');
    await eventually(() => running.every((pid) => !isAlive(pid)));
    // One that was killed between two calls fails the call that finds it so.
    await eventually(async () => (Date.now() - ((await invoke()).result?.now ?? Date.now()) > 239_000 ? true : undefined));
    afflict({});
    await eventually(async () => (Math.abs(Date.now() - (await invoke()).result.now) < 2000 ? true : undefined));
  });

  it('throttled: its table refuses by name, and then answers again', async () => {
    const table = tableClient(edge);
    const problem = () => table.put('a', 'b').then(nothing, (error: Error) => error.name);
    afflict({ table: 'throttled' });
    expect(await eventually(problem)).toBe('ProvisionedThroughputExceededException');
    await expect(table.get('a')).rejects.toThrow('provisioned throughput');
    afflict({});
    await eventually(async () => ((await problem()) === undefined ? true : undefined));
  });

  it('down: its database stands still, and then answers what it was asked meanwhile', async () => {
    const table = tableClient(edge);
    const { pid } = edge.children().find(({ name }) => name === 'engine')!;
    afflict({ table: 'down' });
    await eventually(() => processState(pid) === 'T');
    const late = table.put('c', 'd').then(() => 'stored');
    expect(await Promise.race([late, sleep(500, 'waiting')])).toBe('waiting');
    afflict({});
    expect(await late).toBe('stored');
  });

  it('off: its schedule invokes nothing, and then goes on', async () => {
    const bundleDir = workshop.bundle('ticking', 'export const handler = async () => undefined;');
    const schedule = { everyMs: 200, firstAfterMs: 0 };
    const functions = [{ name: prober, bundleDir, timeoutMs: 5000, memoryMb: 64, schedule, environment: {} }];
    const ticking = await workshop.start({ functions, dataDir: join(workshop.folder, 'ticking') });
    const invocations = async (): Promise<number> => {
      const { environments: views } = await ticking.get<{ environments: readonly EnvironmentView[] }>('/_twinwatch/state');
      return views[0]?.invocations ?? 0;
    };
    await eventually(async () => ((await invocations()) > 1 ? true : undefined));
    ticking.tell({ kind: 'faults', faults: { ...noFaults, schedule: 'off' } });
    await sleep(300);
    const before = await invocations();
    await sleep(700);
    expect(await invocations()).toBe(before);
    ticking.tell({ kind: 'faults', faults: noFaults });
    await eventually(async () => ((await invocations()) > before ? true : undefined));
  });

  it('mute: its topic accepts nothing, and then accepts again', async () => {
    const sns = new SNSClient({ endpoint: edge.url, region: regionA, credentials, maxAttempts: 1 });
    const problem = () =>
      sns.send(new PublishCommand({ TopicArn: topicArn('000000000000', regionA), Message: 'hello' })).then(nothing, (error: Error) => error.name);
    expect(await problem()).toBeUndefined();
    afflict({ topic: 'mute' });
    expect(await eventually(problem)).toBe('InternalFailure');
    afflict({});
    await eventually(async () => ((await problem()) === undefined ? true : undefined));
  });
});

const nothing = (): undefined => undefined;
