/**
 * What is to be said of a monitor that calls us. It is late at its deadline, whoever notices when, and only where an inbox that
 * it uses was seen at work for the whole time in which the missing ping was to come: a ping may have been lost in any other.
 */
import { type Instant, instant, type RegionId } from '../basics/brand';
import type { Ping } from './ping';
import { type Receiving, watchedThrough } from './receiving';
import { type Last, lastOf } from './standing';

export interface Times {
  /** When a ping is due after one at that time; undefined where none ever is again. */
  readonly nextAfter: (after: Instant) => Instant | undefined;
  readonly graceMs: number;
  /** How much earlier than it is due a ping may come. */
  readonly earlyMs: number;
}

export interface Question {
  readonly times: Times;
  /** By the region that received them. */
  readonly pings: ReadonlyMap<RegionId, readonly Ping[]>;
  readonly receiving: ReadonlyMap<RegionId, Receiving>;
  readonly now: Instant;
  /** How old the newest look at an inbox may be that is still at work. */
  readonly mostPauseMs: number;
  /** Inboxes that have just failed to take what was sent to them. */
  readonly shut?: ReadonlySet<RegionId>;
}

export interface Deadline {
  readonly at: Instant;
  /** From when on the ping that it waits for may have come. */
  readonly from: Instant;
  readonly missing: 'ping' | 'end';
  /** When the missing one was due, or when the run began. */
  readonly due: Instant;
}

export type Found =
  /** It never called. */
  | { readonly kind: 'never' }
  | { readonly kind: 'well'; readonly last: Ping }
  | { readonly kind: 'failed'; readonly last: Ping }
  | { readonly kind: 'late'; readonly deadline: Deadline; readonly last: Ping | undefined }
  | { readonly kind: 'dark'; readonly inboxes: readonly RegionId[] }
  /** A deadline has passed, and the next look at the inbox will tell. */
  | { readonly kind: 'undecided' };

type Answer = 'in-time' | 'undecided' | 'dark' | Deadline;

export function judgeHeartbeat(question: Question): Found {
  const known = lastOf([...question.pings.values()].flat());
  const { newest, ended } = known;
  if (newest === undefined) return { kind: 'never' };
  if (ended?.signal === 'failure') return { kind: 'failed', last: ended };
  const deadlines = deadlinesOf(known, question.times);
  const inboxes = inboxesUsed(question, newest);
  const answers = deadlines.map((deadline) => best(inboxes.map((inbox) => answerOf(deadline, question.receiving.get(inbox) ?? [], question))));
  const late = answers.filter((answer) => typeof answer === 'object').sort((one, other) => one.at - other.at)[0];
  if (late !== undefined) return { kind: 'late', deadline: late, last: ended };
  if (answers.includes('dark') || !inboxes.some((inbox) => question.shut?.has(inbox) !== true && isAtWork(question.receiving.get(inbox), question)))
    return { kind: 'dark', inboxes };
  if (answers.includes('undecided')) return { kind: 'undecided' };
  return ended === undefined ? { kind: 'never' } : { kind: 'well', last: ended };
}

/** Of a run that began, its end; of the newest success, the next ping. */
function deadlinesOf({ ended, open }: Last, times: Times): readonly Deadline[] {
  const ends = open.map((start): Deadline => ({ at: instant(start.at + times.graceMs), from: start.at, missing: 'end', due: start.at }));
  const next = ended === undefined ? undefined : deadlineAfter(ended.at, times);
  return next === undefined ? ends : [...ends, next];
}

function deadlineAfter(base: Instant, { nextAfter, graceMs, earlyMs }: Times): Deadline | undefined {
  const due = nextAfter(base);
  return due === undefined ? undefined : { at: instant(due + graceMs), from: instant(Math.max(base, due - earlyMs)), missing: 'ping', due };
}

/** Whether an inbox proves that a deadline was missed. Where it was dark, one more period must pass with it at work. */
function answerOf(deadline: Deadline, receiving: Receiving, question: Question): Answer {
  if (question.now < deadline.at) return 'in-time';
  const watched = watchedThrough(receiving, { from: deadline.from, to: deadline.at });
  if (watched === 'watched') return deadline;
  if (watched.darkUntil === undefined) return isAtWork(receiving, question) && isRecent(deadline, receiving, question) ? 'undecided' : 'dark';
  const next = deadlineAfter(watched.darkUntil, question.times);
  if (next === undefined) return 'dark';
  const later = answerOf(next, receiving, question);
  return later === 'in-time' ? 'dark' : later;
}

const isAtWork = (receiving: Receiving | undefined, { now, mostPauseMs }: Question): boolean => now - (receiving?.at(-1)?.to ?? 0) <= mostPauseMs;

/** The newest look was before the deadline, and watched what led up to it. */
function isRecent({ at, from }: Deadline, receiving: Receiving, { mostPauseMs }: Question): boolean {
  const last = receiving.at(-1);
  return last !== undefined && at - last.to <= mostPauseMs && last.from <= from;
}

const ranks = { late: 0, 'in-time': 1, undecided: 2, dark: 3 } as const;
const rankOf = (answer: Answer): number => (typeof answer === 'object' ? ranks.late : ranks[answer]);

/** One inbox that proves it is enough. */
const best = (answers: readonly Answer[]): Answer => answers.reduce<Answer>((found, answer) => (rankOf(answer) < rankOf(found) ? answer : found), 'dark');

/** The inboxes that this monitor called within one period before its newest call: it would use one of them again. */
function inboxesUsed({ pings, times }: Question, newest: Ping): readonly RegionId[] {
  const periodMs = (times.nextAfter(newest.at) ?? newest.at) - newest.at + times.graceMs;
  return [...pings].flatMap(([region, received]) => (received.some(({ at }) => at >= newest.at - periodMs) ? [region] : []));
}
