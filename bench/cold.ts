/**
 * What a cold start costs: bytes that are loaded, and the time of it, for each function bundled as it is deployed, with the pieces that a configuration of
 * http monitors uses. On one core; the CPU time is what an idle core would take, the wall time has the load of the machine in it. `--runs N --json`.
 * Exits with 1 where a goal is missed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, stop } from 'esbuild';
import { columns } from '../cli/drill/columns';
import { exampleConfig } from '../infra/inventory/example-config';
import { functionBundle, writeConfigBeside } from '../src/adapters/function-bundle';
import type { DeployedFunction } from '../src/core/names';
import { bytesOf, loadedFiles } from './cold/loaded';
import { machineLoad } from './peers/processes';
import { spreadOf } from './probe/windows';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' }, json: { type: 'boolean', default: false } } });

/** The inbox is the smallest of them, and nobody waits for it; a worker loads what probes, as the prober does. */
type Measured = Exclude<DeployedFunction, 'inbox' | 'probe-worker'>;

const goals: Readonly<Record<Measured, { readonly initMs: number; readonly bytes: number; readonly pieces: readonly string[] }>> = {
  prober: { initMs: 250, bytes: 1_200_000, pieces: ['http-probe'] },
  watchdog: { initMs: 150, bytes: 800_000, pieces: [] },
  widget: { initMs: 150, bytes: 500_000, pieces: [] },
  relay: { initMs: 150, bytes: 400_000, pieces: ['slack'] },
};

interface Init {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Node itself, before any of it. */
  readonly bootMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'twinwatch-cold-'));
try {
  const rows = [];
  for (const role of Object.keys(goals) as readonly Measured[]) rows.push(await seen(role));
  await stop();
  const isMet = rows.every(({ bytes, cpuMs, goal }) => bytes <= goal.bytes && cpuMs.median <= goal.initMs);
  if (values.json) console.log(JSON.stringify({ bench: 'cold', load: machineLoad(), rows, isMet }));
  else {
    const lines = rows.map(({ role, bytes, allBytes, cpuMs, wallMs, bootMs, goal }) => [
      role,
      `${kb(bytes)} (at most ${kb(goal.bytes)})`,
      kb(allBytes),
      `${cpuMs.median.toFixed(0)} (at most ${goal.initMs})`,
      `${wallMs.least.toFixed(0)} / ${wallMs.median.toFixed(0)}`,
      bootMs.median.toFixed(0),
    ]);
    console.log(columns([['function', 'loaded', 'in the bundle', 'init CPU ms', 'init wall ms least / median', 'Node itself ms'], ...lines]));
    console.log(`${isMet ? 'met' : 'MISSED'}; ${values.runs} starts each on one core, load of the machine ${machineLoad().toFixed(1)}`);
  }
  process.exitCode = isMet ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function seen(role: Measured) {
  const bundle = join(folder, role);
  await build(functionBundle({ entry: fileURLToPath(new URL(`../functions/${role}.ts`, import.meta.url)), folder: bundle }));
  writeConfigBeside(bundle, exampleConfig);
  const pieces = readdirSync(join(bundle, 'pieces')).map((name) => join(bundle, 'pieces', name));
  const used = pieces.filter((file) => goals[role].pieces.some((name) => file.includes(`/${name}-`)));
  const entries = [join(bundle, 'index.mjs'), ...used];
  const inits = Array.from({ length: Number(values.runs) }, () => initOf(bundle, entries));
  return {
    role,
    bytes: bytesOf(loadedFiles(entries)),
    allBytes: bytesOf([join(bundle, 'index.mjs'), ...pieces]),
    cpuMs: spreadOf(inits.map(({ cpuMs }) => cpuMs)),
    wallMs: spreadOf(inits.map(({ wallMs }) => wallMs)),
    bootMs: spreadOf(inits.map(({ bootMs }) => bootMs)),
    goal: goals[role],
  };
}

function initOf(bundle: string, entries: readonly string[]): Init {
  const environment = { PATH: process.env.PATH, AWS_REGION: 'eu-west-1', LAMBDA_TASK_ROOT: bundle, NODE_NO_WARNINGS: '1' };
  const program = fileURLToPath(new URL('cold/init.mjs', import.meta.url));
  return JSON.parse(execFileSync('taskset', ['-c', '0', process.execPath, program, ...entries], { env: environment, encoding: 'utf8' })) as Init;
}

function kb(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
