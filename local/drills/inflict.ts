/** Putting a fault into the running system, and taking it out again. */
import type { RegionId } from '../../src/core/basics/brand';
import type { Faults } from '../aws/faults';
import type { LocalSystem } from '../local-system';
import { type DrillOrder, darkened } from './order';

/** What a drill does to the system; of the real one only this much is needed. */
export type Drilled = Pick<LocalSystem, 'regions' | 'darken' | 'bringBack' | 'setLink' | 'isCut' | 'setFaults'>;

export async function putIn(system: Drilled, order: DrillOrder): Promise<void> {
  await Promise.all(darkened(order).map((region) => system.darken(region)));
  setLinks(system, order, 'in');
  for (const [region, faults] of faultsOf(order)) system.setFaults(region, faults);
}

/** What could not be undone, in a sentence. */
export async function takeOut(system: Drilled, order: DrillOrder): Promise<string | undefined> {
  setLinks(system, order, 'out');
  for (const [region] of faultsOf(order)) system.setFaults(region, {});
  const problems = await Promise.all(darkened(order).map((region) => bringBack(system, region)));
  const told = problems.filter((problem) => problem !== undefined);
  return told.length === 0 ? undefined : told.join('; ');
}

async function bringBack(system: Drilled, region: RegionId): Promise<string | undefined> {
  try {
    await system.bringBack(region);
    return undefined;
  } catch (error) {
    return `${region} could not be brought back: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function setLinks(system: Drilled, order: DrillOrder, way: 'in' | 'out'): void {
  if (order.kind === 'lag') system.setLink({ from: order.from, to: order.to, lagMs: way === 'in' ? order.lagMs : 0 });
  if (order.kind !== 'cut') return;
  system.setLink({ from: order.from, to: order.to, cut: way === 'in' });
  if (order.both) system.setLink({ from: order.to, to: order.from, cut: way === 'in' });
}

function faultsOf(order: DrillOrder): readonly (readonly [RegionId, Partial<Faults>])[] {
  switch (order.kind) {
    case 'kill-prober':
      return [[order.region, { prober: 'killed' }]];
    case 'freeze':
      return [[order.region, { prober: 'frozen' }]];
    case 'stop':
      return [[order.region, { schedule: 'off' }]];
    case 'skip':
      return [[order.region, { prober: 'starved' }]];
    case 'throttle':
      return [[order.region, { table: 'throttled' }]];
    case 'store':
      return [[order.region, { table: 'down' }]];
    case 'clock':
      return [[order.region, { clockOffMs: order.offMs }]];
    case 'mute':
      return [
        [order.region, { topic: 'mute' }],
        [order.dying, { prober: 'killed' }],
      ];
    default:
      return [];
  }
}
