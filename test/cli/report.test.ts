import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../../cli/report';
import { reportText } from '../../cli/report/report-text';
import { overviewRoutes } from '../../local/api/overview-routes';
import { type ApiServer, openApi } from '../../local/api/server';
import { instant, monitorId, regionId, slotAt } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { encodeBeat } from '../../src/core/beat';
import type { Config } from '../../src/core/config/config';
import { parseConfig } from '../../src/core/config/parse-config';
import { encodeLogEntry } from '../../src/core/log-item';
import { noPhases } from '../../src/core/observation';
import { encodeOrder } from '../../src/core/orders/order';
import { createOverview } from '../../src/engine/overview';
import { at, config, entry, monitor, opened, resolved, west } from '../core/builders';
import { smallWorld } from '../engine/small-world';

const say = () => undefined;
const settings = config({ monitors: [monitor({ id: monitorId('pay') }), monitor()] });
const now = at('01:00');

/** An hour of beats from one region, ten minutes of which are missing; one monitor failed for five. */
function world(of: Config) {
  const small = smallWorld({ now, config: of });
  const replicas = [...of.regions.probers, ...(of.regions.witness === undefined ? [] : [of.regions.witness])].map(small.world.ports.replica);
  const store = async (): Promise<void> => {
    for (let time: number = at('00:00'); time < now; time += 10 * second) {
      if (time >= at('00:30') && time < at('00:40')) continue;
      const times = { slot: slotAt(time / second), startedAt: instant(time), finishedAt: instant(time + 500), configHash: of.hash, configMadeAt: of.madeAt };
      const facts = { by: 'schedule', canaries: 'right', covered: 2, expected: 2, codeVersion: '0.1.0', bootId: 'boot', seen: {} } as const;
      const ok = { outcome: 'ok', phases: { ...noPhases, firstByteMs: 80 }, reason: 'ok', detail: '' } as const;
      const failed = { ...ok, outcome: 'failed', reason: 'status' } as const;
      const marks = of.monitors.map(({ id }) => (id === 'shop' && time >= at('00:10') && time < at('00:15') ? failed : ok));
      await replicas[0]!.put(encodeBeat({ region: west, ...times, ...facts, marks }, west));
    }
    await replicas[0]!.put(encodeLogEntry(entry(opened(), { at: at('00:10:10') })));
    await replicas[0]!.put(encodeLogEntry(entry(resolved(), { at: at('00:15:10'), n: 2 })));
  };
  return { small, replicas, store };
}

it('says what was maintenance, and counts it neither as up nor as down', async () => {
  const { small, replicas, store } = world(settings);
  await store();
  const work = { kind: 'maintenance', of: { kind: 'some', monitors: ['shop'], groups: [] } } as const;
  await replicas[0]!.put(encodeOrder({ id: 'o-1', region: west, at: at('00:00'), by: 'ana', from: at('00:10'), to: at('00:20'), asked: work }));
  const overview = createOverview({ config: settings, clock: small.world.ports.clock, replicas });
  const { reports } = await overview.reports({ from: at('00:00'), to: now });
  const text = reportText({ window: '1h', from: '2026-11-21T00:00:00.000Z', to: '2026-11-21T01:00:00.000Z', reports });
  expect(text).toContain('\npaused     shop  10 min, counted neither as up nor as down: maintenance by ana (o-1)\n');
  expect(text).toMatch(/^shop +100 % .* - +10 min/m);
});

