/** The supervisor and its processes, as a user meets them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOf } from '../../local/running';
import { processState } from './aws/edge-fixture';
import { eventually } from './eventually';
import { clearAway, startSystem, type TestSystem } from './system';

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-up-'));
let system: TestSystem;

interface Local {
  readonly regions: readonly {
    readonly name: string;
    readonly state: string;
    readonly port: number;
    readonly processes: readonly { readonly name: string; readonly pid: number }[];
  }[];
  readonly drills: readonly unknown[];
}

const isGone = (pid: number): boolean => startOf(pid) === undefined;
const region = async (name: string) => (await system.get<Local>('/api/local')).regions.find((view) => view.name === name)!;
const stateOf = async (name: string): Promise<string> => (await region(name)).state;

beforeAll(async () => {
  system = await startSystem({ dataFolder: folder });
});
afterAll(() => clearAway(system, folder));

it('says one line of JSON when everything is up', async () => {
  expect(system.said()).toHaveLength(1);
  expect(JSON.parse(system.said()[0]!)).toEqual({
    url: `${system.url}/`,
    port: system.port,
    pid: system.supervisor.pid,
    data: folder,
    regions: [
      { name: 'eu-west-1', role: 'prober', pid: expect.any(Number), port: expect.any(Number) },
      { name: 'us-east-2', role: 'prober', pid: expect.any(Number), port: expect.any(Number) },
      { name: 'eu-central-1', role: 'witness', pid: expect.any(Number), port: expect.any(Number) },
    ],
    monitors: 3,
  });
  expect(await (await fetch(system.url)).text()).toContain('<title>twinwatch');
});

it('refuses a second one on the same data, with the pid of the first', async () => {
  await expect(startSystem({ dataFolder: folder })).rejects.toThrow(`in use by the twinwatch with pid ${system.supervisor.pid}`);
});

it('refuses a port that is taken, with another one to try, and leaves nothing running', async () => {
  const other = mkdtempSync(join(tmpdir(), 'twinwatch-up-'));
  const said = `port ${system.port} on 127.0.0.1 is in use; stop what uses it, or choose another one with --port ${system.port + 1}`;
  await expect(startSystem({ dataFolder: other, port: system.port })).rejects.toThrow(said);
  rmSync(other, { recursive: true });
});

it('a killed edge stays dark, nothing of it lives on, and the page brings it back where it was', async () => {
  const { pid, port } = system.regions[1]!;
  const { processes } = await region('us-east-2');
  process.kill(pid, 'SIGKILL');
  await eventually(async () => (await stateOf('us-east-2')) === 'dark');
  await eventually(() => processes.every((child) => isGone(child.pid)));
  expect((await system.post('/api/regions/us-east-2', { state: 'running' })).status).toBe(200);
  expect(await region('us-east-2')).toMatchObject({ state: 'running', port });
});

it('a drill whose client is lost is undone', async () => {
  const { port } = system;
  const asking = request({ host: '127.0.0.1', port, path: '/api/drills', method: 'POST', headers: { 'content-type': 'application/json' }, agent: false });
  asking.on('error', () => undefined);
  asking.end(JSON.stringify({ kind: 'kill', region: 'eu-central-1' }));
  await eventually(async () => (await stateOf('eu-central-1')) === 'dark');
  asking.destroy();
  await eventually(async () => (await stateOf('eu-central-1')) === 'running');
  await eventually(async () => (await system.get<Local>('/api/local')).drills.length === 0);
});

it('a frozen prober goes on when whoever drove the drill is gone', async () => {
  const prober = (await region('us-east-2')).processes.find(({ name }) => name === 'twinwatch-prober')!;
  const asking = request({ host: '127.0.0.1', port: system.port, path: '/api/drills', method: 'POST', headers: { 'content-type': 'application/json' } });
  asking.on('error', () => undefined);
  asking.end(JSON.stringify({ kind: 'freeze', region: 'us-east-2' }));
  await eventually(() => processState(prober.pid) === 'T');
  asking.destroy();
  await eventually(() => processState(prober.pid) !== 'T');
});

it('a supervisor that is killed takes everything with it', async () => {
  const pids = system.pids();
  expect(pids.length).toBeGreaterThanOrEqual(7);
  system.supervisor.kill('SIGKILL');
  await eventually(() => pids.every(isGone));
});

it('after the end of everything at once it starts again, and Ctrl-C leaves nothing', async () => {
  system = await startSystem({ dataFolder: folder });
  const first = system.pids();
  await system.killEverything();
  system = await startSystem({ dataFolder: folder });
  expect(first.every(isGone)).toBe(true);
  const second = system.pids();
  expect(await system.stop()).toBe(0);
  await eventually(() => second.every(isGone));
  expect(system.pids()).toEqual([]);
});
