/** What is said of a peer, word by word: whoever is woken reads these lines first. */
import { second } from '../../src/core/basics/time';
import { firstBeatMs, type PathState, type PeerEvidence, type PokeState, type WatchState, watchMyself, watchPeer } from '../../src/core/watch';
import { dark, evidence, patience } from './watch-builders';

const stateOf = (seen: PeerEvidence): WatchState => watchPeer(seen, patience).state;
/** What follows the paths that are named. */
const because = (seen: PeerEvidence): string => watchPeer(seen, patience).reason.split('; ').slice(1).join('; ');
const neverHeard = (watchedMs: number): PeerEvidence => dark({ overdueMs: undefined, regionOverdueMs: undefined, watchedMs });

const answersOnly = 'its prober answers a poke, but no path shows its beats';
const nobodyElse: Partial<PeerEvidence> = { third: 'not-asked', others: 'nobody-to-ask' };

describe('an accusation says what it rests on', () => {
  it.each([
    [{ poke: 'store-refuses' }, 'store-down', 'its prober answers a poke, and its store refuses what it writes'],
    [{ direct: 'old' }, 'silent', 'its store answers, its prober does not'],
    [{ direct: 'old', poke: 'unfinished' }, 'hung', 'its prober has claimed a round and does not finish it'],
    [{ direct: 'old', poke: 'finished' }, 'stopped', 'its prober answers, and nothing invokes it'],
    [{ direct: 'old', poke: 'refused' }, 'silent', 'silent to me'],
    [{ others: 'not-reached', anchors: 'reached' }, 'alone', 'I see nobody; it may be me'],
    [{}, 'silent', 'nothing of that region answers'],
    [{ anchors: 'not-reached' }, 'silent', 'nothing of that region answers'],
    [{ ...nobodyElse, anchors: 'reached' }, 'silent', 'nothing of that region answers'],
    [nobodyElse, 'silent', 'silent to me'],
    [{ poke: 'refused' }, 'silent', 'silent to me'],
    [{ direct: 'refused' }, 'silent', 'silent to me'],
    [{ direct: 'refused', others: 'not-reached' }, 'silent', 'silent to me'],
    [{ direct: 'refused', poke: 'store-refuses' }, 'store-down', 'its prober answers a poke, and its store refuses what it writes'],
    [{ direct: 'old', others: 'not-reached', anchors: 'not-reached' }, 'silent', 'its store answers, its prober does not'],
    [{ poke: 'finished' }, 'silent', answersOnly],
    [{ poke: 'unfinished' }, 'silent', answersOnly],
  ] as [Partial<PeerEvidence>, WatchState, string][])('of %j: %s, %s', (over, state, reason) => {
    expect([stateOf(dark(over)), because(dark(over))]).toEqual([state, reason]);
  });
});

describe('whoever holds back says why', () => {
  it.each([
    [
      'beats come on one path only, and the watch has just begun',
      dark({ direct: 'fresh', overdueMs: 0, watchedMs: 69 * second }),
      'a path may need some time to begin',
    ],
    ['the watch began a moment ago', dark({ watchedMs: 69 * second }), 'I have watched for too short a time to say more'],
    ['nothing could be stored', dark({ couldStore: false }), 'I could not store what I saw myself'],
    [
      'every path that was asked is refused',
      dark({ replica: 'refused', direct: 'refused', third: 'not-asked' }),
      'I am refused wherever I ask, and an error is not silence',
    ],
  ])('%s', (_case, seen, reason) => {
    expect([stateOf(seen), because(seen)]).toEqual(['abstaining', reason]);
  });

  it('before its first beat a region is expected, and then it counts from the beginning of the watch', () => {
    expect(watchPeer(neverHeard(firstBeatMs - 1), patience)).toEqual({ state: 'expected', reason: 'no beat was ever seen' });
    expect(stateOf(neverHeard(firstBeatMs))).toBe('silent');
  });

  it('a beat may have come home unseen', () => {
    expect(because(dark({ replica: 'failed', homeUnreadMs: 0 }))).toBe('a newer one may have come at home, which has only just stopped answering');
  });

  it('silence is being confirmed before it is said', () => {
    expect([stateOf(dark({ overdueMs: 62 * second })), because(dark({ overdueMs: 62 * second }))]).toEqual(['late', 'being confirmed']);
  });
});

