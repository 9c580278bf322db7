/** Telling the switch outside that all is well. Nothing waits for it but the end of an invocation. */

import { instant } from '../core/basics/brand';
import type { Finding } from '../core/conclusion';
import { type Incident, isOpen } from '../core/incident';
import { type Concluded, isAllFresh, isPingDue, outsideFinding, outsideKey, pingBegun, pingingAfter } from '../core/outside';
import type { Watched } from './watching';
import { within } from './within';
import { pingLimitMs, type World } from './world';

/**
 * Whether this vigil is to end with a ping. It is marked as tried before the vigil is stored: an environment that takes over
 * in between does not ping again.
 */
export function isToTellOutside(world: World, watched: Watched): boolean {
  const { ports, memory, invocation } = world;
  const now = ports.clock.now();
  const isTold = urlOf(world) !== undefined && memory.telling === undefined && isAllFresh(watched);
  if (!isTold || !isPingDue(memory.pinging, now) || invocation.remainingMs() < pingLimitMs + spareMs) return false;
  memory.pinging = pingBegun(memory.pinging, now);
  return true;
}

/** After a vigil that is stored: begins a ping, and does not wait for it. */
export function tellOutside(world: World): void {
  const { memory } = world;
  const url = urlOf(world);
  if (url === undefined) return;
  memory.telling = ping(world, url).finally(() => {
    memory.telling = undefined;
  });
}

/** An environment that is frozen amid a ping would find it failed when it thaws. */
export const outsideIsTold = async ({ memory }: World): Promise<void> => memory.telling;

/** What is left of an invocation after the longest ping. */
const spareMs = 1000;

async function ping(world: World, url: string): Promise<void> {
  const { ports, memory } = world;
  const at = ports.clock.now();
  const outcome = await within(ports.clock, pingLimitMs, ports.outside.ping(url, pingLimitMs));
  const pinged = outcome.kind === 'done' ? outcome.value : { kind: 'failed' as const, reason: outcome.error };
  if (pinged.kind === 'failed') ports.diary.note('switch outside not told', { reason: pinged.reason });
  memory.pinging = pingingAfter(memory.pinging, pinged, at);
}

const urlOf = ({ self }: World): string | undefined => self.config.outside.find(({ region }) => region === self.region)?.pingUrl;

/** Nothing where this region has no switch and nothing is open about one. */
export function outsideFindings(world: World, latest: ReadonlyMap<string, Incident>): readonly Finding[] {
  const { self, memory, ports } = world;
  const known = latest.get(outsideKey(self.region));
  const isConfigured = urlOf(world) !== undefined;
  if (self.role !== 'watchdog' || !(isConfigured || (known !== undefined && isOpen(known)))) return [];
  const newest = memory.vigils.get(self.region)?.newest;
  return [outsideFinding({ me: self.region, isConfigured, pinging: memory.pinging, newest, concluded: concludedOf(known), now: ports.clock.now() })];
}

function concludedOf(incident: Incident | undefined): Concluded | undefined {
  const last = incident?.transitions.at(-1);
  if (last === undefined) return undefined;
  return { condition: last.kind === 'resolved' ? 'well' : last.condition, at: instant(Math.max(...last.entries.map(({ at }) => at))) };
}
