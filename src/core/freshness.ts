/**
 * When the next beat of a region is due, after Chen, Toueg and Aguilera's NFD-E (IEEE TC 51(5), 2002): the expected
 * arrival is the slot plus the mean lag of recent arrivals. Only sequence numbers and the observer's own clock count:
 * a skewed remote clock becomes part of the lag, and a drained backlog of old beats cannot resurrect a silent region.
 */
import { type Instant, instant, type Slot, slotAt } from './basics/brand';
import { second } from './basics/time';
import { slackMs } from './watch';

/** Beats of one region as one observer saw them arrive. */
export interface Arrivals {
  readonly newest: Slot;
  readonly firstSeenAt: Instant;
  /** Arrival minus slot of the latest punctual beats, newest last. */
  readonly lagsMs: readonly number[];
  /** The same of the latest beats that came too late to count. */
  readonly lateLagsMs: readonly number[];
  /** The mean lag of the slots up to one, where those that came later lag more: the clock that stamps them was set back in between. */
  readonly earlier?: { readonly upTo: Slot; readonly lagMs: number } | undefined;
  /** The newest was there already when the watch began anew by another clock: nobody can tell how old it is. */
  readonly isAgeUnknown?: true | undefined;
}

/** Lag assumed before any beat was seen to arrive: a round and its replication. */
const presumedLagMs = 2 * second;
/** How many arrivals the mean is taken of. */
const rememberedLags = 32;
/** How much later than expected, beyond one interval, a beat may come and still be evidence. */
const punctualityMs = 5 * second;
/** No scheduler is so uneven that a beat comes so much before its time: whoever sends it has set its clock, and is not trusted the longer for it. */
const unevenMs = 45 * second;
/** A remote clock that steps makes every beat late by the same amount: so many alike in a row are believed, however late they are. */
const convincingLateBeats = 3;

export interface Sighting {
  readonly now: Instant;
  readonly cycleMs: number;
  /** When this observer last looked and did not see it yet: the beat came at some time since. */
  readonly lookedAt?: Instant | undefined;
  /** By how much the observer's own clock is fast, as its schedule tells; nothing comes before the time that it is named for. */
  readonly fastByMs?: number | undefined;
  /** When its round began, by the clock of its own region: before its slot, where that clock was set back and slots are named ahead of it. */
  readonly begunAt?: Instant | undefined;
}

/** The arrivals after the observer saw `slot` as the newest of that region at `now`; an older slot changes nothing. */
export function observeArrival(arrivals: Arrivals | undefined, slot: Slot, seen: Sighting): Arrivals {
  if (arrivals !== undefined && slot <= arrivals.newest) return slot === arrivals.newest ? seenAgain(arrivals, seen) : arrivals;
  const known = arrivals ?? { lagsMs: [], lateLagsMs: [] };
  const lagMs = arrivals === undefined ? leastLagMs(slot * second, seen) : likelyLagMs(slot, arrivals, seen);
  const arrived = (lags: Pick<Arrivals, 'lagsMs'> & Partial<Arrivals>): Arrivals => ({
    ...known,
    isAgeUnknown: undefined,
    lateLagsMs: [],
    ...lags,
    newest: slot,
    firstSeenAt: seen.now,
  });
  const latenessMs = lagMs - meanLagMs(known.lagsMs);
  if (isTooEarly(latenessMs, seen)) return arrived({ lagsMs: [lagMs] });
  if (latenessMs > slackMs(seen.cycleMs) && isInPace(slot, arrivals, seen)) return arrived({ lagsMs: [lagMs], earlier: earlierThan(slot, arrivals) });
  const isPunctual = latenessMs <= seen.cycleMs + punctualityMs;
  const isUnseen = isPunctual && mayBeTooLate(slot, known.lagsMs, seen);
  if (isPunctual && !isUnseen) {
    const lagsMs = [...known.lagsMs, lagMs].slice(-rememberedLags);
    if (!isSetBack(lagsMs, seen.cycleMs)) return arrived({ lagsMs });
    const others = { newest: arrivals?.newest ?? slot, lagsMs: lagsMs.slice(0, -convincingLateBeats) };
    return arrived({ lagsMs: lagsMs.slice(-convincingLateBeats), earlier: earlierThan(firstOfLatest(slot, seen.cycleMs), others) });
  }
  const byItsClock = { ...seen, fastByMs: 0, lookedAt: isUnseen ? undefined : seen.lookedAt };
  if (isOnTimeByClock(leastLagMs(stampOf(slot, seen), byItsClock), seen)) return arrived({ lagsMs: [lagMs], earlier: earlierThan(slot, arrivals) });
  const lateLagsMs = [...known.lateLagsMs, lagMs].slice(-convincingLateBeats);
  if (areAlike(lateLagsMs, seen.cycleMs)) return arrived({ lagsMs: lateLagsMs, earlier: earlierThan(firstOfLatest(slot, seen.cycleMs), arrivals) });
  return arrived({ lagsMs: known.lagsMs, lateLagsMs });
}

