/** Pokes as one region sends them to the prober of another: through the real adapter, over real edges and the link between them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedCall } from '../../../local/aws/call-record';
import type { EnvironmentView } from '../../../local/aws/lambda-function';
import { createPokes } from '../../../src/adapters/lambda/pokes';
import { functionName } from '../../../src/core/names';
import { type PokeAnswer, Refused } from '../../../src/engine/ports';
import { eventually } from '../eventually';
import { introduce, openWorkshop, processState, regionA, regionB, type TestEdge, type Workshop } from './edge-fixture';

/** Scheduled runs go on for long, as those do that loop; a poke tells which environment answered, in the place of a slot. */
const source = `
  import { setTimeout as sleep } from 'node:timers/promises';
  export const handler = async ({ poke, loopMs }) => {
    if (loopMs !== undefined) return sleep(loopMs);
    if (poke.startsWith('throw')) throw new RangeError('out of it');
    if (poke.startsWith('hang')) await sleep(60_000);
    return { nonce: poke, region: process.env.AWS_REGION, claimed: process.pid, store: 'answers' };
  };`;

describe('a poke over the link', () => {
  const name = functionName('prober');
  const pokes = createPokes({ account: '000000000000' });
  let workshop: Workshop;
  let a: TestEdge;
  let b: TestEdge;

  beforeAll(async () => {
    workshop = openWorkshop();
    const prober = { name, bundleDir: workshop.bundle(name, source), timeoutMs: 20_000, memoryMb: 64, environment: {} };
    [a, b] = await Promise.all([
      workshop.start({ region: regionA, replicas: [regionB] }),
      workshop.start({ region: regionB, replicas: [regionA], functions: [prober] }),
    ]);
    introduce(a, b);
    Object.assign(process.env, { AWS_ENDPOINT_URL: a.url, AWS_ACCESS_KEY_ID: 'TWINWATCHWATCHDOG', AWS_SECRET_ACCESS_KEY: 'local' });
    await invoked({ loopMs: 0 });
  });
  afterAll(() => workshop.close());

  /** As the schedule does, without waiting for the outcome of a long run. */
  const invoked = async (event: object, kind = 'RequestResponse'): Promise<void> => {
    const scope = `Credential=TWINWATCHWATCHDOG/20261121/${regionB}/lambda/aws4_request`;
    const headers = { authorization: `AWS4-HMAC-SHA256 ${scope}`, 'x-amz-invocation-type': kind };
    await fetch(`${b.url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', headers, body: JSON.stringify(event) });
  };
  const poke = (kind = 'tell'): Promise<PokeAnswer> => pokes.poke(regionB, `${kind}-${randomUUID()}`);
  const environments = async (): Promise<readonly EnvironmentView[]> =>
    (await b.get<{ readonly environments: readonly EnvironmentView[] }>('/_twinwatch/state')).environments;
  const allIdle = () => eventually(async () => ((await environments()).every(({ state }) => state === 'idle') ? true : undefined));
  const link = async (cut: boolean): Promise<void> => {
    a.tell({ kind: 'link', to: regionB, cut, delayMs: 0 });
    await eventually(async () => ((await a.get<{ links: { cut: boolean }[] }>('/_twinwatch/state')).links[0]?.cut === cut ? true : undefined));
  };

  it('is answered by the function of that region, and remembered as a call of the one who asked', async () => {
    expect(await poke()).toMatchObject({ region: regionB, store: 'answers' });
    const call = { function: 'TWINWATCHWATCHDOG', service: 'lambda', action: 'Invoke', region: regionB, resource: name };
    expect(await a.get<readonly RecordedCall[]>('/_twinwatch/calls')).toContainEqual(call);
  });

  it('is answered by a second environment while the first one loops', async () => {
    await allIdle();
    const [first] = await environments();
    await invoked({ loopMs: 2500 }, 'Event');
    await eventually(async () => ((await environments()).some(({ state }) => state === 'busy') ? true : undefined));
    const { claimed } = await poke();
    expect(claimed).not.toBe(first?.pid);
    expect((await environments()).find(({ pid }) => pid === first?.pid)).toMatchObject({ state: 'busy' });
    await allIdle();
  });

  it('is answered after a cold start when the environment at work is frozen', async () => {
    await allIdle();
    await invoked({ loopMs: 6000 }, 'Event');
    const stuck = await eventually(async () => (await environments()).find(({ state }) => state === 'busy'));
    for (const { pid, state } of await environments()) if (state === 'idle') process.kill(pid, 'SIGKILL');
    process.kill(stuck.pid, 'SIGSTOP');
    await eventually(async () => ((await environments()).length === 1 ? true : undefined));
    const { claimed } = await poke();
    expect(claimed).not.toBe(stuck.pid);
    expect(processState(stuck.pid)).toBe('T');
    process.kill(stuck.pid, 'SIGKILL');
    await allIdle();
  });

  it('brings back the error that the function threw', async () => {
    await expect(poke('throw')).rejects.toThrow(/failed in the function: .*RangeError/);
  });

  it('is given up when the function hangs', async () => {
    await expect(poke('hang')).rejects.toThrow(/Invoke /);
  });

  it('is refused when the function may have no further environment', async () => {
    for (let n = 0; n < 10; n += 1) await invoked({ loopMs: 2500 }, 'Event');
    await eventually(async () => ((await environments()).filter(({ state }) => state === 'busy').length === 10 ? true : undefined));
    const refused = poke();
    await expect(refused).rejects.toBeInstanceOf(Refused);
    await expect(refused).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  it('does not get through a link that is cut', async () => {
    await link(true);
    const startedAt = Date.now();
    await expect(poke()).rejects.toThrow(/^prober us-east-2: Invoke /);
    expect(Date.now() - startedAt).toBeGreaterThan(2500);
    await link(false);
    await sleep(50);
  });

  it('is not answered by an edge that was killed', async () => {
    b.process.kill('SIGKILL');
    await new Promise((resolve) => b.process.once('exit', resolve));
    const poking = poke();
    await expect(poking).rejects.toThrow(/^prober us-east-2: Invoke failed: /);
    await expect(poking).rejects.not.toBeInstanceOf(Refused);
  });
});
