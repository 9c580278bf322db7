/** Outages in a few lanes at once: each begins and ends at its phase, and lasts until every tool has told it, or nobody waits any longer. */
import { setTimeout as pause } from 'node:timers/promises';
import { second } from '../../src/core/basics/time';
import { type Happened, momentAt, type Outage } from './outages';
import type { Heard } from './receiver';
import type { Target } from './targets';

export interface Course {
  readonly outages: readonly Outage[];
  readonly targets: readonly Target[];
  readonly tools: readonly string[];
  readonly heard: readonly Heard[];
  readonly intervalMs: number;
  /** So many targets are down at once, at most. */
  readonly lanes: number;
  /** How long an outage, or what it leaves behind, is waited for. */
  readonly patienceMs: number;
  readonly say: (text: string) => void;
}

/** Between what was awaited and what comes next, so that nothing meets in the same instant. */
const breathMs = second;

export async function runOutages(course: Course): Promise<readonly Happened[]> {
  const left = [...course.outages];
  const happened: Happened[] = [];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      happened.push(await runOutage(course, next));
      course.say(`${happened.length} of ${course.outages.length} outages`);
    }
  };
  await Promise.all(Array.from({ length: course.lanes }, lane));
  await until(course.patienceMs, () => happened.every((outage) => isToldByAll(course, outage.target, 'well', outage.mendedAt)));
  return happened;
}

async function runOutage(course: Course, outage: Outage): Promise<Happened> {
  const { targets, intervalMs, patienceMs } = course;
  const target = targets.find(({ name }) => name === outage.target);
  if (target === undefined) throw new Error(`no target is called ${outage.target}`);
  await untilPhase(outage.beginPhase, intervalMs);
  const brokenAt = Date.now();
  target.breakAs(outage.kind);
  await until(patienceMs, () => isToldByAll(course, outage.target, 'down', brokenAt));
  await untilPhase(outage.endPhase, intervalMs);
  const mendedAt = Date.now();
  await target.mend();
  return { ...outage, brokenAt, mendedAt };
}

function isToldByAll({ tools, heard }: Course, target: string, state: Heard['state'], sinceMs: number): boolean {
  const told = new Set(heard.filter((one) => one.target === target && one.state === state && one.atMs >= sinceMs).map(({ tool }) => tool));
  return tools.every((tool) => told.has(tool));
}

const untilPhase = (phase: number, intervalMs: number): Promise<void> => pause(momentAt(Date.now() + breathMs, phase, intervalMs) - Date.now());

/** Whether it became so in time. */
export async function until(patienceMs: number, isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const begun = performance.now(); performance.now() - begun < patienceMs; await pause(100)) if (await isSo()) return true;
  return false;
}
