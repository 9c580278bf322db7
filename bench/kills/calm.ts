/** When all is well again: every region runs and is seen to report, every monitor is up by fresh looks, and nothing is open that is over. */
import { setTimeout as pause } from 'node:timers/promises';
import { minute, second } from '../../src/core/basics/time';
import type { MonitorView, StatusView } from '../../src/core/views';
import { type KillableSystem, regions } from './killable-system';
import { nameOf, processesOf } from './processes';

const probers = regions.slice(0, 2);
const calmForMs = 15 * second;
const patienceMs = 6 * minute;
const freshMs = 30 * second;

/** How long it took; what is still wrong when patience ends. */
export async function waitForCalm(system: KillableSystem): Promise<{ readonly afterMs: number; readonly wrong: readonly string[] }> {
  const begunAt = Date.now();
  let calmSince = Number.POSITIVE_INFINITY;
  for (;;) {
    const wrong = await unrest(system).catch((error: Error) => [`it does not answer: ${error.message}`]);
    calmSince = wrong.length > 0 ? Number.POSITIVE_INFINITY : Math.min(calmSince, Date.now());
    const afterMs = Date.now() - begunAt;
    if (Date.now() - calmSince >= calmForMs) return { afterMs: calmSince - begunAt, wrong };
    if (afterMs > patienceMs) return { afterMs, wrong };
    await pause(second);
  }
}

async function unrest(system: KillableSystem): Promise<readonly string[]> {
  const [views, status] = await Promise.all([system.regions(), system.status()]);
  return [
    ...views.flatMap(({ name, state }) => (state === 'running' ? [] : [`${name} is ${state}`])),
    ...absentProcesses(system),
    ...probers.flatMap((subject) => watchFaults(subject, status)),
    ...status.monitors.flatMap(monitorFaults),
    ...status.incidents.flatMap(({ state, subject, condition }) => (state === 'open' && condition !== 'flaky' ? [`${subject} is open as ${condition}`] : [])),
  ];
}

function absentProcesses(system: KillableSystem): readonly string[] {
  const there = new Set(processesOf(system.mainPid(), system.folder).map(nameOf));
  const wanted = regions.flatMap((region) =>
    ['edge', 'database', 'executor', 'watchdog', ...(probers.includes(region) ? ['prober'] : [])].map((kind) => `${kind} of ${region}`),
  );
  return ['main', ...wanted].flatMap((name) => (there.has(name) ? [] : [`there is no ${name}`]));
}

function watchFaults(subject: string, { watches }: StatusView): readonly string[] {
  return regions.flatMap((observer) => {
    if (observer === subject) return [];
    const watch = watches.find((one) => one.observer === observer && one.subject === subject);
    if (watch === undefined || watch.ageMs > freshMs) return [`${observer} says nothing fresh of ${subject}`];
    return watch.state === 'reporting' ? [] : [`${observer} says of ${subject}: ${watch.state}`];
  });
}

function monitorFaults({ id, verdict, regions: places }: MonitorView): readonly string[] {
  const old = probers.filter((region) => (places[region]?.ageMs ?? Number.POSITIVE_INFINITY) > freshMs);
  return [...(verdict === 'up' ? [] : [`${id} is ${verdict}`]), ...old.map((region) => `${region} has not seen ${id} for ${freshMs / second} s`)];
}
