/** More monitors than one function can probe, in the whole local system: workers probe them, and the region has one beat. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shardCount } from '../../src/core/function-size';
import type { StatusView } from '../../src/core/views';
import { parse } from '../core/config/config-text';
import { eventually } from './eventually';
import { type CallsOfRegion, refused } from './recorded-rights';
import { clearAway, startSystem, type TestSystem } from './system';

/** With rounds of two seconds one function has time for 475. */
const count = 500;

const yaml = (port: number): string =>
  [
    'regions: { probers: [eu-west-1] }',
    'network: { allowPrivate: true }',
    'defaults: { interval: 2s, timeout: 1s }',
    'monitors:',
    ...Array.from({ length: count }, (_, n) => `  m${n}: { tcp: { host: "127.0.0.1:${port}" } }`),
  ].join('\n');

let service: Server;
let dataFolder: string;
let text: string;
let system: TestSystem;

beforeAll(async () => {
  service = createServer((socket) => socket.on('error', () => undefined).end());
  const port = await new Promise<number>((resolve) => {
    service.listen(0, '127.0.0.1', () => resolve((service.address() as { port: number }).port));
  });
  dataFolder = mkdtempSync(join(tmpdir(), 'twinwatch-shards-'));
  text = yaml(port);
  writeFileSync(join(dataFolder, 'twinwatch.yaml'), text);
  system = await startSystem({ dataFolder: join(dataFolder, 'data'), configFile: join(dataFolder, 'twinwatch.yaml') });
});

afterAll(async () => {
  await clearAway(system, dataFolder);
  service.close();
});

it('every monitor is seen to be up, by workers that the prober asked, and by no right that is not deployed', async () => {
  const parsed = parse(text);
  if (parsed.kind !== 'valid') throw new Error('the configuration has mistakes');
  expect(shardCount(parsed.config)).toBe(2);
  await eventually(async () => (await system.get<StatusView>('/api/status')).monitors.every(({ verdict }) => verdict === 'up'));

  const made: CallsOfRegion[] = await Promise.all(
    system.regions.map(
      async ({ name, port }) => ({ region: name, calls: await (await fetch(`http://127.0.0.1:${port}/_twinwatch/calls`)).json() }) as CallsOfRegion,
    ),
  );
  const calls = made.flatMap((of) => of.calls).filter((call) => call.function.startsWith('twinwatch-'));
  expect(new Set(calls.filter(({ service: of }) => of === 'lambda').map((call) => `${call.function} asks ${call.resource}`))).toEqual(
    new Set(['twinwatch-prober asks twinwatch-probe-worker']),
  );
  expect(calls.filter((call) => call.function === 'twinwatch-probe-worker')).toEqual([]);
  expect(refused([{ region: 'eu-west-1', calls }], parsed.config)).toEqual([]);
});
