/** Draws storms that are heavy with some groups of faults, so that these meet: each drawn alone they rarely do. */
import type { Drawing } from './draw';
import { allDraws, inOrder } from './drawing';
import { type FaultGroup, faultGroupNames, kindsOf } from './fault-groups';
import type { Fault } from './faults';

/** So many faults of other groups meet them. */
const averageOthers = 1;

/** The storm of a seed is another one for other groups; in which order they are named is all the same. */
export function drawHeavily(drawing: Drawing, named: readonly FaultGroup[]): readonly Fault[] {
  const groups = faultGroupNames.filter((group) => named.includes(group));
  const random = drawing.random.branch(`heavy ${groups.join()}`);
  const others = Object.keys(allDraws).filter((kind) => !kindsOf(groups).includes(kind));
  const kinds = [
    ...groups.flatMap((group) => Array.from({ length: random.integer(2, 4) }, () => random.pick(kindsOf([group])))),
    ...others.filter(() => random.chance(averageOthers / others.length)),
  ];
  return inOrder(kinds.flatMap((kind) => allDraws[kind]?.({ ...drawing, random }) ?? []));
}
