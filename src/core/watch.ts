/**
 * What an observer may say of a peer's prober, from independent paths: its own replica, a direct read of the peer's replica,
 * what a third region holds, and a poke. Any fresh path but the poke means trust; an observer says what it observed, never "dead".
 */
import { minute, probingMs, second } from './basics/time';

export type WatchState =
  | 'expected'
  | 'reporting'
  | 'late'
  | 'link-lost'
  | 'replication-stuck'
  | 'skewed'
  | 'skipping'
  | 'lying'
  | 'silent'
  | 'hung'
  | 'stopped'
  | 'store-down'
  | 'isolated'
  | 'alone'
  | 'abstaining';

/** What an observer finds of itself. */
export type SelfState = 'well' | 'isolated' | 'alone' | 'refused' | 'abstaining';

/** `old`: it answered, and what it holds is older than may be tolerated. `refused`: it answered that the observer may not ask. */
export type PathState = 'fresh' | 'old' | 'failed' | 'refused' | 'not-asked';

/** `finished`, `unfinished`: the prober answered, and the slot it claimed last was finished, or was not. `no-answer`: none to several pokes in a row. */
export type PokeState = 'not-asked' | 'no-answer' | 'refused' | 'store-refuses' | 'finished' | 'unfinished';

/** Whether what a region reports is worth something: `lying` when its canaries read wrong, `skipping` when monitors are left out. */
export type Work = 'whole' | 'skipping' | 'lying';

export type Reached = 'reached' | 'not-reached' | 'nobody-to-ask';

