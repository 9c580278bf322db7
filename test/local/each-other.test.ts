import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatusView } from '../../src/core/views';
import { eventually } from './eventually';
import { clearAway, startSystem, type TestSystem } from './system';

/** A switch is told about once a minute. Nobody waits so long here: each is missed soon after its first ping. */
const yaml = (other: { readonly port: number }): string => `
regions: { probers: [eu-west-1] }
defaults: { interval: 1s, timeout: 400ms }
watch: { tolerate: 5s }
network: { allowPrivate: true }
outside: { eu-west-1: { ping: "http://127.0.0.1:${other.port}/ping/\${env:THEIRS}" } }
monitors:
  the-other: { heartbeat: { every: 8s, grace: 2s, token: "\${env:OURS}" } }
`;

interface Side {
  readonly port: number;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

let sides: readonly [Side, Side];
const systems: (TestSystem | undefined)[] = [];

beforeAll(async () => {
  const [tokenOne, tokenTwo] = ['1f00dfeed-0123-4567-89ab', '2f00dfeed-0123-4567-89ab'];
  const side = async (OURS: string, THEIRS: string): Promise<Side> => ({
    port: await freePort(),
    folder: mkdtempSync(join(tmpdir(), 'twinwatch-each-other-')),
    environment: { OURS, THEIRS },
  });
  sides = [await side(tokenOne, tokenTwo), await side(tokenTwo, tokenOne)];
  for (const [index, one] of sides.entries()) writeFileSync(join(one.folder, 'twinwatch.yaml'), yaml(sides[1 - index]!));
  await Promise.all([start(0), start(1)]);
});

afterAll(async () => {
  for (const [index, { folder }] of sides.entries()) await clearAway(systems[index], folder);
});

async function start(index: 0 | 1): Promise<void> {
  const { port, folder, environment } = sides[index];
  systems[index] = await startSystem({ dataFolder: join(folder, 'data'), configFile: join(folder, 'twinwatch.yaml'), port, environment });
}

const statusOf = (index: 0 | 1) => systems[index]!.get<StatusView>('/api/status');
const seenBy = async (index: 0 | 1) => (await statusOf(index)).monitors[0]!.verdict;
/** A verdict is read from what was seen; its incident is written by a speaker's next round, which may be later. */
const incidentsSeenBy = async (index: 0 | 1) => (await statusOf(index)).incidents;

it('two systems are each other’s switch outside: each is up by the pings of the other, and the one that dies is missed', async () => {
  await Promise.all(([0, 1] as const).map((index) => eventually(async () => (await seenBy(index)) === 'up')));
  await systems[1]!.killEverything();
  await eventually(async () => (await seenBy(0)) === 'down');
  await eventually(async () =>
    (await incidentsSeenBy(0)).some(({ subject, condition, state }) => `${subject} ${condition} ${state}` === 'the-other down open'),
  );
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
