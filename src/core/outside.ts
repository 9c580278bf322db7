/** The switch outside of all regions: when it is told that all is well, and what is said where it cannot be told. */
import { type Instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { ageText, minute, utcTime } from './basics/time';
import type { Finding } from './conclusion';
import { isRipe, severityOf } from './condition';
import { dedupKey, outsideSubject } from './log';
import type { SelfState, WatchState } from './watch';
import type { WatchdogState } from './watchdog-watch';

export const outsideKey = (region: RegionId): string => dedupKey(outsideSubject(region), 'channel');

/** Whatever else is wrong with such a prober, whose beat is fresh on some path, is told by our own messages. */
const seenAtWork: readonly WatchState[] = ['reporting', 'late', 'skewed', 'skipping', 'lying', 'link-lost', 'replication-stuck'];
const seenWatching: readonly WatchdogState[] = ['watching', 'late'];

/** Whether one vigil saw every prober and every watchdog at work, with eyes of its own that it trusts. */
export function isAllFresh(seen: {
  /** `isAtWork`: late may also be said of who has been silent for long, while it is confirmed why. */
  readonly peers: readonly { readonly state: WatchState; readonly isAtWork: boolean }[];
  readonly watchdogs: readonly { readonly state: WatchdogState }[];
  readonly self: { readonly state: SelfState };
}): boolean {
  const { peers, watchdogs, self } = seen;
  const areAtWork = peers.every(({ state, isAtWork }) => isAtWork && seenAtWork.includes(state));
  return self.state === 'well' && areAtWork && watchdogs.every(({ state }) => seenWatching.includes(state));
}

/** How the switch took the pings of one region: kept in its watch record, so that a restart does not forget. */
export interface Pinging {
  /** When the newest ping began; how it ended may not be known yet. */
  readonly triedAt: Instant;
  readonly takenAt?: Instant | undefined;
  /** Failures in a row, from the first to the last of them, and what that one was. */
  readonly failed?: { readonly times: number; readonly since: Instant; readonly until: Instant; readonly reason: string } | undefined;
}

/**
 * To be known before a ping leaves. Of one before it that nobody knows the end of, as its environment is gone, it may have been
 * taken: failures before that are no longer in a row with what follows.
 */
export function pingBegun(before: Pinging | undefined, at: Instant): Pinging {
  return { triedAt: at, takenAt: before?.takenAt, failed: before !== undefined && isEnded(before) ? before.failed : undefined };
}

export function pingingAfter(
  before: Pinging | undefined,
  pinged: { readonly kind: 'taken' } | { readonly kind: 'failed'; readonly reason: string },
  at: Instant,
): Pinging {
  if (pinged.kind === 'taken') return { triedAt: at, takenAt: at };
  const failed = { times: (before?.failed?.times ?? 0) + 1, since: before?.failed?.since ?? at, until: at, reason: pinged.reason };
  return { triedAt: at, takenAt: before?.takenAt, failed };
}

/** Which of two memories of the same switch knows more: of a later ping, or how that one ended. One that is ahead of the clock is of a clock that was set back. */
export function knowsMore(one: Pinging, than: Pinging | undefined, now: Instant): boolean {
  if (than === undefined) return true;
  if (one.triedAt > now !== than.triedAt > now) return than.triedAt > now;
  if (one.triedAt !== than.triedAt) return one.triedAt > than.triedAt;
  return isEnded(one) && !isEnded(than);
}

/** Whether it is known how the newest ping ended. Earlier ones may seem to be later, where the clock was set back. */
const isEnded = ({ triedAt, takenAt, failed }: Pinging): boolean => takenAt === triedAt || failed?.until === triedAt;

/** A switch expects no more than this, and some refuse what comes more often. */
const leastPauseMs = minute - 5000;

/** A clock that was set back must not keep the switch waiting. */
export const isPingDue = (before: Pinging | undefined, now: Instant): boolean => before === undefined || Math.abs(now - before.triedAt) >= leastPauseMs;

/** Fewer failures in a row may be a hiccup, however far apart. */
const convincingFailures = 3;

/** What this region wrote down last of its switch, and when. */
export interface Concluded {
  readonly condition: Finding['condition'];
  readonly at: Instant;
}

/** What a region's watchdog finds of its own switch: nobody else can. Without pings, as while others are silent, nothing new is known. */
export function outsideFinding(question: {
  readonly me: RegionId;
  readonly isConfigured: boolean;
  readonly pinging: Pinging | undefined;
  /** Of the watch records of this region. */
  readonly newest: Slot | undefined;
  readonly concluded?: Concluded | undefined;
  readonly now: Instant;
}): Finding {
  const { me, isConfigured, pinging, newest } = question;
  const condition = isConfigured ? currentCondition(question) : 'well';
  return {
    condition,
    undecided: condition === undefined && pinging?.failed !== undefined ? 'not-long-enough' : undefined,
    reason: reasonOf(question),
    evidence: { [me]: newest ?? slotAt(0) },
    about: {
      key: outsideKey(me),
      subject: outsideSubject(me),
      family: 'channel',
      severity: severityOf('untold', { lastsMs: failingMs(pinging) }),
      certainty: 'single-witness',
      speaker: me,
    },
    facts: () => factsOf(me, pinging),
  };
}

export function outsideCondition(pinging: Pinging | undefined): Finding['condition'] {
  // Of the newest ping nobody here may know how it ended: another environment, which has handed over since, began it.
  if (pinging === undefined || !isEnded(pinging)) return undefined;
  if (pinging.failed === undefined) return 'well';
  return pinging.failed.times >= convincingFailures && isRipe('untold', failingMs(pinging)) ? 'untold' : undefined;
}

/**
 * Of two vigils that overlap one may not know of the ping that the other concluded from: no older ping changes what was concluded. What was concluded
 * by a clock that was ahead tells nothing of when that was.
 */
function currentCondition({ pinging, concluded, now }: Pick<Parameters<typeof outsideFinding>[0], 'pinging' | 'concluded' | 'now'>): Finding['condition'] {
  const condition = outsideCondition(pinging);
  if (pinging === undefined || concluded === undefined || condition === concluded.condition) return condition;
  return pinging.triedAt <= concluded.at && concluded.at <= now ? undefined : condition;
}

const failingMs = (pinging: Pinging | undefined): number => (pinging?.failed === undefined ? 0 : pinging.failed.until - pinging.failed.since);

function reasonOf({ isConfigured, pinging }: { readonly isConfigured: boolean; readonly pinging: Pinging | undefined }): string {
  if (!isConfigured) return 'it is no longer configured';
  if (pinging === undefined) return 'it was not told anything yet';
  return pinging.failed === undefined ? 'it took the newest ping' : `${pinging.failed.times} pings in a row failed, the last one: ${pinging.failed.reason}`;
}

function factsOf(me: RegionId, pinging: Pinging | undefined): readonly string[] {
  const taken = pinging?.takenAt === undefined ? 'it never took a ping of this region' : `it took a ping last at ${utcTime(pinging.takenAt)}`;
  if (pinging?.failed === undefined) return [`the watchdog of ${me} tells the switch outside that all is well`, taken];
  return [
    `the watchdog of ${me} sees all at work and cannot tell the switch outside so`,
    `pings have failed for ${ageText(failingMs(pinging))}; ${taken}`,
    'the switch will soon ring as if everything were dark; until it takes pings again it warns of nothing',
  ];
}
