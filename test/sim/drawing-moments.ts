/** Draws what hits one moment of an invocation: a race that seems lost, a second delivery in the middle, a death far into the work. */
import { minute, second } from '../../src/core/basics/time';
import { allRegions } from '../../src/core/config/config';
import { type Draw, type Drawing, during } from './draw';
import { anyFunction } from './drawing-functions';
import type { Fault } from './faults';

export const drawsOfMoments: Readonly<Record<string, Draw>> = {
  refusedConditions: (drawing) => [refusedConditions(drawing)],
  repetition: (drawing) => [repetition(drawing)],
  lateCrash: (drawing) => [lateCrash(drawing)],
  outsideFailing: (drawing) => [outsideFailing(drawing)],
};

function refusedConditions(drawing: Drawing): Fault {
  const { random, config } = drawing;
  const trouble = { calls: 'writes', how: 'condition-refused', probability: random.pick([0.05, 0.2, 0.5]) } as const;
  return { kind: 'table-failing', region: random.pick(allRegions(config.regions)), trouble, ...during(drawing, random.between(20 * second, 5 * minute)) };
}

/** Mostly for longer than it takes until that is told. */
const outsideFailing = (drawing: Drawing): Fault => ({
  kind: 'outside-failing',
  region: drawing.random.pick(allRegions(drawing.config.regions)),
  how: drawing.random.pick(['hangs', 'refuses']),
  ...during(drawing, drawing.random.between(3 * minute, 9 * minute)),
});

/** While the first one is still at work, or just after it. */
const repetition = (drawing: Drawing): Fault => ({
  kind: 'duplicate-invocations',
  ...anyFunction(drawing),
  afterMs: Math.round(drawing.random.between(8 * second, 2 * minute)),
  ...during(drawing, drawing.random.between(1 * minute, 5 * minute)),
});

/** After so many answers as the first round alone does not wait for. */
const lateCrash = (drawing: Drawing): Fault => ({
  kind: 'crashes',
  ...anyFunction(drawing),
  afterAnswers: Array.from({ length: drawing.random.integer(1, 3) }, () => drawing.random.integer(40, 300)),
  ...during(drawing, drawing.random.between(2 * minute, 5 * minute)),
});
