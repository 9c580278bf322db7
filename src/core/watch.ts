/**
 * What an observer may say of a peer's prober, from independent paths: its own replica, a direct read of the peer's
 * replica, and what a third region holds. Any fresh path means trust; an observer says what it observed, never "dead".
 */
import { second } from './basics/time';

export type WatchState = 'reporting' | 'late' | 'silent' | 'link-lost' | 'replication-stuck' | 'isolated' | 'abstaining' | 'expected';

/** `old`: it answered, and what it holds is older than may be tolerated. */
export type PathState = 'fresh' | 'old' | 'failed' | 'not-asked';

export interface PeerEvidence {
  readonly replica: PathState;
  readonly direct: PathState;
  readonly third: PathState;
  /** How long the next beat is overdue by the newest sequence on any path; `undefined` where none was ever seen. */
  readonly overdueMs: number | undefined;
  /** Whether anybody else answered: other regions, then neutral anchors. */
  readonly others: 'reached' | 'not-reached' | 'nobody-to-ask';
  readonly anchors: 'reached' | 'not-reached' | 'nobody-to-ask';
  /** How long this observer has been watching without a break of its own. */
  readonly watchedMs: number;
}

export interface Patience {
  readonly cycleMs: number;
  readonly tolerateMs: number;
}

export interface WatchFinding {
  readonly state: WatchState;
  readonly reason: string;
}

/** A beat may come so much after its expected time before it is called late. */
export const slackMs = (cycleMs: number): number => 2 * second + cycleMs / 4;
/** Silence must last so much longer than what is tolerated before it is said. */
export const confirmMs = 3 * second;
/** A region that never reported is expected to after this time. */
export const firstBeatMs = 10 * 60 * second;

/** The least time an observer must have watched without a break before it may accuse. */
const leastWatchMs = ({ cycleMs, tolerateMs }: Patience): number => cycleMs + tolerateMs;

export function watchPeer(evidence: PeerEvidence, patience: Patience): WatchFinding {
  const reason = describe(evidence);
  if (evidence.overdueMs === undefined && evidence.watchedMs < firstBeatMs) return { state: 'expected', reason: 'no beat was ever seen' };
  const overdue = evidence.overdueMs ?? evidence.watchedMs;
  const trusted = fromFreshPath(evidence, overdue, patience);
  if (trusted === 'reporting' || trusted === 'late') return { state: trusted, reason };
  if (trusted === undefined && overdue <= patience.tolerateMs) return { state: 'late', reason };
  if (evidence.watchedMs < leastWatchMs(patience)) return { state: 'abstaining', reason: `${reason}; I have watched for too short a time to say more` };
  if (trusted !== undefined) return { state: trusted, reason };
  if (isIsolated(evidence)) return { state: 'isolated', reason: `${reason}; I reach nobody, so it may be me` };
  const confirmed = overdue >= patience.tolerateMs + confirmMs * (evidence.others === 'reached' ? 1 : 2);
  return confirmed ? { state: 'silent', reason } : { state: 'late', reason: `${reason}; being confirmed` };
}

function fromFreshPath(evidence: PeerEvidence, overdue: number, patience: Patience): WatchState | undefined {
  if (evidence.replica === 'fresh') return overdue <= slackMs(patience.cycleMs) ? 'reporting' : 'late';
  if (evidence.direct === 'fresh') return 'replication-stuck';
  if (evidence.third === 'fresh') return evidence.direct === 'failed' ? 'link-lost' : 'replication-stuck';
  return undefined;
}

/** Cut off, as far as can be told: nobody at all answers, and there were neutral places to ask. */
const isIsolated = ({ direct, others, anchors }: PeerEvidence): boolean => direct === 'failed' && others !== 'reached' && anchors === 'not-reached';

function describe({ replica, direct, third, others, anchors }: PeerEvidence): string {
  const paths = [`local replica ${words[replica]}`, `direct read ${words[direct]}`, `third region ${words[third]}`];
  if (others === 'not-reached') paths.push('no other region answers');
  if (anchors === 'not-reached') paths.push('no anchor answers');
  return paths.join(', ');
}

const words: Readonly<Record<PathState, string>> = { fresh: 'fresh', old: 'old', failed: 'failed', 'not-asked': 'not asked' };
