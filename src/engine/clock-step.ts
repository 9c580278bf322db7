/** A clock that is set while an invocation runs: all that was remembered by it moves along, so that a step is neither silence nor its end. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { Config } from '../core/config/config';
import type { Arrivals } from '../core/freshness';
import type { WatchRecord } from '../core/watch-record';
import type { Invoked, Memory } from './memory';
import type { World } from './world';

/** Clocks drift, and are corrected little by little; more than this at once is a step. */
const leastStepMs = 1 * second;

/**
 * Compares the clock with one that nobody sets. Only within one invocation: between two, an environment may be frozen, and
 * what counts on meanwhile differs from place to place.
 */
export function noteClock({ memory, ports, invocation }: World, now: Instant): void {
  // What stands still while the machine sleeps is no step.
  const elapsedMs = ports.clock.elapsedMs() + ports.machine.sleptMs();
  const before = memory.steady;
  memory.steady = { now, elapsedMs, invocation };
  memory.isClockJustSet = false;
  if (before?.invocation !== invocation) return;
  const stepMs = now - before.now - (elapsedMs - before.elapsedMs);
  if (Math.abs(stepMs) < leastStepMs) return;
  ports.diary.note('clock stepped', { stepMs });
  memory.isClockJustSet = true;
  moveAlong(memory, stepMs);
}

/** Of two invocations of one environment, the second comes so much later after its time than the first: a late delivery, or a clock that was set. */
const mostDoubtfulMs = 20 * second;

/**
 * What was seen before an invocation that came at an odd time is no measure of silence, unless it is sure that no clock was set.
 * An event of before the last one was delivered late or twice: it tells nothing of the clock, which is in doubt until the next one.
 */
export function notePunctuality(world: World, scheduledAt: Instant): void {
  const { memory, ports } = world;
  const last = memory.invoked;
  const now = ports.clock.now();
  const isSureOfClock = !memory.isClockDoubtful && isClockUnset(world);
  // It may be set before the first look.
  noteClock(world, now);
  const isOld = last !== undefined && scheduledAt < last.scheduledAt;
  memory.isClockDoubtful = isOld && !isSureOfClock;
  if (isOld) return;
  const lateMs = now - scheduledAt;
  memory.invoked = { scheduledAt, lateMs, isNew: true, lateBeforeMs: memory.mustWatchAnew ? last?.lateBeforeMs : last?.lateMs };
  memory.mustWatchAnew ||= isOtherClock(world, last?.lateMs) && !isSureOfClock;
}

/** By how much this observer's clock seems to be fast: what its schedule calls late. So little as a delivery may be late tells nothing. */
export function fastByMs({ invoked }: Pick<Memory, 'invoked'>): number {
  const lateMs = invoked?.lateMs ?? 0;
  return lateMs > mostDoubtfulMs ? lateMs : 0;
}

/** Whether who began so late by its clock may have had another clock than this invocation. */
export function isOtherClock({ memory, self }: World, lateMs: number | undefined): boolean {
  if (memory.invoked === undefined || lateMs === undefined) return false;
  return Math.abs(memory.invoked.lateMs - lateMs) > leastSetMs(self.config);
}

/** Where beats are seconds apart, less than is doubtful elsewhere already makes somebody silent too soon. */
const leastSetMs = ({ beatIntervalMs }: Config): number => Math.min(mostDoubtfulMs, beatIntervalMs);

/**
 * A delivery that is late, or comes again, is no clock that was set: what this region wrote last tells them apart, and the lateness of who wrote it is what
 * the next event is compared with. By a clock that may have been set meanwhile an invocation of an event of before accuses nobody.
 */
export function noteDelivery(world: World, own: WatchRecord | undefined, now: Instant): void {
  const { memory, self } = world;
  const { invoked } = memory;
  if (own?.lateMs === undefined || invoked?.isNew !== true || memory.isClockDoubtful) return;
  memory.invoked = { ...invoked, isNew: false };
  if (!isOtherClock(world, own.lateMs)) return;
  // No clock was set ahead by more than the age of what was written before.
  const isOfThisClock = own.isClockDoubtful !== true && own.at <= now && now - own.at <= leastSetMs(self.config);
  const isLate = isOfThisClock && own.lateMs < invoked.lateMs;
  const isAgain = self.role === 'watchdog' && own.invocationAt >= invoked.scheduledAt;
  if (!isLate && !isAgain) return;
  memory.invoked = { ...invoked, isNew: false, lateMs: own.lateMs };
  memory.isClockDoubtful = !isLate;
  memory.mustWatchAnew &&= isOtherClock(world, invoked.lateBeforeMs);
}

/** Both clocks went on by the same since the last look: it was the delivery that was late. Of an absence in between the pause itself tells. */
function isClockUnset({ memory: { steady }, ports }: World): boolean {
  if (steady === undefined) return false;
  const elapsedMs = ports.clock.elapsedMs() + ports.machine.sleptMs() - steady.elapsedMs;
  return Math.abs(ports.clock.now() - steady.now - elapsedMs) < leastStepMs;
}

function moveAlong(memory: Memory, stepMs: number): void {
  const moved = <T extends Instant | undefined>(at: T): T => (at === undefined ? at : (instant(at + stepMs) as T));
  const since = <T extends { readonly since: Instant }>(known: T): T => ({ ...known, since: moved(known.since) });
  const arrived = (known: Arrivals): Arrivals => ({
    ...known,
    firstSeenAt: moved(known.firstSeenAt),
    lagsMs: known.lagsMs.map((lagMs) => lagMs + stepMs),
    lateLagsMs: known.lateLagsMs.map((lagMs) => lagMs + stepMs),
    earlier: known.earlier === undefined ? undefined : { ...known.earlier, lagMs: known.earlier.lagMs + stepMs },
  });
  moveEach(memory.arrivals, arrived);
  moveEach(memory.vigils, arrived);
  moveEach(memory.watches, since);
  moveEach(memory.watchdogs, since);
  moveEach(memory.works, since);
  moveEach(memory.answering, moved);
  moveEach(memory.poked, ({ begun, ...known }) => ({ ...known, begun: begun === undefined ? undefined : { ...begun, foundAt: moved(begun.foundAt) } }));
  moveEach(memory.reporting, (known) => ({ ...since(known), unbrokenSince: moved(known.unbrokenSince) }));
  memory.self = memory.self === undefined ? undefined : since(memory.self);
  memory.invoked = memory.invoked === undefined ? undefined : delivered(memory.invoked, stepMs);
  memory.watchingSince = moved(memory.watchingSince);
  memory.evaluatedAt = moved(memory.evaluatedAt);
  memory.triedAt = moved(memory.triedAt);
  memory.homeUnreadSince = moved(memory.homeUnreadSince);
  memory.lookedBefore = moved(memory.lookedBefore);
  memory.sightedAt = moved(memory.sightedAt);
  memory.sightedBefore = moved(memory.sightedBefore);
}

const delivered = (known: Invoked, stepMs: number): Invoked => ({
  ...known,
  lateMs: known.lateMs + stepMs,
  lateBeforeMs: known.lateBeforeMs === undefined ? undefined : known.lateBeforeMs + stepMs,
});

function moveEach<T>(known: Map<RegionId, T>, move: (one: T) => T): void {
  for (const [region, one] of known) known.set(region, move(one));
}
