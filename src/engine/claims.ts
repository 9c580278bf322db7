/** Who has a slot: of two environments that run at once, one claims it. */
import { type Instant, instant, type Slot } from '../core/basics/brand';
import { readSequence, sequenceNumber } from '../core/sequence';
import { claimKey, type Item, onlyShard } from '../core/table';
import { within } from './within';
import { homeLimitMs, type World } from './world';

/** `assumed`: nothing answered, or the table refuses; whether another loop has the slot is not known. */
export type Claimed = 'mine' | 'assumed' | 'taken';

/**
 * One conditional write in the local replica keeps duplicates out and hands over between overlapping loops.
 * When it cannot be written the round runs all the same: twice is harmless. `since`: when the claiming loop was scheduled.
 * Stored with when that was: an event may come so late that its slot tells nothing of it.
 */
export async function claim(world: World, slot: Slot, since?: Instant): Promise<Claimed> {
  const { self, ports, memory } = world;
  const seq = sequenceNumber({ epoch: memory.epoch, slot });
  memory.claims += 1;
  const by = `${self.bootId} ${memory.claims}`;
  const item = { ...claimKey(self.region, onlyShard), v: 1, seq, by, at: ports.clock.now(), ...(since === undefined ? {} : { since }) };
  const outcome = await within(ports.clock, homeLimitMs, ports.replica(self.region).putIfNewer(item));
  if (outcome.kind === 'failed') {
    ports.diary.note('claim failed', { slot, error: outcome.error });
    return 'assumed';
  }
  if (outcome.value === 'written') return 'mine';
  return (await storedClaim(world))?.by === by ? 'mine' : 'taken';
}

/** Who repeats a write whose answer was lost is refused by what it wrote itself: then the claim that is stored is this very one. */
async function storedClaim({ self, ports }: World): Promise<Item | undefined> {
  const outcome = await within(ports.clock, homeLimitMs, ports.replica(self.region).get([claimKey(self.region, onlyShard)]));
  return outcome.kind === 'done' ? outcome.value[0] : undefined;
}

/** The slot claimed last, as it is stored, and when the loop was scheduled that claimed it; undefined where that cannot be known. */
export async function lastClaimed(world: World): Promise<{ readonly slot: Slot; readonly since: Instant | undefined } | undefined> {
  const { memory } = world;
  const item = await storedClaim(world);
  if (typeof item?.seq !== 'number') return undefined;
  const { epoch, slot } = readSequence(item.seq);
  memory.epoch = Math.max(memory.epoch, epoch);
  return { slot, since: typeof item.since === 'number' ? instant(item.since) : undefined };
}
