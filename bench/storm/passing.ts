/** A storm: every service breaks at once, and all of it is seen through to the last first page. */
import { setTimeout as pause } from 'node:timers/promises';
import { minute, second } from '../../src/core/basics/time';
import type { StatusView } from '../../src/core/views';
import { type Held, watchMemory } from './memory';
import type { Got, Receivers } from './receivers';
import type { Services } from './services';
import type { StormSystem } from './system';
import { firstToldAt, openedAt } from './told';

export interface Passed {
  readonly incidents: number;
  /** From the first opening to the last one. */
  readonly openedWithinMs: number;
  /** From the opening of an incident to the first message that tells it, ascending; of those that were told. */
  readonly waitsMs: readonly number[];
  readonly untold: number;
  readonly got: readonly Got[];
  readonly before: readonly Held[];
  readonly during: readonly Held[];
  /** Two whole minutes long after all was told, with all incidents open: every minute has one change of environments. */
  readonly after: readonly [readonly Held[], readonly Held[]];
}

/** Our own JSON is what a program reads; all channels of the relay are told by the same message. */
const ledger = 'post';
const patienceMs = 4 * minute;
const calmMs = 30 * second;

export async function passStorm(system: StormSystem, services: Services, receivers: Receivers): Promise<Passed> {
  await until(async () => (await status(system)).monitors.every(({ verdict }) => verdict === 'up'));
  const memory = watchMemory(system);
  await pause(calmMs);
  const brokenAt = Date.now();
  services.setBroken(services.names);
  await until(async () => firstToldAt(receivers.got, ledger).size >= services.names.length);
  const toldAt = Date.now();
  // What the relay has taken on may still be on its way to others, and environments that are idle end.
  await pause(calmMs + 2 * minute);
  memory.stop();
  const opened = openedAt(await system.logs());
  const told = firstToldAt(receivers.got, ledger);
  const times = [...opened.values()];
  return {
    incidents: opened.size,
    openedWithinMs: Math.max(...times) - Math.min(...times),
    waitsMs: [...opened].flatMap(([key, at]) => (told.has(key) ? [(told.get(key) ?? 0) - at] : [])).sort((one, other) => one - other),
    untold: [...opened.keys()].filter((key) => !told.has(key)).length,
    got: receivers.got,
    before: memory.held.filter(({ atMs }) => atMs < brokenAt),
    during: memory.held.filter(({ atMs }) => atMs >= brokenAt && atMs < toldAt),
    after: [heldFrom(memory.held, toldAt + calmMs), heldFrom(memory.held, toldAt + calmMs + minute)],
  };
}

const heldFrom = (held: readonly Held[], fromMs: number): readonly Held[] => held.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + minute);

const status = (system: StormSystem): Promise<StatusView> => system.get('/api/status');

/** Goes on without it when patience ends: what is missing is told by the figures. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + patienceMs;
  while (Date.now() < endsAt && !(await isSo().catch(() => false))) await pause(second / 2);
}
