/** Processes of the bench: started with a log, measured, ended. What one used is read from /proc, so this is a bench for Linux. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** A channel for messages, beside the log. */
  readonly talks?: boolean | undefined;
}

export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** User and system time in ms; NaN when it has ended. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const started = new Set<Running>();
process.on('exit', () => {
  for (const { child } of started) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export function start(folder: string, { name, command, args, environment = {}, talks = false }: Program): Running {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const stdio: SpawnOptions['stdio'] = talks ? ['ignore', log, log, 'ipc'] : ['ignore', log, log];
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, ...environment }, stdio });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const running: Running = {
    name,
    pid: child.pid ?? 0,
    child,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
      started.delete(running);
    },
  };
  started.add(running);
  return running;
}

/** The kernel counts in ticks of 10 ms. */
const tickMs = 10;

function cpuMsOf(pid: number): number {
  const fields = readOr(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) * tickMs;
}

export const rssMbOf = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(readOr(`/proc/${pid}/status`))?.[1] ?? Number.NaN) / 1024;

/** How many processes want a core, in the last minute; NaN where nobody says. */
export const machineLoad = (): number => Number(readOr('/proc/loadavg').split(' ')[0] || Number.NaN);

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Ports that nobody has at the moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()));
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
}

function listening(): Promise<ReturnType<typeof createServer>> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