export interface PeerEvidence {
  readonly replica: PathState;
  readonly direct: PathState;
  readonly third: PathState;
  readonly poke: PokeState;
  /** How long the next beat is overdue by the newest sequence on any path; `undefined` where none was ever seen. */
  readonly overdueMs: number | undefined;
  /** By how much the newest beat came later than usual: silence begins with it, not when it was due. */
  readonly cameLateMs?: number | undefined;
  /** How long any sign of life of the whole region is overdue: a beat, or a record of its watchdog. */
  readonly regionOverdueMs: number | undefined;
  /** For how long the peer's own replica has answered whenever it was asked. */
  readonly answersForMs: number;
  /** How long the beat of a round is overdue that the peer was found to have begun since its last one, the oldest of several; 0 where none was. */
  readonly unfinishedForMs: number;
  /** Whether anybody else answered: other regions, then neutral anchors. */
  readonly others: Reached;
  readonly anchors: Reached;
  /** Whether anything fresh of a third region comes by itself: then it is not this observer alone that sees nothing. */
  readonly hearsOthers: boolean;
  /** For how long the observer's own replica has shown nothing; absent while it does. What came there before may not have been looked at. */
  readonly homeUnreadMs?: number | undefined;
  /** How long this observer has been watching without a break of its own. */
  readonly watchedMs: number;
  /** Whether it saw the newest beat come; else that may be of any age, though it counts as fresh. */
  readonly sawItCome: boolean;
  /** Whether this observer could store its own last record anywhere. */
  readonly couldStore: boolean;
  readonly work: Work;
  /** Another region has had a newer configuration for long enough. */
  readonly isSkewed: boolean;
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

/**
 * A path on which a beat is overdue by more than this shows nothing fresh. What is tolerated is counted from the last beat, as far
 * as beats are frequent enough: no blackout of a link hides anything from whoever reads the store of the peer itself.
 */
export const freshMs = ({ cycleMs, tolerateMs }: Patience): number => Math.max(tolerateMs - cycleMs, tolerateMs / 2);

/** The least time an observer must have watched without a break before it may accuse. */
const leastWatchMs = ({ cycleMs, tolerateMs }: Patience): number => cycleMs + tolerateMs;

export function watchPeer(evidence: PeerEvidence, patience: Patience): WatchFinding {
  const paths = sayPaths(evidence);
  if (evidence.overdueMs === undefined && evidence.watchedMs < firstBeatMs) return { state: 'expected', reason: 'no beat was ever seen' };
  const overdue = evidence.overdueMs ?? evidence.watchedMs;
  const trusted = fromFreshPath(evidence, overdue, patience);
  if (trusted !== undefined) {
    const doubt = doubtOf(trusted, evidence, patience);
    return doubt === undefined ? { state: trusted, reason: paths } : { state: 'abstaining', reason: `${paths}; ${doubt}` };
  }
  if (overdue <= freshMs(patience)) return { state: 'late', reason: paths };
  const own = fromOwnTrouble(evidence, patience);
  if (own !== undefined) return { state: own.state, reason: `${paths}; ${own.reason}` };
  const accused = accusation(evidence);
  if (accused.state === 'silent' && isHomeUnseen(evidence, patience)) return { state: 'late', reason: `${paths}; ${unseenAtHome}` };
  const sinceBeatMs = overdue - (evidence.cameLateMs ?? 0);
  const isLongEnough = (accused.isRegion ? (evidence.regionOverdueMs ?? overdue) : sinceBeatMs) >= accused.afterMs(patience);
  const isUnderWay = evidence.unfinishedForMs < (accused.leastUnfinishedMs?.(patience) ?? 0);
  const isConfirmed = isLongEnough && !isUnderWay && evidence.answersForMs >= (accused.leastAnswersMs ?? 0);
  return isConfirmed ? { state: accused.state, reason: `${paths}; ${accused.reason}` } : { state: 'late', reason: `${paths}; being confirmed` };
}

/** Why what a fresh path shows is not said yet. Who begins anew takes the newest beat for fresh, whatever its age: only one that it saw come accuses. */
function doubtOf(trusted: WatchState, { replica, watchedMs, sawItCome }: PeerEvidence, patience: Patience): string | undefined {
  if (replica !== 'fresh' && watchedMs < leastWatchMs(patience)) return 'a path may need some time to begin';
  if (trusted !== 'skipping' && trusted !== 'lying') return undefined;
  if (watchedMs < patience.cycleMs) return tooShort;
  return sawItCome ? undefined : 'I did not see its newest beat come, and that may be old';
}

function fromFreshPath(evidence: PeerEvidence, overdue: number, patience: Patience): WatchState | undefined {
  if (evidence.replica === 'fresh') return fromBeats(evidence, overdue, patience);
  // Where the own replica does not answer, nothing is known of what arrives there.
  if (evidence.direct === 'fresh') return evidence.replica === 'old' ? 'replication-stuck' : fromBeats(evidence, overdue, patience);
  if (evidence.third !== 'fresh') return undefined;
  if (evidence.direct === 'failed' || evidence.direct === 'refused') return 'link-lost';
  return evidence.replica === 'old' ? 'replication-stuck' : fromBeats(evidence, overdue, patience);
}

function fromBeats({ work, isSkewed }: PeerEvidence, overdue: number, { cycleMs }: Patience): WatchState {
  if (work !== 'whole') return work;
  if (isSkewed) return 'skewed';
  return overdue <= slackMs(cycleMs) ? 'reporting' : 'late';
}

interface OwnTrouble {
  readonly state: 'abstaining' | 'isolated';
  readonly reason: string;
}

const tooShort = 'I have watched for too short a time to say more';

/** Whoever was blind, cannot write, or reaches nobody at all, accuses nobody. */
function fromOwnTrouble(evidence: PeerEvidence, patience: Patience): OwnTrouble | undefined {
  if (evidence.watchedMs < leastWatchMs(patience)) return { state: 'abstaining', reason: tooShort };
  if (!evidence.couldStore) return { state: 'abstaining', reason: 'I could not store what I saw myself' };
  if (areAllRefused(evidence)) return { state: 'abstaining', reason: 'I am refused wherever I ask, and an error is not silence' };
  if (isNothingSeen(evidence)) return { state: 'abstaining', reason: 'no path answers me, and an error is not silence' };
  if (evidence.direct === 'failed' && evidence.others !== 'reached' && evidence.anchors === 'not-reached')
    return { state: 'isolated', reason: 'I reach nobody, so it may be me' };
  return undefined;
}

/** No path shows anything, and the nearest ones refuse: what fails beyond them adds nothing. */
const areAllRefused = ({ replica, direct, third }: PeerEvidence): boolean => {
  const isRefused = (path: PathState): boolean => path === 'refused' || path === 'not-asked';
  return isRefused(replica) && isRefused(direct) && [replica, direct, third].includes('refused') && third !== 'old';
};

/** Whether anything was looked at that could show beats, however old they are. */
export const isAnswered = ({ replica, direct, third }: PeerEvidence): boolean => [replica, direct, third].some((path) => path === 'old' || path === 'fresh');

/** What a poke tells of a store, and whom I reach at all, is known all the same. */
const isNothingSeen = (evidence: PeerEvidence): boolean =>
  !isAnswered(evidence) && !(evidence.direct === 'failed' && (evidence.poke === 'store-refuses' || evidence.others === 'not-reached'));

/** Where the peer's own replica does not answer either, a beat that came at home since the look before is one that nobody looked at. */
const isHomeUnseen = ({ direct, homeUnreadMs }: PeerEvidence, patience: Patience): boolean =>
  direct !== 'old' && homeUnreadMs !== undefined && homeUnreadMs < leastWatchMs(patience);

export const unseenAtHome = 'a newer one may have come at home, which has only just stopped answering';

interface Accusation {
  readonly state: WatchState;
  readonly reason: string;
  readonly afterMs: (patience: Patience) => number;
  /** A region that has only just come back has not had its turn yet. */
  readonly leastAnswersMs?: number;
  /** A round that was only just begun, the first one after a silence, may still be finished. */
  readonly leastUnfinishedMs?: (patience: Patience) => number;
  /** Counted from the last sign of life of the region, not of its prober alone. */
  readonly isRegion?: boolean;
}

/** However short the beats, the schedule invokes once a minute. */
const scheduleMs = minute;

const afterTolerated = ({ tolerateMs }: Patience): number => tolerateMs + confirmMs;
/** As long as any round may take; less only where less is tolerated of any beat. */
const longestRoundMs = ({ cycleMs, tolerateMs }: Patience): number => Math.min(tolerateMs, probingMs(cycleMs));
const afterTwice = ({ tolerateMs }: Patience): number => tolerateMs + 2 * confirmMs;

function accusation(evidence: PeerEvidence): Accusation {
  const { direct, poke } = evidence;
  if (poke === 'store-refuses' && direct !== 'not-asked')
    return { state: 'store-down', reason: 'its prober answers a poke, and its store refuses what it writes', afterMs: afterTolerated };
  if (direct === 'old') return ofReachableStore(evidence);
  if (direct === 'failed' && evidence.others === 'not-reached' && !evidence.hearsOthers)
    return { state: 'alone', reason: 'I see nobody; it may be me', afterMs: afterTwice, isRegion: true };
  const isReachedElsewhere = evidence.others === 'reached' || evidence.anchors === 'reached';
  if (direct === 'failed' && poke === 'no-answer' && isReachedElsewhere)
    return { state: 'silent', reason: 'nothing of that region answers', afterMs: afterTolerated, isRegion: true };
  return silentToMe(evidence);
}

/** The store of the peer itself shows no new beat: what its function answers tells why. */
function ofReachableStore(evidence: PeerEvidence): Accusation {
  switch (evidence.poke) {
    case 'no-answer':
      return { state: 'silent', reason: 'its store answers, its prober does not', afterMs: (patience) => freshMs(patience) + confirmMs };
    case 'unfinished':
      return {
        state: 'hung',
        reason: 'its prober has claimed a round and does not finish it',
        leastUnfinishedMs: longestRoundMs,
        afterMs: afterTolerated,
      };
    case 'finished':
      return {
        state: 'stopped',
        reason: 'its prober answers, and nothing invokes it',
        leastAnswersMs: scheduleMs,
        afterMs: (patience) => patience.cycleMs + afterTolerated(patience),
      };
    default:
      return silentToMe(evidence);
  }
}

/** Anything else: it is silent to me, on the paths that are named. */
const silentToMe = ({ poke }: PeerEvidence): Accusation => ({
  state: 'silent',
  reason: poke === 'finished' || poke === 'unfinished' ? 'its prober answers a poke, but no path shows its beats' : 'silent to me',
  afterMs: afterTwice,
});

function sayPaths({ replica, direct, third, poke, others, anchors }: PeerEvidence): string {
  let paths = `local replica ${words[replica]}, direct read ${words[direct]}, third region ${words[third]}`;
  if (poke !== 'not-asked') paths += `, poke ${pokeWords[poke]}`;
  if (others === 'not-reached') paths += ', no other region answers';
  if (anchors === 'not-reached') paths += ', no anchor answers';
  return paths;
}

const words: Readonly<Record<PathState, string>> = { fresh: 'fresh', old: 'old', failed: 'failed', refused: 'refused', 'not-asked': 'not asked' };
const pokeWords: Readonly<Record<PokeState, string>> = {
  'not-asked': 'not asked',
  'no-answer': 'not answered',
  refused: 'refused',
  'store-refuses': 'answered: its store refuses',
  finished: 'answered: its last round is finished',
  unfinished: 'answered: its last round is not finished',
};

/** What the evidence about all other regions says of the observer itself, gravest first. It is alone only when it sees none of them. */
export function watchMyself(findings: readonly WatchFinding[], evidence: readonly PeerEvidence[]): { readonly state: SelfState; readonly reason: string } {
  const [first] = findings;
  const isolated = findings.find((finding) => finding.state === 'isolated');
  if (isolated !== undefined) return { state: 'isolated', reason: isolated.reason };
  if (first !== undefined && findings.every((finding) => finding.state === 'alone')) return { state: 'alone', reason: first.reason };
  const abstaining = findings.find((finding) => finding.state === 'abstaining');
  if (abstaining !== undefined) return { state: 'abstaining', reason: abstaining.reason };
  const refused = evidence.find(({ replica, direct, third, poke }) => [replica, direct, third, poke].includes('refused'));
  if (refused !== undefined) return { state: 'refused', reason: `${sayPaths(refused)}: AWS answers that I may not, or too often` };
  return { state: 'well', reason: 'nothing is the matter here' };
}
