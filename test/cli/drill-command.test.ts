/** The command itself, as a process, against a system that a test holds in its hands. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StubSystem } from './stub-system';

let stub: StubSystem;
beforeEach(async () => {
  stub = new StubSystem();
  await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  stub.server.closeAllConnections();
  stub.server.close();
});

interface Command {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

function drill(words: readonly string[], port = stub.port): Command {
  const child = spawn(process.execPath, ['bin/twinwatch.mjs', 'drill', ...words, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said }))) };
}

it.each<[readonly string[], string]>([
  [['kill', 'mars-1'], 'there is no region "mars-1"; there are: eu-west-1, us-east-2, eu-central-1'],
  [['cut', 'eu-west-1'], 'is no link'],
  [['kill'], 'missing required argument'],
  [['melt', 'us-east-2'], 'unknown command'],
  [['kill', 'us-east-2', '--hard'], 'unknown option'],
])('%j is refused with a sentence, and 2', async (words, sentence) => {
  const { code, out, err } = await drill(words).ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(stub.drill).toBeUndefined();
});

it('is refused with 2 where nothing runs, and where another drill is on', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await new Promise((resolve) => other.close(resolve));
  expect(await drill(['all'], port).ended).toMatchObject({ code: 2, err: expect.stringContaining('no twinwatch is running') });
  stub.refusal = 'the drill "kill us-east-2" is on; one at a time: end it first';
  expect(await drill(['both']).ended).toMatchObject({ code: 2, err: expect.stringContaining(stub.refusal) });
});

it('prints one JSON object', async () => {
  stub.onBegun = () => setTimeout(() => stub.announce({}), 50);
  stub.onEnded = () => setTimeout(() => stub.announce({ kind: 'resolved' }), 50);
  const { code, out } = await drill(['kill', 'us-east-2', '--json']).ended;
  expect(JSON.parse(out)).toMatchObject({ drill: 'kill', on: 'us-east-2', expected: 'told', by: 'eu-west-1' });
  expect(code === 0).toBe(JSON.parse(out).ok);
});

it.each<[NodeJS.Signals, number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s undoes the drill first, and says so', async (signal, exitCode) => {
  const { child, ended } = drill(['cut', 'eu-west-1:us-east-2']);
  stub.onBegun = () => setTimeout(() => child.kill(signal), 100);
  expect(await ended).toMatchObject({ code: exitCode, out: '', err: expect.stringContaining('the drill is undone') });
  expect(stub.ends).toBe(1);
});

it('a command that is killed lets go of its drill', async () => {
  const { child } = drill(['cut', 'eu-west-1:us-east-2']);
  const gone = new Promise<void>((resolve) => {
    stub.onBegun = () => {
      stub.drill?.once('close', resolve);
      setTimeout(() => child.kill('SIGKILL'), 100);
    };
  });
  await gone;
});