/**
 * Where a beat was late already when it was looked for before, and had become too late to count when it was seen, nobody saw which of both it is:
 * taken for punctual, it would make the next one overdue by all that it was later.
 */
function mayBeTooLate(slot: Slot, lagsMs: readonly number[], seen: Sighting): boolean {
  const usualMs = meanLagMs(lagsMs);
  const wasLate = lagsMs.length > 0 && leastLagMs(slot * second, seen) - usualMs > slackMs(seen.cycleMs);
  return wasLate && seen.now - slot * second - usualMs > seen.cycleMs + punctualityMs;
}

const isTooEarly = (latenessMs: number, { cycleMs }: Sighting): boolean => latenessMs <= -Math.min(unevenMs, cycleMs + punctualityMs);

/**
 * By a clock that is known to have been set back: what would have come too early by the least that it can lag, and not by the most, came as usual. No clock
 * was set again, but nobody looked when it came. Of others the first lag of all may be that of who looked first, and not of what came.
 */
function likelyLagMs(slot: Slot, { lagsMs, isAgeUnknown, earlier }: Arrivals, seen: Sighting): number {
  const [leastMs, mostMs, usualMs] = [leastLagMs(slot * second, seen), seen.now - slot * second, meanLagMs(lagsMs)];
  const isMeasured = earlier !== undefined && isAgeUnknown !== true;
  return isMeasured && isTooEarly(leastMs - usualMs, seen) && !isTooEarly(mostMs - usualMs, seen) ? Math.min(usualMs, mostMs) : leastMs;
}

/**
 * What came no later after the one before than it should, and is stamped too early for that, is not late: the clock that stamps was set back by less than
 * would stop its numbers. Taken for punctual it would be waited for by the clock of before.
 */
function isInPace(slot: Slot, arrivals: Arrivals | undefined, { now, cycleMs }: Sighting): boolean {
  if (arrivals === undefined || arrivals.lagsMs.length === 0) return false;
  const pauseMs = now - arrivals.firstSeenAt;
  return pauseMs <= cycleMs + slackMs(cycleMs) && (slot - arrivals.newest) * second < pauseMs - slackMs(cycleMs);
}

/** Of a beat that only others had told of, its own clock tells as soon as it is seen itself whether it had come in time. */
function seenAgain(arrivals: Arrivals, seen: Sighting): Arrivals {
  const { newest, lateLagsMs } = arrivals;
  const lateLagMs = lateLagsMs.at(-1);
  const aheadMs = newest * second - stampOf(newest, seen);
  if (lateLagMs === undefined || !isOnTimeByClock(lateLagMs + aheadMs, seen)) return arrivals;
  return { ...arrivals, lagsMs: [lateLagMs], lateLagsMs: [], earlier: earlierThan(newest, arrivals) };
}

/** When a beat was due by the clock of its own region: a slot that was named ahead was not due when it was named for. */
const stampOf = (slot: Slot, { begunAt }: Sighting): number => Math.min(slot * second, begunAt ?? Number.POSITIVE_INFINITY);

const isOnTimeByClock = (lagMs: number, { cycleMs }: Sighting): boolean => lagMs >= 0 && lagMs <= presumedLagMs + cycleMs + punctualityMs;

/** Whether the latest lag alike, and each by more than a slow round longer than those before them did: in the mean of all, each next one would seem overdue. */
function isSetBack(lagsMs: readonly number[], cycleMs: number): boolean {
  const [before, latest] = [lagsMs.slice(0, -convincingLateBeats), lagsMs.slice(-convincingLateBeats)];
  if (before.length < convincingLateBeats) return false;
  return Math.min(...latest) - meanLagMs(before) > 2 * slackMs(cycleMs) && Math.max(...latest) - Math.min(...latest) <= slackMs(cycleMs);
}

