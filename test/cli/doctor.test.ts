import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctor } from '../../cli/doctor';
import { runbookSections, type Sight } from '../../cli/doctor/examine';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import { parseConfig } from '../../src/core/config/parse-config';
import { silenceAlarmName } from '../../src/core/names';
import { everyFunction } from '../../src/core/region-functions';
import { troubleAlarms } from '../../src/core/trouble-alarm';
import { runProber, runWatchdog } from '../../src/engine/invocation';
import type { LandingAnswer } from '../../src/engine/landing-answer';
import { answerWidgetLanding } from '../../src/engine/widget';
import { at, east, middle, west } from '../core/builders';
import { smallWorld, timeLeft } from '../engine/small-world';
import { Store } from '../sim/store';

const yaml = `regions: { probers: [eu-west-1, us-east-2], witness: eu-central-1 }
channels: { ops: { email: ops@example.com } }
monitors:
  shop: { http: { url: https://shop.example.com/ } }
`;
const everywhere = [west, east, middle];

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinwatch-doctor-'));
  file = join(folder, 'twinwatch.yaml');
  await writeFile(file, yaml);
});
afterAll(() => rm(folder, { recursive: true }));

/** A system that has really worked: each function has had a turn, on one table. */
async function deployed(text = yaml): Promise<Sight> {
  const parsed = parseConfig({ text, file, environment: {}, madeAt: at('00:00') });
  if (parsed.kind === 'invalid') throw new Error('the configuration of this test has mistakes');
  const { config } = parsed;
  const small = smallWorld({ config });
  const table = new Store();
  for (const region of everywhere) small.stores.set(region, table);
  for (const region of [west, east]) await runProber({}, { ...small.another({ region }), invocation: timeLeft(small, 20_000) });
  for (const region of everywhere) await runWatchdog({}, { ...small.another({ region, role: 'watchdog' }), invocation: timeLeft(small, 20_000) });
  const silence = everyFunction(config.regions).map(({ role, region }) => silenceAlarmName(role, region));
  return {
    table: async () => ({ keys: 'pk HASH S, sk RANGE S', replicas: everywhere }),
    replicaOf: (region) => small.world.ports.replica(region),
    subscriptions: async () => [{ topic: 'twinwatch-alerts', protocol: 'email', endpoint: 'ops@example.com', isConfirmed: true }],
    alarms: async (region) => [...silence, ...troubleAlarms(config, region).map(({ name }) => name)].map((name) => ({ name, state: 'OK', tells: true })),
    concurrency: async () => 1000,
    ask: async (region, _role, event) =>
      answerWidgetLanding(
        { region, config, clock: small.world.ports.clock, replica: small.world.ports.replica(region), codeVersion: '0.1.0' },
        (event as { readonly landing: unknown }).landing,
      ),
    now: () => small.now,
  };
}

/** What is to be done, and the exit code. */
async function diagnosed(change: (well: Sight) => Partial<Sight> = () => ({}), text = yaml): Promise<readonly [number, readonly string[]]> {
  const well = await deployed(text);
  const diagnosis = await doctor({ config: file }, { ...well, ...change(well) });
  return [diagnosis.exitCode, diagnosis.text.split('\n').flatMap((line) => (line.startsWith('DO    ') ? [line.slice(6)] : []))];
}

const only =
  <T>(where: RegionId, ill: T, well: (region: RegionId) => Promise<T>) =>
  (region: RegionId) =>
    region === where ? Promise.resolve(ill) : well(region);

it('finds nothing to do in a system that is well', async () => {
  const { text, exitCode } = await doctor({ config: file }, await deployed());
  expect([exitCode, text]).toEqual([0, expect.stringMatching(/^all well: \d\d checks\n$/)]);
  expect(JSON.parse((await doctor({ config: file, json: true }, await deployed())).text)).toMatchObject({ well: true });
});

