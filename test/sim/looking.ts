/**
 * What a region's functions really did, known from what they asked of a replica: who looked around, that is read what shows others at work and was
 * answered in time, and who finished a round, whether or not any replica took its beat.
 */
import type { RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import type { Item, Key } from '../../src/core/table';
import type { Replica } from '../../src/engine/ports';

/** Nobody waits longer for a replica. */
const patienceMs = 1.5 * second;

interface Eyes {
  readonly now: () => number;
  /** Called for each such read of a function of this region, whatever it will be answered. */
  readonly onQuestion: (region: RegionId) => void;
  /** Called for each of them that is answered in time. */
  readonly onLook: (region: RegionId) => void;
  /** Called each time that it asks a replica to take a beat. */
  readonly onBeat: (region: RegionId, beat: Item) => void;
}

/** The same replica, as a function of `region` asks it. Who asks is answered no later for it. */
export function noticing(replica: Replica, region: RegionId, { now, onQuestion, onLook, onBeat }: Eyes): Replica {
  const isOfAnother = ({ pk }: Key): boolean => pk.startsWith('HEAD#') && !pk.startsWith(`HEAD#${region}`);
  const get: Replica['get'] = (keys) => {
    const askedAt = now();
    const answer = replica.get(keys);
    if (!keys.some(isOfAnother)) return answer;
    onQuestion(region);
    answer.then(() => now() - askedAt <= patienceMs && onLook(region)).catch(() => undefined);
    return answer;
  };
  const putIfNewer: Replica['putIfNewer'] = (item) => {
    if (item.pk.startsWith('BEAT#')) onBeat(region, item);
    return replica.putIfNewer(item);
  };
  return { ...replica, get, putIfNewer };
}
