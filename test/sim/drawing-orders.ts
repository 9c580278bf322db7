/** Draws what operators ask in the middle of a storm. */
import { minute, second } from '../../src/core/basics/time';
import { allRegions } from '../../src/core/config/config';
import { type Draw, type Drawing, during } from './draw';
import type { Fault } from './faults';

export const drawsOfOrders: Readonly<Record<string, Draw>> = {
  orders: (drawing) => [ordered(drawing)],
  orderedOutage,
};

function ordered(drawing: Drawing): Extract<Fault, { kind: 'ordered' }> {
  const { random, config } = drawing;
  const ids = config.monitors.map(({ id }) => id);
  const monitors = random.chance(0.5) ? ids : [random.pick(ids)];
  const order = random.pick(['silence', 'maintenance'] as const);
  const region = random.pick(allRegions(config.regions));
  return { kind: 'ordered', region, order, monitors, ...during(drawing, random.between(2 * minute, 7 * minute)) };
}

/** What is quiet breaks in it; sometimes it is still broken when it is over. */
function orderedOutage(drawing: Drawing): readonly Fault[] {
  const { random, config, storm } = drawing;
  const quiet = ordered(drawing);
  const monitor = random.pick(quiet.monitors);
  const begins = Math.round(random.between(Math.max(storm.begins, quiet.begins - minute), quiet.ends));
  const ends = Math.round(Math.min(storm.ends, begins + random.between(20 * second, 8 * minute)));
  return [quiet, { kind: 'target-down', monitor, from: config.regions.probers, symptom: random.pick(['refuses', 'status', 'hangs']), begins, ends }];
}