it.each<[string, (well: Sight) => Partial<Sight>, RegExp]>([
  [
    'a missing replica',
    (well) => ({ table: only(east, undefined, well.table) }),
    /^there is no replica of the table in us-east-2: deploy twinwatch-home again/,
  ],
  [
    'a mail that was never confirmed',
    (well) => ({
      subscriptions: only(east, [{ topic: 'twinwatch-alerts', protocol: 'email', endpoint: 'ops@example.com', isConfirmed: false }], well.subscriptions),
    }),
    /^ops has not confirmed that it listens to the topic of us-east-2: click the link in the mail that SNS has sent to ops@example\.com/,
  ],
  [
    'a channel that is not subscribed',
    (well) => ({ subscriptions: only(east, [], well.subscriptions) }),
    /^ops is not subscribed to the topic of us-east-2: deploy the stack/,
  ],
  [
    'a missing alarm',
    (well) => ({ alarms: async (region) => (await well.alarms(region)).filter(({ name }) => region !== east || name !== silenceAlarmName('prober', west)) }),
    /^the alarm twinwatch-prober-silent-eu-west-1 is missing in us-east-2: deploy the stack of us-east-2 again$/,
  ],
  [
    'an alarm that tells nobody',
    (well) => ({
      alarms: async (region) =>
        (await well.alarms(region)).map((alarm) => ({ ...alarm, tells: region !== east || alarm.name !== silenceAlarmName('prober', west) })),
    }),
    /^the alarm twinwatch-prober-silent-eu-west-1 in us-east-2 tells nobody, its actions are off: `aws cloudwatch enable-alarm-actions/,
  ],
  [
    'rounds that come to nothing',
    (well) => ({
      alarms: async (region) =>
        (await well.alarms(region)).map((alarm) => (region === east && alarm.name === 'twinwatch-rounds-fail' ? { ...alarm, state: 'ALARM' } : alarm)),
    }),
    /^the alarm twinwatch-rounds-fail in us-east-2 is in ALARM: Rounds of the prober of us-east-2 came to nothing .* docs\/runbook.md#failed-rounds$/,
  ],
  [
    'a quota that is near',
    (well) => ({ concurrency: only(east, 5, well.concurrency) }),
    /^only 5 functions may run at once in us-east-2, and twinwatch may need 6/,
  ],
  [
    'a widget that cannot read what it is to draw',
    (well) => ({
      ask: async (region, role, event) => {
        const answer = (await well.ask(region, role, event)) as LandingAnswer;
        return region === east
          ? { ...answer, checks: [{ kind: 'draws', at: east, isGood: false, said: 'The table in us-east-2 did not answer in time.' }] }
          : answer;
      },
    }),
    /^the widget of us-east-2 cannot draw what the dashboard shows in us-east-2: The table in us-east-2 did not answer in time\.$/,
  ],
  [
    'a widget that is not there',
    (well) => ({
      ask: (region, role, event) =>
        region === east ? Promise.reject(Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' })) : well.ask(region, role, event),
    }),
    /^the widget of us-east-2 is not there: nothing is deployed in us-east-2/,
  ],
])('says what to do about %s', async (_case, change, sentence) => {
  const [exitCode, todo] = await diagnosed(change);
  expect([exitCode, todo]).toEqual([1, [expect.stringMatching(sentence)]]);
});

it('says whose configuration is not that of the file', async () => {
  const [exitCode, todo] = await diagnosed(undefined, yaml.replace('shop.example.com', 'shop.example.org'));
  expect([exitCode, todo]).toEqual([
    1,
    [
      ...[west, east].flatMap((region) => [
        expect.stringMatching(`^the prober of ${region} works with the configuration \\w+, and this file is \\w+: `),
        expect.stringMatching(`^the widget of ${region} runs the configuration \\w+, and this file is \\w+: `),
      ]),
      expect.stringMatching(`^the widget of ${middle} runs the configuration`),
    ],
  ]);
});

it('names what has become old, of probers and watchdogs', async () => {
  const [exitCode, todo] = await diagnosed((well) => ({ now: () => instant(well.now() + 10 * minute) }));
  expect(exitCode).toBe(1);
  expect(todo).toHaveLength(5);
  expect(todo[0]).toMatch(/^the newest beat of eu-west-1 is \d+ min old: `twinwatch why eu-west-1 --aws` says what the others see/);
  expect(todo.at(-1)).toMatch(/^the watchdog of eu-central-1 looked \d+ min ago for the last time: docs\/runbook\.md#watcher-silent$/);
});

it('goes on where a service does not answer, and says which', async () => {
  const refused = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  const [exitCode, todo] = await diagnosed((well) => ({ alarms: (region) => (region === east ? Promise.reject(refused) : well.alarms(region)) }));
  expect([exitCode, todo]).toEqual([1, ['CloudWatch of us-east-2 refuses: no; your credentials need this right']]);
});

it('says that a function has never worked', async () => {
  const [, todo] = await diagnosed(() => ({ replicaOf: () => ({ get: async () => [] }) }));
  expect(todo).toEqual([
    expect.stringContaining('the prober of eu-west-1 has never finished a round: `twinwatch landing --region eu-west-1` says why'),
    expect.stringContaining('the watchdog of eu-west-1 has never looked'),
    expect.stringContaining('the prober of us-east-2 has never finished a round'),
    expect.stringContaining('the watchdog of us-east-2 has never looked'),
    expect.stringContaining('the watchdog of eu-central-1 has never looked'),
  ]);
});

it('cannot be asked about a file that is not there', async () => {
  expect(await doctor({ config: '/nowhere.yaml' }, await deployed())).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('/nowhere.yaml cannot be read'),
  });
});

it('sends nobody to a section of the runbook that is not there', async () => {
  const runbook = await readFile(join(__dirname, '../../docs/runbook.md'), 'utf8');
  const missing = Object.values(runbookSections).filter((section) => section !== undefined && !runbook.includes(`\n## ${section}\n`));
  expect(missing).toEqual([]);
});
