/** The user of the system: starts it again when it has died, and brings back a region that was told to be dark. */
import { setTimeout as pause } from 'node:timers/promises';
import { second } from '../../src/core/basics/time';
import type { StatusView } from '../../src/core/views';
import { type KillableSystem, regions } from './killable-system';

export interface Darkness {
  readonly region: string;
  readonly seenAtMs: number;
  /** Until an incident named it; null where it was brought back for another reason. */
  readonly namedAfterMs: number | null;
  readonly why: 'named' | 'nobody was left to name it' | 'nobody named it';
}

export interface User {
  readonly darknesses: readonly Darkness[];
  /** Questions that a system that lives on did not answer. */
  readonly complaints: readonly string[];
  leave(): Promise<void>;
}

/** No region is dark for so long without an incident that says so, whatever is killed meanwhile. */
const patienceMs = 120 * second;

export function watchOver(system: KillableSystem): User {
  const darknesses: Darkness[] = [];
  const complaints: string[] = [];
  const darkSince = new Map<string, number>();
  let isLeaving = false;
  const careFor = async (region: string, darkness: Omit<Darkness, 'region' | 'seenAtMs'> | undefined): Promise<void> => {
    const seenAtMs = darkSince.get(region) ?? Date.now();
    darkSince.set(region, seenAtMs);
    if (darkness === undefined) return;
    darkSince.delete(region);
    darknesses.push({ region, seenAtMs, ...darkness });
    // Its edge may be killed while it comes back: then it is dark again, and seen to be.
    await system.bringBack(region).catch(() => undefined);
  };
  const look = async (): Promise<void> => {
    if (system.mainPid() === undefined) {
      darkSince.clear();
      return system.startAgain();
    }
    const [views, status] = await Promise.all([system.regions(), system.status()]);
    const dark = views.filter(({ state }) => state === 'dark').map(({ name }) => String(name));
    for (const region of [...darkSince.keys()]) if (!dark.includes(region)) darkSince.delete(region);
    for (const region of dark) await careFor(region, endOf(region, { status, dark, sinceMs: darkSince.get(region) ?? Date.now() }));
  };
  const stay = async (): Promise<void> => {
    while (!isLeaving) complaints.push(...(await complaintAbout(look, system)));
  };
  const staying = stay();
  return {
    darknesses,
    complaints,
    leave: () => {
      isLeaving = true;
      return staying;
    },
  };
}

/** What does not answer may have been killed a moment ago. */
async function complaintAbout(look: () => Promise<void>, system: KillableSystem): Promise<readonly string[]> {
  const main = system.mainPid();
  const problem = await look().then(
    () => undefined,
    (error: Error) => error.message,
  );
  await pause(second);
  return problem !== undefined && system.isUp() && system.mainPid() === main ? [problem] : [];
}

interface Seen {
  readonly status: StatusView;
  readonly dark: readonly string[];
  readonly sinceMs: number;
}

/** Why it is brought back now; undefined where it is not yet. */
function endOf(region: string, { status, dark, sinceMs }: Seen): Omit<Darkness, 'region' | 'seenAtMs'> | undefined {
  const darkMs = Date.now() - sinceMs;
  if (isNamed(region, status)) return { why: 'named', namedAfterMs: darkMs };
  if (dark.length === regions.length && darkMs > 3 * second) return { why: 'nobody was left to name it', namedAfterMs: null };
  return darkMs > patienceMs ? { why: 'nobody named it', namedAfterMs: null } : undefined;
}

/** By its own name, or by the one region that is left: it sees nobody, and says that it may be itself. */
export function isNamed(region: string, { incidents }: Pick<StatusView, 'incidents'>): boolean {
  const names = [`prober:${region}`, `watchdog:${region}`, 'monitoring'];
  const isAloneWithout = ({ condition, subject }: StatusView['incidents'][number]): boolean => condition === 'alone' && subject !== `watchdog:${region}`;
  return incidents.some((incident) => incident.state === 'open' && (names.includes(incident.subject) || isAloneWithout(incident)));
}
