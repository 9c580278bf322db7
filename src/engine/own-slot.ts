/** The slot that an invocation of a prober works for, and which of two loops stays. */
import type { Instant, Slot } from '../core/basics/brand';
import { minute } from '../core/basics/time';
import type { Head } from '../core/beat';
import { sequenceNumber } from '../core/sequence';
import { laterSlot, slotAfter, slotOf } from '../core/slots';
import { claim, lastClaimed } from './claims';
import { lastHead, type OwnHead } from './own-head';
import { livesForTurn } from './turns';
import type { World } from './world';

/**
 * The slot that an invocation of a single round works for; undefined where another one has it. Where that slot or a later one is stored, and is
 * not ahead of the clock, this event came late or again while the table refused claims: it takes no slot of one to come.
 */
export async function slotOfEvent(world: World, at: Instant): Promise<Begun | undefined> {
  const claimed = await slotFor(world, at);
  if (claimed === undefined) return undefined;
  const stored = await lastHead(world, claimed);
  const { head } = stored;
  if (!isUsed(world, head, claimed) || head.slot > currentSlot(world, claimed)) return slotAfterStored(world, { claimed, ...stored });
  world.ports.diary.note('slot taken', { slot: claimed });
  return undefined;
}

/** The slot of a time if nobody has it. Where claims are ahead of the clock, it must have been set back: then the one after the last of them. */
async function slotFor(world: World, at: Instant): Promise<Slot | undefined> {
  const { self, ports } = world;
  const slot = slotOf(self.config, self.region, at);
  if ((await claim(world, slot)) !== 'taken') return slot;
  const ahead = await claimAhead(world, slotAfter(self.config, currentSlot(world, slot)));
  if (ahead === undefined) ports.diary.note('slot taken', { slot });
  return ahead;
}

/** The slot of an event is not ahead of the clock, though that may be a little slow. */
const currentSlot = ({ self, ports }: World, ofEvent: Slot): Slot => laterSlot(ofEvent, slotOf(self.config, self.region, ports.clock.now()));

/**
 * The slot that runs now if nobody has it; else the next one, claimed ahead so that the predecessor hands over. Where claims are
 * ahead of the clock, which must have been set back, the one after the last of them; else this is a duplicate.
 */
export async function firstSlot(world: World, since: Instant): Promise<Slot | undefined> {
  const { self, ports } = world;
  const current = slotOf(self.config, self.region, ports.clock.now());
  if ((await claim(world, current, since)) !== 'taken') return current;
  const next = slotAfter(self.config, slotOf(self.config, self.region, ports.clock.now()));
  if ((await claim(world, next, since)) !== 'taken') return next;
  const ahead = await claimAhead(world, next, since);
  if (ahead === undefined) ports.diary.note('slot taken', { slot: next });
  return ahead;
}

/** The predecessor claims, too, meanwhile. Where the next slot is that of the same schedule, this is its duplicate: no clock was set back. */
async function claimAhead(world: World, next: Slot, since?: Instant): Promise<Slot | undefined> {
  for (let tries = 1; tries <= 3; tries += 1) {
    const { epoch } = world.memory;
    const claimed = await lastClaimed(world);
    if (claimed !== undefined && world.memory.epoch > epoch && claimed.slot < next) return claimAnew(world, since);
    if (claimed === undefined || claimed.slot < next) return undefined;
    if (claimed.slot === next && claimed.since !== undefined && claimed.since === since) return undefined;
    const after = slotAfter(world.self.config, claimed.slot);
    if ((await claim(world, after, since)) !== 'taken') return after;
  }
  return undefined;
}

/** The table was restored since this environment looked last: what it claimed was of an epoch that is over. */
async function claimAnew(world: World, since?: Instant): Promise<Slot | undefined> {
  const { self, ports } = world;
  const current = slotOf(self.config, self.region, ports.clock.now());
  return (await claim(world, current, since)) !== 'taken' ? current : undefined;
}

export interface Begun {
  readonly slot: Slot;
  readonly before: Head | undefined;
  /** Whether what this region stored last could be read. */
  readonly isSure: boolean;
}

/**
 * What a region claimed while its own table refused claims is known from what it stored elsewhere. Where that is the slot itself, another
 * loop has run it; where it is later than the clock says, the clock was set back since: then the slot after that, or nothing that is stored now would be newer.
 */
export const unusedSlot = async (world: World, claimed: Slot, since?: Instant): Promise<Begun> =>
  slotAfterStored(world, { claimed, since, ...(await lastHead(world, claimed)) });

interface Stored extends OwnHead {
  readonly claimed: Slot;
  readonly since?: Instant | undefined;
}

async function slotAfterStored(world: World, { claimed, since, head, isRead }: Stored): Promise<Begun> {
  if (!isUsed(world, head, claimed)) return { slot: claimed, before: head, isSure: isRead };
  const slot = slotAfter(world.self.config, head.slot);
  world.ports.diary.note('slot was used', { claimed, slot });
  await claim(world, slot, since);
  return { slot, before: head, isSure: isRead };
}

const isUsed = ({ memory }: World, head: Head | undefined, claimed: Slot): head is Head =>
  head !== undefined && sequenceNumber(head) >= sequenceNumber({ epoch: memory.epoch, slot: claimed });

interface Refused {
  readonly slot: Slot;
  readonly since: Instant;
  /** When this loop began, by the clock that nobody sets. */
  readonly begunMs: number;
}

/**
 * Two loops may both run where claims failed for a time. It is the older one that must go: its end is nearer. The younger one claims a
 * slot ahead, and so is handed over to. Who cannot read by whom it was refused takes itself for the younger one: with two that do, the
 * rounds go on, and with none they end. Whose successor is due lets go in any case: an event that came hours late has the longer time left.
 * So does who would not live to run the slot in its turn.
 */
export async function regain(world: World, { slot, since, begunMs }: Refused): Promise<Slot | undefined> {
  const claimed = await lastClaimed(world);
  const isSuccessorDue = world.ports.clock.elapsedMs() - begunMs >= minute;
  if (claimed !== undefined && (isSuccessorDue || claimed.since === undefined || claimed.since >= since)) return undefined;
  // The older one may be ahead by more than one slot, of a clock that was fast.
  const next = slotAfter(world.self.config, laterSlot(slot, claimed?.slot ?? slot));
  if (!(await livesForTurn(world, next))) return undefined;
  return (await claim(world, next, since)) !== 'taken' ? next : undefined;
}
