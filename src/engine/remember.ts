/** What an environment has to be told of its own region's watching before it looks: it may be cold, or have slept while another one ran. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { minute, second } from '../core/basics/time';
import type { Config } from '../core/config/config';
import { type Arrivals, watchedAnew } from '../core/freshness';
import { type LocalHealth, localHealthAfter } from '../core/local-health';
import { knowsMore } from '../core/outside';
import { newestRecordOf, type WatchRecord } from '../core/watch-record';
import { noticeSleep } from './asleep';
import type { Memory } from './memory';
import { lookCycleOf } from './pace';
import { isOtherClock, noteDelivery } from './punctuality';
import type { World } from './world';

/** Takes over from this region's newest watch record how punctual each peer was, and since when somebody here watches. */
export function remember(world: World, { watchRecords, now }: { readonly watchRecords: readonly WatchRecord[]; readonly now: Instant }): void {
  const { self, memory } = world;
  // What this region wrote last may be of before the clock was set: its times cannot be compared with this one.
  const own = memory.isClockJustSet ? undefined : newestRecordOf(self.region, watchRecords);
  const breakMs = breakOf(self.config);
  const lookedAt = memory.evaluatedAt;
  noteDelivery(world, own, now);
  const isAwake = noticeSleep(world, own, now) === 'awake';
  const follows = (at: Instant | undefined): boolean => isAwake && !memory.mustWatchAnew && at !== undefined && now - at < breakMs && now - at > -steppedMs;
  const goesOn = follows(lookedAt);
  const isOfAnotherClock = own !== undefined && goesOn && own.at > now;
  const isRecordNewer = own !== undefined && (lookedAt === undefined || own.at > lookedAt) && !isOfAnotherClock;
  if (!goesOn) {
    memory.watchingSince = own !== undefined && follows(own.at) ? own.watchingSince : now;
    if (!follows(own?.at)) forget(memory);
  }
  memory.evaluatedAt = now;
  if (isRecordNewer) {
    if (!goesOn) takeOverArrivals(memory, own);
    if (!goesOn && follows(own.at) && memory.homeUnreadSince !== undefined) memory.homeUnreadSince = own.homeUnreadSince ?? now;
    takeOver(memory, own, now);
  }
  // Whoever has just begun cannot know by itself whether its clock was set since its region looked last.
  const isOfSetClock = isRecordNewer && !goesOn && isOtherClock(world, own.lateMs);
  const isAnew = memory.mustWatchAnew || isOfSetClock || (lookedAt !== undefined && now - lookedAt <= -steppedMs);
  if (isAnew) watchAnew(world, now);
  memory.mustWatchAnew = false;
  const lastLookAt = isRecordNewer ? own.at : lookedAt;
  // By another clock, the time of the last look tells nothing of when something came.
  memory.lookedBefore = isAnew ? undefined : lastLookAt;
  memory.localHealth = localHealthAfter(memory.localHealth, {
    isPunctual: lastLookAt === undefined || now - lastLookAt <= lookCycleOf(self) + punctualityMs,
    isStored: memory.couldStore,
  });
}

/** Whoever has not even tried to look for so long begins its watch anew, though it may still see nothing. */
export function noteTry({ self, memory }: World, { now, isHomeRead }: { readonly now: Instant; readonly isHomeRead: boolean }): void {
  const before = memory.triedAt;
  memory.triedAt = now;
  const isAfterBreak = before !== undefined && now - before >= breakOf(self.config);
  if (isAfterBreak) memory.watchingSince = now;
  const unreadSince = isAfterBreak ? now : instant(Math.min(memory.homeUnreadSince ?? now, now));
  memory.homeUnreadSince = isHomeRead ? undefined : unreadSince;
}

/** A look that comes so much later than it should shows that something is slow here. */
const punctualityMs = 15 * second;

/** A clock that goes back by more than this was set. */
const steppedMs = 2 * second;

function watchAnew({ memory }: World, now: Instant): void {
  for (const known of [memory.arrivals, memory.vigils]) for (const [region, arrivals] of known) known.set(region, watchedAnew(arrivals, now));
}

function forget(memory: Memory): void {
  memory.watches.clear();
  memory.watchdogs.clear();
  memory.self = undefined;
  memory.reporting.clear();
  memory.works.clear();
}

/** Whoever has watched without a break knows by itself how punctual each is: the other function may have begun by another clock. */
function takeOverArrivals(memory: Memory, own: WatchRecord): void {
  for (const { region, arrivals } of own.peers) takeNewer(memory.arrivals, region, arrivals);
  for (const { region, vigils } of own.watchdogs) takeNewer(memory.vigils, region, vigils);
}

function takeNewer(known: Map<RegionId, Arrivals>, region: RegionId, arrivals: Arrivals | undefined): void {
  if (arrivals !== undefined && arrivals.newest > (known.get(region)?.newest ?? 0)) known.set(region, arrivals);
}

function takeOver(memory: Memory, own: WatchRecord, now: Instant): void {
  const isSince = (since: Instant): boolean => memory.watchingSince !== undefined && since >= memory.watchingSince;
  for (const { region, state, since, reporting, answersSince } of own.peers) {
    if (isSince(since)) memory.watches.set(region, { state, since });
    if (reporting !== undefined && isSince(reporting.since)) memory.reporting.set(region, reporting);
    else memory.reporting.delete(region);
    if (answersSince !== undefined && isSince(answersSince)) memory.answering.set(region, answersSince);
    else memory.answering.delete(region);
  }
  for (const { region, state, since } of own.watchdogs) {
    if (isSince(since)) memory.watchdogs.set(region, { state, since });
  }
  if (own.selfSince !== undefined && isSince(own.selfSince)) memory.self = { state: own.self, since: own.selfSince };
  if (own.asleep !== undefined && own.asleep.to > (memory.asleep?.to ?? 0)) memory.asleep = own.asleep;
  if (own.outside !== undefined && knowsMore(own.outside, memory.pinging, now)) memory.pinging = own.outside;
  memory.localHealth = Math.max(memory.localHealth, own.localHealth) as LocalHealth;
}

/** After a pause this long between two looks, one's own blind time is no evidence: the window starts again. */
const breakOf = (config: Config): number => (config.beatIntervalMs < minute ? 20 * second : 150 * second);
