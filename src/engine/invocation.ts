/** What the two functions do when they are invoked. With beats of a minute the schedule decides; shorter beats are looped inside. */
import { type Instant, instant, type Slot } from '../core/basics/brand';
import { minute, parseTime, second } from '../core/basics/time';
import type { Head } from '../core/beat';
import { sequenceNumber } from '../core/sequence';
import { isLooping, slotAfter, slotBegins, slotOf, staleSlotMs } from '../core/slots';
import { type AskAnswer, answerAsk, askOf } from './ask';
import { notePunctuality } from './clock-step';
import { judge } from './judge';
import { answerLanding } from './landing';
import { type LandingAnswer, landingOf } from './landing-answer';
import { vigilLoopMs } from './pace';
import { answerPoke, nonceOf } from './poke';
import type { PokeAnswer } from './ports';
import { answerProve, type ProveAnswer, proveOf } from './prove';
import { rollUp } from './rolling-up';
import { claim, lastClaimed, lastHead, runRound } from './round';
import { outsideIsTold } from './tell-outside';
import { publishVigil, runVigil } from './vigil';
import { sleep } from './within';
import type { World } from './world';

export { createMemory } from './memory';
export type { Invocation } from './ports';
export type { Self, World } from './world';

export interface ScheduledEvent {
  /** When the schedule meant it to run, in ISO form; text that is no time, such as an unsubstituted placeholder, counts as absent. */
  readonly scheduledTime?: string | undefined;
  /** Any function may be invoked only to prove that it has landed well. */
  readonly landing?: unknown;
}

/** A prober may also be invoked only to say how it is, or what it sees now. */
export interface ProberEvent extends ScheduledEvent {
  /** A nonce that the answer repeats. */
  readonly poke?: unknown;
  /** Which monitors to probe without recording what is seen. */
  readonly ask?: unknown;
}

/** What is asked is answered, and nothing else is done; a scheduled run has nothing to answer. */
export async function runProber(event: ProberEvent, world: World): Promise<PokeAnswer | AskAnswer | LandingAnswer | undefined> {
  if (event.poke !== undefined) return answerPoke(world, nonceOf(event.poke));
  if (event.ask !== undefined) return answerAsk(world, askOf(event.ask));
  if (event.landing !== undefined) return answerLanding(world, landingOf(event.landing));
  await runSchedule(event, world);
  return undefined;
}

async function runSchedule(event: ScheduledEvent, world: World): Promise<void> {
  const { self, ports } = world;
  const now = ports.clock.now();
  const scheduledAt = parseTime(event.scheduledTime) ?? now;
  const at = currentAt(world, scheduledAt, now);
  if (isLooping(self.config)) return loopRounds(world, scheduledAt);
  const claimed = await slotFor(world, at);
  if (claimed === undefined) return;
  const { slot, before } = await unusedSlot(world, claimed);
  const seen = await runRound(world, slot, before);
  await lookAgain(world, seen, async () => ((await judge(world)).isPending ? 'pending' : 'done'));
}

/** A watchdog may also be asked to test the channels of its region, or what came of a test. */
export interface WatchdogEvent extends ScheduledEvent {
  readonly prove?: unknown;
}

export async function runWatchdog(event: WatchdogEvent, world: World): Promise<LandingAnswer | ProveAnswer | undefined> {
  if (event.landing !== undefined) return answerLanding(world, landingOf(event.landing));
  if (event.prove !== undefined) return answerProve(world, proveOf(event.prove));
  await runVigils(event, world);
  await outsideIsTold(world);
  return undefined;
}

async function runVigils(event: ScheduledEvent, world: World): Promise<void> {
  const { self, ports } = world;
  const now = ports.clock.now();
  const scheduledAt = parseTime(event.scheduledTime) ?? now;
  const at = instant(Math.floor(currentAt(world, scheduledAt, now) / minute) * minute);
  if (isLooping(self.config)) return loopVigils(world, scheduledAt, at);
  const seen = await runVigil(world, scheduledAt);
  await publishVigil(world, at);
  await lookAgain(world, seen, () => runVigil(world, scheduledAt));
  if (hasTime(world)) await rollUp(world);
}

