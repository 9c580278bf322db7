/** Draws what may go wrong with what the functions use: tables, topics, clocks, rights, names. */
import { minute, second } from '../../src/core/basics/time';
import { allRegions } from '../../src/core/config/config';
import type { TableTrouble } from './afflictions';
import { type Draw, type Drawing, during } from './draw';
import type { Fault } from './faults';

export const drawsOfServices: Readonly<Record<string, Draw>> = {
  throttled: (drawing) => [table(drawing, 'throttled')],
  broken: (drawing) => [table(drawing, 'broken')],
  slow: (drawing) => [table(drawing, 'slow')],
  lostAnswers: (drawing) => [table(drawing, 'answer-lost')],
  topicFailing: (drawing) => [topic(drawing, 'topic-failing')],
  topicDropping: (drawing) => [topic(drawing, 'topic-dropping')],
  clock: (drawing) => [clock(drawing)],
  steppingClock: (drawing) => [steppingClock(drawing)],
  credentials: (drawing) => [inRegion(drawing, 'credentials-revoked')],
  names: (drawing) => [inRegion(drawing, 'names-gone')],
};

function table(drawing: Drawing, how: TableTrouble['how']): Fault {
  const { random, config } = drawing;
  const trouble = {
    calls: random.pick(['reads', 'writes', 'all'] as const),
    how,
    probability: random.pick([0.1, 0.5, 1]),
  };
  return { kind: 'table-failing', region: random.pick(allRegions(config.regions)), trouble, ...during(drawing, random.between(20 * second, 5 * minute)) };
}

const topic = (drawing: Drawing, kind: 'topic-failing' | 'topic-dropping'): Fault => ({
  kind,
  region: drawing.random.pick(allRegions(drawing.config.regions)),
  ...during(drawing, drawing.random.between(1 * minute, 7 * minute)),
});

/** By seconds, or by minutes. */
const drawStep = ({ random }: Drawing): number =>
  Math.round(random.pick([-1, 1]) * random.pick([random.between(1 * second, 20 * second), random.between(20 * second, 5 * minute)]));

function steppingClock(drawing: Drawing): Fault {
  const { random, config } = drawing;
  const region = random.pick(allRegions(config.regions));
  // A clock that is set more often than once a minute is no clock.
  const everyMs = Math.round(random.between(1 * minute, 3 * minute));
  return { kind: 'clock-stepping', region, byMs: drawStep(drawing), everyMs, ...during(drawing, random.between(1 * minute, 7 * minute)) };
}

/** A step forward or back, and the other way later. */
function clock(drawing: Drawing): Fault {
  const { random, config } = drawing;
  const byMs = drawStep(drawing);
  return { kind: 'clock-skewed', region: random.pick(allRegions(config.regions)), byMs, ...during(drawing, random.between(1 * minute, 7 * minute)) };
}

function inRegion(drawing: Drawing, kind: 'credentials-revoked' | 'names-gone'): Fault {
  const { random, config } = drawing;
  const region = kind === 'names-gone' ? random.pick(config.regions.probers) : random.pick(allRegions(config.regions));
  return { kind, region, ...during(drawing, random.between(20 * second, 6 * minute)) };
}