/** The first of the latest that are believed together. */
const firstOfLatest = (slot: Slot, cycleMs: number): Slot => slotAt(slot - ((convincingLateBeats - 1) * cycleMs) / second);

/** What came before a slot that lags more keeps its own lag, where it was ever measured. */
function earlierThan(slot: Slot, arrivals: Pick<Arrivals, 'newest' | 'lagsMs'> | undefined): Arrivals['earlier'] {
  if (arrivals === undefined || arrivals.lagsMs.length === 0) return undefined;
  return { upTo: slotAt(Math.min(arrivals.newest, slot - 1)), lagMs: meanLagMs(arrivals.lagsMs) };
}

/**
 * The arrivals as an observer must see them whose clock was set: silence is counted from now, for what was measured before is worth nothing.
 * That makes nobody silent too soon, and nothing younger that was seen by then.
 */
export function watchedAnew(arrivals: Arrivals, now: Instant): Arrivals {
  return { newest: arrivals.newest, firstSeenAt: now, lagsMs: [now - arrivals.newest * second], lateLagsMs: [], isAgeUnknown: true };
}

/** When the beat after `slot` (by default the newest seen) is expected to be seen. */
export function expectedAt(arrivals: Arrivals, cycleMs: number, slot: Slot = arrivals.newest): Instant {
  return instant(slot * second + lagMsOf(slot, arrivals) + cycleMs);
}

/** The usual lag of a slot. A clock that is set back makes nothing younger that was stamped before, when it was fast. */
export function lagMsOf(slot: Slot, { lagsMs, earlier }: Arrivals): number {
  const lagMs = meanLagMs(lagsMs);
  return earlier !== undefined && slot <= earlier.upTo ? Math.min(lagMs, earlier.lagMs) : lagMs;
}

/** How long the beat after `slot` is overdue; negative while it is not. */
export function overdueMs(arrivals: Arrivals, seen: { readonly now: Instant; readonly cycleMs: number; readonly slot?: Slot | undefined }): number {
  return seen.now - expectedAt(arrivals, seen.cycleMs, seen.slot);
}

/** By how much the newest beat came later than usual, at least. One that came too late to count is no sign of life, but it was not missing since it came. */
export function cameLateMs({ lagsMs, lateLagsMs }: Arrivals): number {
  const lagMs = lateLagsMs.at(-1) ?? lagsMs.at(-1);
  return lagMs === undefined ? 0 : Math.max(0, lagMs - meanLagMs(lagsMs));
}

/**
 * Whoever looks once a minute must not take its own absence for slowness of the beat, or it would wait half a minute longer for the next. Nor must it
 * believe, where its clock is fast, that a beat came before it was sent: it would miss the next one half a minute too soon.
 */
function leastLagMs(stamp: number, { now, lookedAt, fastByMs = 0 }: Sighting): number {
  const lagMs = now - stamp;
  return lookedAt === undefined ? lagMs : Math.min(lagMs, Math.max(presumedLagMs + fastByMs, lookedAt - stamp));
}

/** One kind of sign of life of a region: its prober's beats, or its watchdog's records. */
export interface Signs {
  readonly arrivals: Arrivals;
  readonly cycleMs: number;
}

/**
 * For how long a region as a whole is overdue: since the first sign that should have come after the last one that did, of
 * whatever kind. A kind that had stopped before, while the other went on, shows nothing of the region.
 */
export function silentForMs(kinds: readonly Signs[], now: Instant): number {
  const due = kinds.map(({ arrivals, cycleMs }) => ({ at: expectedAt(arrivals, cycleMs), cycleMs }));
  const lastSignAt = Math.max(...due.map(({ at, cycleMs }) => at - cycleMs));
  return now - Math.min(...due.map(({ at }) => at).filter((at) => at >= lastSignAt));
}

function meanLagMs(lagsMs: readonly number[]): number {
  if (lagsMs.length === 0) return presumedLagMs;
  let sumMs = 0;
  // Asked for more often than anything else: an iterator costs several times the sum.
  for (let index = 0; index < lagsMs.length; index += 1) sumMs += lagsMs[index] ?? 0;
  return sumMs / lagsMs.length;
}

function areAlike(lagsMs: readonly number[], cycleMs: number): boolean {
  return lagsMs.length === convincingLateBeats && Math.max(...lagsMs) - Math.min(...lagsMs) < cycleMs;
}