/** A minute is long to wait for a turn or for the other region's sample: while something is pending, the invocation stays. */
async function lookAgain(world: World, before: string, look: () => Promise<string>): Promise<void> {
  for (let seen = before; seen === 'pending' && hasTime(world); ) {
    await sleep(world.ports.clock, vigilLoopMs);
    seen = await look();
  }
}

/** A look in which several stores are slow takes long, and must come to its end. */
const hasTime = ({ invocation }: World): boolean => invocation.remainingMs() > 5 * vigilLoopMs;

/**
 * An invocation that comes hours late, as a queue may deliver it, works for the time that is: nothing old is recorded as current.
 * Where it is the clock that is fast, it is so each time, and the rounds go on.
 */
function currentAt(world: World, scheduledAt: Instant, now: Instant): Instant {
  const { ports } = world;
  notePunctuality(world, scheduledAt);
  if (now - scheduledAt <= staleSlotMs) return scheduledAt;
  ports.diary.note('invocation late', { scheduledAt, lateMs: now - scheduledAt });
  return now;
}

/** The slot of a time if nobody has it. Where claims are ahead of the clock, it must have been set back: then the one after the last of them. */
async function slotFor(world: World, at: Instant): Promise<Slot | undefined> {
  const { self, ports } = world;
  const slot = slotOf(self.config, self.region, at);
  if ((await claim(world, slot)) === 'mine') return slot;
  const ahead = await claimAhead(world, slotAfter(self.config, slotOf(self.config, self.region, ports.clock.now())));
  if (ahead === undefined) ports.diary.note('slot taken', { slot });
  return ahead;
}

/**
 * What a region claimed while its own table refused claims is known from what it stored elsewhere. Where that is later than the clock
 * says, the clock was set back since: then the slot after that, or nothing that is stored now would be newer.
 */
async function unusedSlot(world: World, claimed: Slot, since?: Instant): Promise<Begun> {
  const { self, memory } = world;
  const { head, isRead } = await lastHead(world, claimed);
  if (head === undefined || sequenceNumber(head) <= sequenceNumber({ epoch: memory.epoch, slot: claimed }))
    return { slot: claimed, before: head, isSure: isRead };
  const slot = slotAfter(self.config, head.slot);
  world.ports.diary.note('slot was used', { claimed, slot });
  await claim(world, slot, since);
  return { slot, before: head, isSure: isRead };
}

interface Begun {
  readonly slot: Slot;
  readonly before: Head | undefined;
  /** Whether what this region stored last could be read. */
  readonly isSure: boolean;
}

/** Slot after slot until a successor claims one, or the environment's end is near. `since`: when it was scheduled, by a clock that is nobody's here. */
async function loopRounds(world: World, since: Instant): Promise<void> {
  const { self, ports, memory, invocation } = world;
  let slot = await firstSlot(world, since);
  if (slot === undefined) return;
  await waitForFirst(world, slot);
  let turnAt = ports.clock.now();
  for (let begun: Begun | undefined; ; ) {
    begun = begun?.isSure === true ? { slot, before: memory.head, isSure: true } : await unusedSlot(world, slot, since);
    const begunAt = ports.clock.now();
    await runRound(world, begun.slot, begun.before);
    slot = laterSlot(slotAfter(self.config, begun.slot), slotOf(self.config, self.region, ports.clock.now()));
    const nextTakesMs = presumedMs(ports.clock.now() - turnAt, self.config.beatIntervalMs);
    if (invocation.remainingMs() - Math.max(0, untilMs(world, slot, begunAt)) < nextTakesMs + 2 * second) return;
    await waitFor(world, slot, begunAt);
    turnAt = ports.clock.now();
    // Who slept longer than it meant to looks at what is now: the slot that was meant is past.
    slot = laterSlot(slot, slotOf(self.config, self.region, ports.clock.now()));
    if ((await claim(world, slot, since)) === 'mine') continue;
    const regained = await regain(world, slot, since);
    if (regained === undefined) return ports.diary.note('handed over', { slot });
    slot = regained;
    await waitFor(world, slot, ports.clock.now());
    turnAt = ports.clock.now();
  }
}

/** What is slow gets slower: in the next turn there may be more to write down and to tell. */
const presumedMs = (lastMs: number, cycleMs: number): number => Math.max(cycleMs, 2 * lastMs);

