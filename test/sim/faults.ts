/** The faults of a storm: what each is, how it is said, and how it is done to a world. Times are milliseconds since the beginning. */
import type { MonitorId, RegionId } from '../../src/core/basics/brand';
import type { FunctionRole } from '../../src/core/names';
import type { Darkness, Direction } from './network';
import type { Symptom } from './targets';
import { timeOfStory } from './time-of-story';
import type { World } from './world';

interface Lasting {
  readonly begins: number;
  readonly ends: number;
}

export type Fault = Lasting &
  (
    | { readonly kind: 'link-cut'; readonly directions: readonly Direction[] }
    | { readonly kind: 'replication-stalled'; readonly directions: readonly Direction[] }
    | { readonly kind: 'region-dark'; readonly region: RegionId; readonly darkness: Darkness }
    | { readonly kind: 'lost-minute'; readonly region: RegionId; readonly role: FunctionRole }
    | { readonly kind: 'target-down'; readonly monitor: MonitorId; readonly from: readonly RegionId[]; readonly symptom: Symptom }
  );

/** Plans the beginning and the end of a fault. */
export function inflict(fault: Fault, world: World): void {
  const { events } = world;
  events.quietlyIn(fault.begins - world.elapsedMs, () => {
    const end = begin(fault, world);
    events.quietlyIn(fault.ends - fault.begins, end);
  });
}

/** Begins a fault now; the returned function ends it. */
function begin(fault: Fault, world: World): () => void {
  switch (fault.kind) {
    case 'link-cut':
      return together(fault.directions.map((direction) => world.network.cut(direction)));
    case 'replication-stalled':
      return together(fault.directions.map((direction) => world.network.stallReplication(direction)));
    case 'region-dark':
      return together([world.network.darken(fault.region, fault.darkness), world.region(fault.region).stop()]);
    case 'lost-minute':
      return world.region(fault.region).scheduleOf(fault.role).suspend();
    case 'target-down':
      return world.targets.break(fault.monitor, fault.from, fault.symptom);
  }
}

/** Such as `00:05:00–00:06:10 region eu-west-1 dark (calls to it hang)`. */
export const sayFault = (fault: Fault): string => `${timeOfStory(fault.begins)}–${timeOfStory(fault.ends)} ${whatIsWrong(fault)}`;

export function whatIsWrong(fault: Fault): string {
  switch (fault.kind) {
    case 'link-cut':
      return `link cut ${arrows(fault.directions)}`;
    case 'replication-stalled':
      return `replication stalled ${arrows(fault.directions)}`;
    case 'region-dark':
      return `region ${fault.region} dark (calls to it: ${fault.darkness})`;
    case 'lost-minute':
      return `ticks of ${fault.role} in ${fault.region} lost`;
    case 'target-down':
      return `${fault.monitor} down (${fault.symptom}) from ${fault.from.join(' and ')}`;
  }
}

/** Both directions between two regions. */
export const bothWays = (one: RegionId, other: RegionId): readonly Direction[] => [
  { from: one, to: other },
  { from: other, to: one },
];

function arrows(directions: readonly Direction[]): string {
  const [first] = directions;
  if (first === undefined) return '';
  return directions.length === 1 ? `${first.from} → ${first.to}` : `${first.from} ↔ ${first.to}`;
}

const together = (ends: readonly (() => void)[]) => (): void => {
  for (const end of ends) end();
};