describe('twinwatch report, of the local system', () => {
  let api: ApiServer;
  beforeAll(async () => {
    const { small, replicas, store } = world(settings);
    await store();
    const overview = createOverview({ config: settings, clock: small.world.ports.clock, replicas });
    api = (await openApi({ port: 0, pageFolder: '/nowhere' })) as ApiServer;
    api.serve(overviewRoutes({ config: settings, overview }));
  });
  afterAll(() => api.close());

  const ask = (over: Partial<Parameters<typeof report>[0]> = {}) => report({ port: String(api.port), config: '', window: '1h', now, say, ...over });

  it('shows a line for each monitor, what was told, and the time that nobody watched with its cause', async () => {
    const { text, exitCode } = await ask();
    expect(exitCode).toBe(0);
    expect(text.split('\n')).toEqual([
      'report     the last 1h: 2026-11-21 00:00:00 UTC to 2026-11-21 01:00:00 UTC',
      '',
      'monitor  known     coverage  between          down   unknown  incidents  ≈ median / p95',
      'pay      100 %     83.333 %  83.333–100 %     -      10 min   0          75 / 75 ms from eu-west-1',
      'shop     90.000 %  83.333 %  75.000–91.667 %  5 min  10 min   1          75 / 75 ms from eu-west-1',
      '',
      'incidents  2026-11-21 00:10:10 UTC  shop  down (page) for 5 min, incident b8484703d354',
      '',
      'unknown    2026-11-21 00:30:00 UTC  10 min  all monitors: no prober reported: nothing was said of',
      '                                            eu-west-1, nothing was said of us-east-2',
      '',
    ]);
  });

  it('shows one monitor, and that a window before the first observation has no data', async () => {
    expect((await ask({ monitor: 'pay' })).text).not.toContain('shop');
    const { text } = await ask({ monitor: 'pay', window: undefined, month: '2026-10', timezone: 'UTC' });
    expect(text).toMatch(/^pay +no data +0 % +- +31 d +0$/m);
    expect(text).toContain('pay: before the first observation');
    expect(text).not.toContain('100 %');
  });

  it('gives programs one line of JSON, in which the parts add up to the window', async () => {
    const { text } = await ask({ json: true, monitor: 'shop' });
    expect(text.trimEnd()).not.toContain('\n');
    const { from, to, reports } = JSON.parse(text);
    const [{ upMs, downMs, unknownMs, pausedMs, segments }] = reports;
    expect(upMs + downMs + unknownMs + pausedMs).toBe(Date.parse(to) - Date.parse(from));
    expect(segments.map(({ state }: { state: string }) => state)).toEqual(['up', 'down', 'up', 'unknown', 'up']);
  });

  it.each([
    [{ monitor: 'shap' }, 'twinwatch: there is no monitor "shap"; there are: pay, shop\n'],
    [{ window: 'soon' }, 'twinwatch: "soon" is no window; write days, hours or minutes, as in --window 30d, 36h or 90m\n'],
    [{ port: '1' }, 'twinwatch: no twinwatch is running on 127.0.0.1:1; start it with npm start\n'],
  ])('%j is answered with one sentence and exit code 2', async (over, text) => {
    expect(await ask(over)).toEqual({ exitCode: 2, text });
  });
});

describe('twinwatch report --aws', () => {
  let folder: string;
  let file: string;
  const yaml = 'regions: { probers: [eu-west-1, us-east-2] }\nmonitors:\n  shop:\n    http: { url: https://shop.example.com/ }\n    interval: 10s\n';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twinwatch-report-'));
    file = join(folder, 'twinwatch.yaml');
    await writeFile(file, yaml);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function asked(over: Partial<Parameters<typeof report>[0]> = {}, dark: readonly string[] = []) {
    const parsed = parseConfig({ text: yaml, file, environment: {}, madeAt: at('00:00') });
    if (parsed.kind !== 'valid') throw new Error('the file is valid');
    const { small, store } = world(parsed.config);
    await store();
    for (const region of dark) small.refusing.replicas.add(regionId(region));
    return report({ aws: true, port: '', config: file, window: '1h', now, say, replicaOf: small.world.ports.replica, ...over });
  }

  it('reads the tables of the configured regions', async () => {
    expect(await asked()).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^shop +\S+ %/m) });
    expect(await asked({ monitor: 'shop' }, ['us-east-2'])).toMatchObject({ exitCode: 0 });
  });

  it.each([
    [{ monitor: 'shap' }, [], /did you mean shop\?/],
    [{}, ['eu-west-1', 'us-east-2'], /check your AWS credentials/],
    [{ config: '/nowhere.yaml' }, [], /cannot be read/],
  ])('%j is answered with one sentence and exit code 2', async (over, dark, text) => {
    expect(await asked(over, dark)).toMatchObject({ exitCode: 2, text: expect.stringMatching(text) });
  });
});
