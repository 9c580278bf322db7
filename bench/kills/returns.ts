/** How long a killed process was gone until another one stood in its place by itself. What ends with its edge or the main process is not counted. */
import { second } from '../../src/core/basics/time';
import type { KillableSystem } from './killable-system';
import type { Kill } from './killing';
import { nameOf, type Process, processesOf } from './processes';

export interface Returns {
  onKill(kill: Kill): void;
  stop(): void;
  /** By kind. */
  list(): Readonly<Record<string, { readonly times: number; readonly medianMs: number; readonly mostMs: number }>>;
}

const lookEveryMs = second / 2;

export function watchReturns(system: KillableSystem): Returns {
  const gone = new Map<string, Kill>();
  const afterMs = new Map<string, number[]>();
  const look = (): void => {
    const processes = processesOf(system.mainPid(), system.folder);
    for (const [name, { atMs, victim }] of gone) {
      if (!processes.some((one) => nameOf(one) === name && !isSame(one, victim))) continue;
      gone.delete(name);
      afterMs.set(victim.kind, [...(afterMs.get(victim.kind) ?? []), Date.now() - atMs]);
    }
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    onKill: (kill) => {
      const { victim } = kill;
      if (kill.isInStart || victim.kind === 'main') gone.clear();
      else if (victim.kind === 'edge') for (const [name, other] of gone) other.victim.region === victim.region && gone.delete(name);
      else gone.set(nameOf(victim), kill);
    },
    stop: () => clearInterval(timer),
    list: () => Object.fromEntries([...afterMs].map(([kind, all]) => [kind, spreadOf(all)])),
  };
}

const isSame = (one: Process, other: Process): boolean => one.pid === other.pid && one.startedAt === other.startedAt;

function spreadOf(all: readonly number[]): { readonly times: number; readonly medianMs: number; readonly mostMs: number } {
  const inOrder = [...all].sort((one, other) => one - other);
  return { times: inOrder.length, medianMs: inOrder[Math.floor(inOrder.length / 2)] ?? 0, mostMs: inOrder.at(-1) ?? 0 };
}
