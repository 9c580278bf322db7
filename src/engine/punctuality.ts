/** How late events come, and what that tells of this region's clock: an event comes late or again, or the clock was set since the one before. */
import type { Instant } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { Config } from '../core/config/config';
import type { WatchRecord } from '../core/watch-record';
import { isClockUnset, noteClock } from './clock-step';
import type { Memory } from './memory';
import type { World } from './world';

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