describe('the moment from which something is said', () => {
  it.each([
    ['a beat may be late by two seconds and a quarter of the cycle', evidence({ overdueMs: 4500 }), 'reporting', evidence({ overdueMs: 4501 }), 'late'],
    [
      'a path that is not mine counts once I have watched for a cycle and what is tolerated',
      dark({ direct: 'fresh', overdueMs: 0, watchedMs: 70 * second }),
      'replication-stuck',
      dark({ direct: 'fresh', overdueMs: 0, watchedMs: 70 * second - 1 }),
      'abstaining',
    ],
    ['so does my accusation', dark({ watchedMs: 70 * second }), 'silent', dark({ watchedMs: 70 * second - 1 }), 'abstaining'],
    [
      'my own trouble matters once something is missing',
      dark({ overdueMs: 50 * second, couldStore: false }),
      'late',
      dark({ overdueMs: 50 * second + 1, couldStore: false }),
      'abstaining',
    ],
    [
      'where I see nobody, all of the region must be silent',
      dark({ others: 'not-reached', overdueMs: 90 * second, regionOverdueMs: 66 * second }),
      'alone',
      dark({ others: 'not-reached', overdueMs: 90 * second, regionOverdueMs: 66 * second - 1 }),
      'late',
    ],
  ] as [string, PeerEvidence, WatchState, PeerEvidence, WatchState][])('%s', (_case, seen, state, other, otherState) => {
    expect([stateOf(seen), stateOf(other)]).toEqual([state, otherState]);
  });

  it('a prober that answers is stopped only once it has answered for as long as a schedule may take to begin', () => {
    const answering = (answersForMs: number): WatchState => stateOf(dark({ direct: 'old', poke: 'finished', answersForMs }));
    expect([answering(60 * second), answering(60 * second - 1)]).toEqual(['stopped', 'late']);
  });

  it.each([
    ['beats of 10 s', { cycleMs: 10 * second, tolerateMs: 60 * second }, 8],
    ['beats of a minute', { cycleMs: 60 * second, tolerateMs: 60 * second }, 45],
    ['little that is tolerated', { cycleMs: 60 * second, tolerateMs: 30 * second }, 30],
  ])('a prober that answers is hung only once a round that it began is missing for as long as one may take: with %s', (_case, patient, seconds) => {
    const begunFor = (unfinishedForMs: number): WatchState => watchPeer(dark({ direct: 'old', poke: 'unfinished', unfinishedForMs }), patient).state;
    expect([begunFor(seconds * second), begunFor(seconds * second - 1)]).toEqual(['hung', 'late']);
  });

  it('needs no time where the local replica itself is fresh', () => {
    expect(stateOf(evidence({ watchedMs: 0 }))).toBe('reporting');
  });
});

describe('the paths are named in words', () => {
  it.each([
    ['fresh', 'fresh'],
    ['old', 'old'],
    ['failed', 'failed'],
    ['refused', 'refused'],
    ['not-asked', 'not asked'],
  ] as [PathState, string][])('a path that is %s', (state, words) => {
    expect(watchPeer(evidence({ third: state }), patience).reason).toBe(`local replica fresh, direct read not asked, third region ${words}`);
  });

  it.each([
    ['no-answer', 'not answered'],
    ['refused', 'refused'],
    ['store-refuses', 'answered: its store refuses'],
    ['finished', 'answered: its last round is finished'],
    ['unfinished', 'answered: its last round is not finished'],
  ] as [PokeState, string][])('a poke: %s', (poke, words) => {
    expect(watchPeer(evidence({ poke }), patience).reason).toBe(`local replica fresh, direct read not asked, third region not asked, poke ${words}`);
  });
});

describe('what an observer says of itself, with its reason', () => {
  const myself = (...seen: readonly PeerEvidence[]) =>
    watchMyself(
      seen.map((one) => watchPeer(one, patience)),
      seen,
    );

  it.each([
    ['has nobody to watch', [], 'well', 'nothing is the matter here'],
    ['is well', [evidence()], 'well', 'nothing is the matter here'],
    [
      'may not ask',
      [evidence({ direct: 'refused' })],
      'refused',
      'local replica fresh, direct read refused, third region not asked: AWS answers that I may not, or too often',
    ],
  ] as [string, PeerEvidence[], string, string][])('who %s', (_case, seen, state, reason) => {
    expect(myself(...seen)).toEqual({ state, reason });
  });

  it.each([
    ['reaches nobody', dark({ others: 'not-reached', anchors: 'not-reached' })],
    ['sees nobody', dark({ others: 'not-reached', anchors: 'reached' })],
    ['could store nothing', dark({ couldStore: false })],
  ])('who %s gives the reason it found with the peer', (_case, seen) => {
    expect(myself(seen).reason).toBe(watchPeer(seen, patience).reason);
  });
});
