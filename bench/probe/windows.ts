/** Windows of time in which every tool is measured: all at once, or in turn while the others stand still. */
import { setTimeout as pause } from 'node:timers/promises';
import { machineLoad, rssMbOf } from '../peers/processes';
import type { Target } from './target';
import type { Tool } from './tools';

export interface Row {
  readonly tool: string;
  readonly monitors: number;
  readonly perSecond: number;
  readonly cpuMs: Spread;
  readonly rssMb: number;
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Plan {
  readonly windows: number;
  readonly seconds: number;
  readonly target: Target;
  /** In turn where each takes all that the machine has. */
  readonly isInTurn: boolean;
}

interface Window {
  readonly requests: number;
  readonly cpuMs: number;
  readonly seconds: number;
}

export async function measure(tools: readonly Tool[], plan: Plan): Promise<{ readonly rows: readonly Row[]; readonly load: Spread }> {
  const windows = new Map<Tool, Window[]>(tools.map((tool) => [tool, []]));
  const loads: number[] = [];
  const take = async (measured: readonly Tool[]): Promise<void> => {
    const done = await window(measured, plan);
    for (const [tool, one] of done) windows.get(tool)?.push(one);
  };
  if (plan.isInTurn) for (const tool of tools) tool.process.child.kill('SIGSTOP');
  for (let count = 0; count < plan.windows; count += 1) {
    if (!plan.isInTurn) await take(tools);
    else for (const tool of tools) await awake(tool, () => take([tool]));
    loads.push(machineLoad());
  }
  return { rows: tools.map((tool) => rowOf(tool, windows.get(tool) ?? [])), load: spreadOf(loads) };
}

async function awake(tool: Tool, work: () => Promise<void>): Promise<void> {
  tool.process.child.kill('SIGCONT');
  await pause(1000);
  await work();
  tool.process.child.kill('SIGSTOP');
}

async function window(tools: readonly Tool[], { seconds, target }: Plan): Promise<ReadonlyMap<Tool, Window>> {
  const at = () => {
    const counts = target.counts();
    return new Map(tools.map((tool) => [tool, { requests: counts.get(tool.key)?.requests ?? 0, cpuMs: tool.process.cpuMs(), now: performance.now() }]));
  };
  const before = at();
  await pause(seconds * 1000);
  const after = at();
  return new Map(
    tools.map((tool) => {
      const [from, to] = [before.get(tool), after.get(tool)];
      const since = (of: 'requests' | 'cpuMs' | 'now'): number => (to?.[of] ?? Number.NaN) - (from?.[of] ?? Number.NaN);
      return [tool, { requests: since('requests'), cpuMs: since('cpuMs'), seconds: since('now') / 1000 }];
    }),
  );
}

function rowOf(tool: Tool, windows: readonly Window[]): Row {
  return {
    tool: tool.name,
    monitors: tool.monitors,
    perSecond: spreadOf(windows.map(({ requests, seconds }) => requests / seconds)).median,
    cpuMs: spreadOf(windows.map(({ requests, cpuMs }) => cpuMs / requests)),
    rssMb: rssMbOf(tool.process.pid),
  };
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}
