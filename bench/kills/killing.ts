/** kill -9 of one process after the other, whichever the seed draws, at whatever moment it draws. */
import { setTimeout as pause } from 'node:timers/promises';
import { second } from '../../src/core/basics/time';
import type { Random } from '../deadman/random';
import type { KillableSystem } from './killable-system';
import { nameOf, type Process, processesOf } from './processes';

export interface Kill {
  readonly atMs: number;
  readonly victim: Process;
  /** It was killed while the system was on its way up: then there is little else to kill. */
  readonly isInStart: boolean;
}

export interface Killing {
  readonly system: KillableSystem;
  readonly random: Random;
  readonly times: number;
  /** Every process that is ever seen. */
  readonly onProcess: (process: Process) => void;
  readonly onKill: (kill: Kill) => void;
}

/** Of those starts that there are. More would let the system live too seldom to show anything. */
const shareOfStartsHit = 0.25;

export async function killAgainAndAgain({ system, random, times, onProcess, onKill }: Killing): Promise<readonly Kill[]> {
  const kills: Kill[] = [];
  while (kills.length < times) {
    const draws = random.at(1, kills.length);
    await pause((2 + 4 * draws.unit()) * second);
    const isInStart = !system.isUp();
    if (isInStart && (kills.at(-1)?.isInStart === true || draws.unit() > shareOfStartsHit)) {
      await untilUp(system);
      continue;
    }
    const processes = processesOf(system.mainPid(), system.folder);
    for (const one of processes) onProcess(one);
    const victim = processes[Math.floor(draws.unit() * processes.length)];
    if (victim === undefined || !isKilled(victim.pid)) continue;
    const kill = { atMs: Date.now(), victim, isInStart };
    kills.push(kill);
    onKill(kill);
    console.error(`${kills.length}/${times} ${new Date().toISOString()} killed: ${nameOf(victim)} (${victim.pid})${isInStart ? ' in a start' : ''}`);
  }
  return kills;
}

/** Or until it is plain that it never will be: then the rest says so. */
async function untilUp(system: KillableSystem): Promise<void> {
  for (let turn = 0; turn < 600 && !system.isUp(); turn += 1) await pause(second / 10);
}

function isKilled(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
