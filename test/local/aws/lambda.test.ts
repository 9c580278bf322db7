import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionSpec } from '../../../local/aws/edge-messages';
import type { EnvironmentView } from '../../../local/aws/lambda-function';
import { eventually } from '../eventually';
import { credentials } from './dynamo-client';
import { openWorkshop, processState, regionA, type TestEdge, type Workshop } from './edge-fixture';

const sources = {
  echo: `import { setTimeout as sleep } from 'node:timers/promises';
    export const handler = async (event, context) => {
      await sleep(event.sleepMs ?? 0);
      console.log('saw', JSON.stringify(event));
      return { event, pid: process.pid, left: context.getRemainingTimeInMillis(), arn: context.invokedFunctionArn, variables: process.env };
    };`,
  broken: `export const handler = async () => { throw new RangeError('out of it'); };`,
  crashing: 'export const handler = async () => process.exit(3);',
  unloadable: `import 'no-such-package'; export const handler = async () => 1;`,
  slow: 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));',
  ticking: 'export const handler = async (event) => { console.log(JSON.stringify(event)); };',
};

describe('functions of a region', () => {
  let workshop: Workshop;
  let edge: TestEdge;
  let client: LambdaClient;

  beforeAll(async () => {
    workshop = openWorkshop();
    process.env.OF_THE_USER = 'private';
    edge = await workshop.start({ functions: Object.entries(sources).map(([name, source]) => define(name, source)) });
    client = new LambdaClient({ endpoint: edge.url, region: regionA, credentials, maxAttempts: 1 });
  });
  afterAll(async () => {
    delete process.env.OF_THE_USER;
    await workshop.close();
  });

  function define(name: string, source: string): FunctionSpec {
    const schedule = name === 'ticking' ? { everyMs: 1000, firstAfterMs: 0 } : undefined;
    const timeoutMs = name === 'slow' ? 400 : 5000;
    return { name, bundleDir: workshop.bundle(name, source), timeoutMs, memoryMb: 64, schedule, environment: { OWN: name } };
  }

  async function invoke(name: string, event: unknown = {}, kind: 'RequestResponse' | 'Event' = 'RequestResponse') {
    const answer = await client.send(new InvokeCommand({ FunctionName: name, InvocationType: kind, Payload: JSON.stringify(event) }));
    const text = answer.Payload?.transformToString() ?? '';
    return { status: answer.StatusCode, error: answer.FunctionError, result: text === '' ? undefined : JSON.parse(text) };
  }

  const environmentsOf = async (name: string): Promise<readonly EnvironmentView[]> => {
    const { environments } = await edge.get<{ environments: readonly EnvironmentView[] }>('/_twinwatch/state');
    return environments.filter((environment) => environment.function === name);
  };

  it('answers an invocation with what the handler returned, and tells the handler who it is', async () => {
    const { status, result } = await invoke('echo', { n: 1 });
    expect(status).toBe(200);
    expect(result.event).toEqual({ n: 1 });
    expect(result.arn).toBe('arn:aws:lambda:eu-west-1:000000000000:function:echo');
    expect(result.left).toBeLessThanOrEqual(5000);
    expect(result.left).toBeGreaterThan(3000);
    expect(result.variables).toMatchObject({ OWN: 'echo', AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: edge.url, AWS_ACCESS_KEY_ID: 'ECHO' });
    expect(result.variables).not.toHaveProperty('OF_THE_USER');
  });

  it('is found by its ARN as well', async () => {
    expect((await invoke('arn:aws:lambda:eu-west-1:000000000000:function:echo')).status).toBe(200);
  });

  it('works on in the same environment, frozen between invocations', async () => {
    const first = (await invoke('echo')).result.pid;
    await eventually(() => (processState(first) === 'T' ? true : undefined));
    expect(await environmentsOf('echo')).toMatchObject([{ pid: first, state: 'idle' }]);
    expect((await invoke('echo')).result.pid).toBe(first);
    await eventually(() => (processState(first) === 'T' ? true : undefined));
  });

  it('starts a second environment while the first is busy', async () => {
    await invoke('echo', { sleepMs: 4000 }, 'Event');
    const { pid } = (await invoke('echo')).result;
    const others = (await environmentsOf('echo')).filter((environment) => environment.pid !== pid);
    expect(others).toMatchObject([{ state: 'busy' }]);
  });

  it('accepts an event at once', async () => {
    const before = Date.now();
    expect(await invoke('echo', { sleepMs: 3000 }, 'Event')).toEqual({ status: 202, error: undefined, result: undefined });
    expect(Date.now() - before).toBeLessThan(2500);
  });

  it.each([
    ['broken', { errorType: 'RangeError', errorMessage: 'out of it' }],
    ['slow', { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('Task timed out after 0.40 seconds') }],
    ['crashing', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') }],
    ['unloadable', { errorType: 'Error', errorMessage: expect.stringContaining('no-such-package') }],
  ])('reports how a function failed: %s', async (name, error) => {
    expect(await invoke(name)).toMatchObject({ status: 200, error: 'Unhandled', result: error });
    await edge.message('invocation', (message) => message.function === name);
  });

  it('does not use an environment that it had to kill', async () => {
    await eventually(async () => ((await environmentsOf('slow')).length === 0 ? true : undefined));
    expect((await invoke('slow')).error).toBe('Unhandled');
  });

  it('knows no other function', async () => {
    await expect(invoke('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: expect.stringContaining('function:nobody') });
  });

  it('runs a scheduled function on the wall clock, and logs what it prints', async () => {
    const log = join(edge.spec.dataDir, 'logs', 'ticking.log');
    const events = () =>
      readFileSync(log, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    await eventually(() => (events().length >= 3 ? true : undefined));
    const times = events().map(({ kind, scheduledTime }) => [kind, scheduledTime.length, Date.parse(scheduledTime)]);
    expect(new Set(times.map(String)).size).toBeGreaterThanOrEqual(times.length - 1);
    expect(times[0]?.slice(0, 2)).toEqual(['schedule', '2026-11-21T04:02:00Z'.length]);
    edge.tell({ kind: 'schedule', function: 'ticking', on: false });
  });
});
