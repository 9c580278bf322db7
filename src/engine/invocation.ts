/** What the two functions do when they are invoked. With beats of a minute the schedule decides; shorter beats are looped inside. */
import { type Instant, instant } from '../core/basics/brand';
import { minute, parseTime } from '../core/basics/time';
import { isLooping, staleSlotMs } from '../core/slots';
import { type AskAnswer, answerAsk, askOf } from './ask';
import { judge } from './judge';
import { answerLanding } from './landing';
import { type LandingAnswer, landingOf } from './landing-answer';
import { lookAgain, loopRounds, loopVigils } from './loops';
import { type Begun, slotOfEvent } from './own-slot';
import { answerPoke, nonceOf } from './poke';
import type { PokeAnswer } from './ports';
import { answerProve, type ProveAnswer, proveOf } from './prove';
import { notePunctuality } from './punctuality';
import { rollUp } from './rolling-up';
import { endOfRound, type RoundEnd, runRound } from './round';
import { saveBeats } from './save-later';
import { outsideIsTold } from './tell-outside';
import { hasTime } from './time-left';
import { publishVigil, runVigil } from './vigil';
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
  const begun = await slotOfEvent(world, at);
  if (begun === undefined) return;
  const seen = await runUntilItCounts(world, begun);
  await lookAgain(world, seen, () => judgeAndSave(world));
}

async function judgeAndSave(world: World): Promise<RoundEnd> {
  const { isPending } = await judge(world);
  await saveBeats(world);
  return endOfRound(world, isPending);
}

/**
 * A round that a clock made look too long begins again at once, while its slot has its turn: where the clock is set once a minute, the next one
 * would be discarded just as well. Who stood still meanwhile has no turn any more.
 */
async function runUntilItCounts(world: World, { slot, before }: Begun): Promise<RoundEnd> {
  const { clock, machine } = world.ports;
  const steadyMs = () => clock.elapsedMs() + machine.sleptMs();
  const begunMs = steadyMs();
  const cycleMs = world.self.config.beatIntervalMs;
  for (;;) {
    const roundFromMs = steadyMs();
    const end = await runRound(world, slot, before);
    const nextEndsMs = 2 * steadyMs() - roundFromMs;
    if (end !== 'discarded' || nextEndsMs - begunMs > cycleMs || !hasTime(world)) return end;
  }
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