/**
 * Two loops may both run where claims failed for a time. It is the older one that must go: its end is nearer. The younger one claims
 * the next slot ahead, and so is handed over to. Who cannot read by whom it was refused takes itself for the younger one: with two that do,
 * the rounds go on, and with none they end.
 */
async function regain(world: World, slot: Slot, since: Instant): Promise<Slot | undefined> {
  const claimed = await lastClaimed(world);
  if (claimed !== undefined && (claimed.since === undefined || claimed.since >= since)) return undefined;
  const next = slotAfter(world.self.config, slot);
  return (await claim(world, next, since)) === 'mine' ? next : undefined;
}

/**
 * Little more than one interval after the round before: a clock that was set back must not stop the rounds until it has caught up.
 * It catches up slowly, so that nobody finds the rounds late.
 */
function untilMs({ self, ports }: World, slot: Slot, begunAt: Instant): number {
  const pace = self.config.beatIntervalMs * catchUpPace;
  const now = ports.clock.now();
  return Math.min(pace, slotBegins(self.config, self.region, slot) - now, begunAt + pace - now);
}

const catchUpPace = 1.01;

const waitFor = (world: World, slot: Slot, begunAt: Instant): Promise<void> => sleep(world.ports.clock, untilMs(world, slot, begunAt));

/**
 * The slot that runs now if nobody has it; else the next one, claimed ahead so that the predecessor hands over. Where claims are
 * ahead of the clock, which must have been set back, the one after the last of them; else this is a duplicate.
 */
async function firstSlot(world: World, since: Instant): Promise<Slot | undefined> {
  const { self, ports } = world;
  const current = slotOf(self.config, self.region, ports.clock.now());
  if ((await claim(world, current, since)) === 'mine') return current;
  const next = slotAfter(self.config, slotOf(self.config, self.region, ports.clock.now()));
  if ((await claim(world, next, since)) === 'mine') return next;
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
    if ((await claim(world, after, since)) === 'mine') return after;
  }
  return undefined;
}

/** The table was restored since this environment looked last: what it claimed was of an epoch that is over. */
async function claimAnew(world: World, since?: Instant): Promise<Slot | undefined> {
  const { self, ports } = world;
  const current = slotOf(self.config, self.region, ports.clock.now());
  return (await claim(world, current, since)) === 'mine' ? current : undefined;
}

/**
 * A slot that is further ahead than the next one may be so because the clock was set back: then nobody waits for its turn. Where the
 * round before had its turn, two loops have only pushed each other on by one: whoever claimed the slots in between runs them.
 */
async function waitForFirst(world: World, slot: Slot): Promise<void> {
  const { self, ports } = world;
  const { config, region } = self;
  const inMs = slotBegins(config, region, slot) - ports.clock.now();
  const before = inMs > config.beatIntervalMs ? (await lastHead(world)).head : undefined;
  const now = ports.clock.now();
  const hadItsTurn = before !== undefined && before.startedAt <= now && before.startedAt >= slotBegins(config, region, before.slot) - second;
  if (hadItsTurn && inMs <= 2 * config.beatIntervalMs) return sleep(ports.clock, slotBegins(config, region, slot) - now);
  await waitFor(world, slot, before?.startedAt ?? now);
}

const laterSlot = (one: Slot, other: Slot): Slot => (one > other ? one : other);

async function loopVigils(world: World, invocationAt: Instant, scheduledAt: Instant): Promise<void> {
  const { ports } = world;
  let publishedFor: Instant | undefined;
  for (let begun = ports.clock.now(); hasTime(world); begun = ports.clock.now()) {
    if ((await runVigil(world, invocationAt)) === 'handed-over') return ports.diary.note('handed over', { invocationAt });
    const minuteNow = instant(Math.floor(begun / minute) * minute);
    if (publishedFor === undefined || minuteNow > publishedFor) await publishVigil(world, publishedFor === undefined ? scheduledAt : minuteNow);
    publishedFor = minuteNow;
    await rollUp(world);
    await sleep(ports.clock, Math.min(vigilLoopMs, begun + vigilLoopMs - ports.clock.now()));
  }
}
