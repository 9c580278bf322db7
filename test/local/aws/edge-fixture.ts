/** Real edges for a test: built as the supervisor builds them, started as it starts them, and gone afterwards. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { EdgeSpec, FromEdge, ProcessEvent, ToEdge } from '../../../local/aws/edge-messages';
import { bundled } from '../../../src/adapters/function-bundle';
import { regionId } from '../../../src/core/basics/brand';
import { eventually } from '../eventually';

export const regionA = regionId('eu-west-1');
export const regionB = regionId('us-east-2');
const account = '000000000000';

export interface Workshop {
  readonly folder: string;
  readonly spec: (changes: Partial<EdgeSpec>) => EdgeSpec;
  readonly start: (changes: Partial<EdgeSpec>) => Promise<TestEdge>;
  /** Writes the source of a function and returns its bundle folder. */
  readonly bundle: (name: string, source: string) => string;
  readonly close: () => Promise<void>;
}

export interface TestEdge {
  readonly spec: EdgeSpec;
  readonly process: ChildProcess;
  readonly url: string;
  readonly port: number;
  readonly messages: FromEdge[];
  readonly tell: (message: ToEdge) => void;
  readonly get: <T>(path: string) => Promise<T>;
  readonly children: () => readonly ProcessEvent[];
  readonly message: <K extends FromEdge['kind']>(kind: K, is?: (message: Extract<FromEdge, { kind: K }>) => boolean) => Promise<Extract<FromEdge, { kind: K }>>;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'twinwatch-edge-'));
  const root = process.cwd();
  buildSync({
    entryPoints: { edge: 'local/edge.ts', bootstrap: 'local/bootstrap.ts' },
    ...bundled,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  });
  const edges: TestEdge[] = [];
  const spec = (changes: Partial<EdgeSpec>): EdgeSpec => ({
    region: regionA,
    account,
    port: 0,
    dataDir: join(folder, 'state', changes.region ?? regionA),
    engine: 'auto',
    bootstrapFile: join(folder, 'bootstrap.mjs'),
    packageRoot: root,
    replicas: [],
    functions: [],
    subscriptions: [],
    alarms: [],
    replicationLagMs: { min: 5, max: 40 },
    ...changes,
  });
  return {
    folder,
    spec,
    bundle: (name, source) => {
      const bundleDir = join(folder, 'bundles', name);
      mkdirSync(bundleDir, { recursive: true });
      writeFileSync(join(bundleDir, 'index.mjs'), source);
      return bundleDir;
    },
    start: async (changes) => {
      const edge = await startEdge(join(folder, 'edge.mjs'), spec(changes));
      edges.push(edge);
      return edge;
    },
    close: async () => {
      await Promise.all(edges.map(endEdge));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startEdge(file: string, spec: EdgeSpec): Promise<TestEdge> {
  const child = fork(file, [], { execArgv: [] });
  const messages: FromEdge[] = [];
  child.on('message', (message) => messages.push(message as FromEdge));
  const message: TestEdge['message'] = async (kind, is = () => true) => {
    type Wanted = Extract<FromEdge, { kind: typeof kind }>;
    return eventually(() => messages.find((found): found is Wanted => found.kind === kind && is(found as Wanted)));
  };
  // An edge that was killed a moment ago cannot be told any more; that it ends is waited for all the same.
  const tell = (order: ToEdge) => void child.send(order, () => undefined);
  tell({ kind: 'start', spec });
  const { port } = await eventually(() => readyOf(messages));
  const url = `http://127.0.0.1:${port}`;
  const started = () => messages.filter((found) => found.kind === 'process' && found.event === 'started') as ProcessEvent[];
  return {
    spec,
    process: child,
    url,
    port,
    messages,
    tell,
    message,
    children: started,
    get: async (path) => (await fetch(url + path)).json() as never,
  };
}

function readyOf(messages: readonly FromEdge[]): Extract<FromEdge, { kind: 'ready' }> | undefined {
  for (const message of messages) {
    if (message.kind === 'ready') return message;
    if (message.kind === 'failed') throw new Error(message.problem);
  }
  return undefined;
}

async function endEdge(edge: TestEdge): Promise<void> {
  if (edge.process.exitCode !== null || edge.process.signalCode !== null) return;
  const ended = new Promise((resolve) => edge.process.once('exit', resolve));
  edge.tell({ kind: 'stop' });
  await ended;
}

/** Makes two edges each other's peers. */
export function introduce(one: TestEdge, other: TestEdge): void {
  const peers = { [one.spec.region]: one.url, [other.spec.region]: other.url };
  for (const edge of [one, other]) edge.tell({ kind: 'peers', peers });
}

export function isAlive(pid: number): boolean {
  return processState(pid) !== undefined && processState(pid) !== 'Z';
}

/** As in `/proc`: `T` is frozen, `S` sleeps, `R` runs. */
export function processState(pid: number): string | undefined {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
