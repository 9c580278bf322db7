/** Slot after slot, look after look, inside one invocation. */
import { type Instant, instant, type Slot } from '../core/basics/brand';
import { minute, second } from '../core/basics/time';
import { laterSlot, slotAfter, slotBegins, slotOf } from '../core/slots';
import { claim } from './claims';
import { lastHead } from './own-head';
import { type Begun, firstSlot, regain, unusedSlot } from './own-slot';
import { vigilLoopMs } from './pace';
import { rollUp } from './rolling-up';
import { runRound } from './round';
import { hasTime } from './time-left';
import { publishVigil, runVigil } from './vigil';
import { sleep } from './within';
import type { World } from './world';

/** Slot after slot until a successor claims one, or the environment's end is near. `since`: when it was scheduled, by a clock that is nobody's here. */
export async function loopRounds(world: World, since: Instant): Promise<void> {
  const { self, ports, memory, invocation } = world;
  const begunMs = ports.clock.elapsedMs();
  let slot = await firstSlot(world, since);
  if (slot === undefined) return;
  await waitForTurn(world, slot);
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
    const regained = await regain(world, { slot, since, begunMs });
    if (regained === undefined) return ports.diary.note('handed over', { slot });
    slot = regained;
    // The other loop has stored a round meanwhile, or will: this one goes on from there.
    begun = undefined;
    await waitForTurn(world, slot);
    turnAt = ports.clock.now();
  }
}

/**
 * A slot that is further ahead than the next one may be so because the clock was set back: then nobody waits for its turn. Where the
 * round before had its turn, two loops have only pushed each other on by one: whoever claimed the slots in between runs them.
 */
async function waitForTurn(world: World, slot: Slot): Promise<void> {
  const { self, ports } = world;
  const { config, region } = self;
  const inMs = slotBegins(config, region, slot) - ports.clock.now();
  const before = inMs > config.beatIntervalMs ? (await lastHead(world)).head : undefined;
  const now = ports.clock.now();
  const hadItsTurn = before !== undefined && before.startedAt <= now && before.startedAt >= slotBegins(config, region, before.slot) - second;
  if (hadItsTurn && inMs <= 2 * config.beatIntervalMs) return sleep(ports.clock, slotBegins(config, region, slot) - now);
  await waitFor(world, slot, before?.startedAt ?? now);
}

/** What is slow gets slower: in the next turn there may be more to write down and to tell. */
const presumedMs = (lastMs: number, cycleMs: number): number => Math.max(cycleMs, 2 * lastMs);

const waitFor = (world: World, slot: Slot, begunAt: Instant): Promise<void> => sleep(world.ports.clock, untilMs(world, slot, begunAt));

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

export async function loopVigils(world: World, invocationAt: Instant, scheduledAt: Instant): Promise<void> {
  const { ports } = world;
  let publishedFor: Instant | undefined;
  for (let begun = ports.clock.now(); hasTime(world); begun = ports.clock.now()) {
    if ((await runVigil(world, invocationAt)) === 'handed-over') return ports.diary.note('handed over', { invocationAt });
    const minuteNow = instant(Math.floor(begun / minute) * minute);
    if (publishedFor === undefined || minuteNow > publishedFor) await publishVigil(world, publishedFor === undefined ? scheduledAt : minuteNow);
    publishedFor = minuteNow;
    if (hasTime(world)) await rollUp(world);
    await sleep(ports.clock, Math.min(vigilLoopMs, begun + vigilLoopMs - ports.clock.now()));
  }
}

/** A minute is long to wait for a turn or for the other region's sample: while something is pending, the invocation stays. */
export async function lookAgain(world: World, before: string, look: () => Promise<string>): Promise<void> {
  for (let seen = before; seen === 'pending' && hasTime(world); ) {
    await sleep(world.ports.clock, vigilLoopMs);
    seen = await look();
  }
}
