/** The watcher is watched too: what an observer may say of another region's watchdog, from the age of its watch record. */
import { second } from './basics/time';
import { confirmMs, firstBeatMs, type Patience, type Reached, slackMs, unseenAtHome } from './watch';

export type WatchdogState = 'expected' | 'watching' | 'late' | 'watcher-silent' | 'unknown';

export interface WatchdogEvidence {
  /** How long its next record is overdue, by the newest on any path. */
  readonly overdueMs: number | undefined;
  /** How long ago its newest record came, where that was too late for its number: its clock may have been set, so its numbers tell nothing. */
  readonly cameLateAgoMs?: number | undefined;
  /** Beats of the prober beside it: where they are missing too, the region is spoken of and not its watchdog. A witness has none. */
  readonly beats: 'fresh' | 'not-fresh' | 'none';
  /** For how long no more than one in a row was missed: a region that returns begins with one or the other. */
  readonly beatsForMs: number;
  /** Whether that region's replica answered, and whether anything but it did. */
  readonly direct: 'answered' | 'failed' | 'refused' | 'not-asked';
  readonly others: Reached;
  /**
   * Whether a replica in which a newer record may lie gave no answer: any but that region's, and that one too where the observer is in that region:
   * it cannot read what is written beside it.
   */
  readonly isAnyUnheard: boolean;
  /** For how long the observer's own replica has shown nothing; absent while it does. What came there before may not have been looked at. */
  readonly homeUnreadMs?: number | undefined;
  readonly anchors: Reached;
  readonly watchedMs: number;
  readonly couldStore: boolean;
}

export interface WatchdogFinding {
  readonly state: WatchdogState;
  readonly reason: string;
}

export function watchWatchdog(evidence: WatchdogEvidence, patience: Patience): WatchdogFinding {
  const { overdueMs, watchedMs, direct } = evidence;
  if (overdueMs === undefined && watchedMs < firstBeatMs) return { state: 'expected', reason: 'it has never written what it watches' };
  const overdue = overdueMs ?? watchedMs;
  if (overdue <= slackMs(patience.cycleMs)) return { state: 'watching', reason: 'its watch record is fresh' };
  const reason = `its newest watch record is ${Math.round(overdue / second)} s overdue on every path`;
  if (overdue <= patience.tolerateMs) return { state: 'late', reason };
  if (evidence.beats === 'not-fresh') return { state: 'unknown', reason: `${reason}, and so are its beats` };
  const leastMs = patience.cycleMs + patience.tolerateMs;
  if (evidence.beats === 'fresh' && evidence.beatsForMs < leastMs) return { state: 'late', reason: `${reason}; its beats have only just come back` };
  if (evidence.cameLateAgoMs !== undefined && evidence.cameLateAgoMs < leastMs) return { state: 'late', reason: `${reason}; but it goes on coming` };
  if (watchedMs < leastMs || !evidence.couldStore) return { state: 'unknown', reason: `${reason}; I am in trouble myself` };
  if (direct === 'refused') return { state: 'unknown', reason: `${reason}; I am refused there, and an error is not silence` };
  if (direct !== 'answered' && !isAnybodyReached(evidence)) return { state: 'unknown', reason: `${reason}; I reach nobody, so it may be me` };
  if (direct !== 'answered' && evidence.isAnyUnheard) return { state: 'unknown', reason: `${reason} that answers; a newer one may lie where nothing does` };
  if (direct !== 'answered' && (evidence.homeUnreadMs ?? leastMs) < leastMs) return { state: 'late', reason: `${reason} that answers; ${unseenAtHome}` };
  const isConfirmed = overdue >= patience.tolerateMs + confirmMs * (direct === 'answered' ? 1 : 2);
  return isConfirmed ? { state: 'watcher-silent', reason } : { state: 'late', reason: `${reason}; being confirmed` };
}

/** Neutral addresses stand in only where there is no other region to ask. */
const isAnybodyReached = ({ others, anchors }: WatchdogEvidence): boolean => others === 'reached' || (others === 'nobody-to-ask' && anchors === 'reached');
