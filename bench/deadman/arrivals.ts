/** What a detector with a single path sees of A: the times at which B's replica shows a newer beat, and the minutes that have a metric. */
import { yearMs } from './blackouts';
import type { World } from './world';

export interface Seen {
  readonly slotMs: number;
  /** When the replica shows this beat or a newer one. */
  readonly seenAt: number;
  /** When its metric was published into B's CloudWatch; infinite where the link was lost. */
  readonly publishedAt: number;
}

/** Beat after beat, from a slot on, to the world's end. */
export function* seenAtB(world: World, from: number, to = world.scale.years * yearMs): Generator<Seen> {
  const { cycleMs } = world.scale;
  let index = Math.max(0, Math.floor(from / cycleMs));
  for (let [beat, next] = [world.beat(index), world.beat(index + 1)]; index * cycleMs < to; index += 1) {
    const isPublished = !world.linkAB.isDown(beat.writtenAt);
    yield { slotMs: beat.slotMs, seenAt: Math.min(beat.atB, next.atB), publishedAt: isPublished ? beat.writtenAt : Number.POSITIVE_INFINITY };
    [beat, next] = [next, world.beat(index + 2)];
  }
}
