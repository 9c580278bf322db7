import { second } from '../../src/core/basics/time';
import { confirmMs, firstBeatMs, freshMs, type PeerEvidence, type WatchState, watchMyself, watchPeer } from '../../src/core/watch';
import { dark, evidence, patience } from './watch-builders';

const stateOf = (seen: PeerEvidence): WatchState => watchPeer(seen, patience).state;

describe('what may be said of a peer, row by row', () => {
  it.each([
    ['a punctual beat in the local replica', evidence(), 'reporting'],
    ['a beat that is overdue, but less than is tolerated', evidence({ overdueMs: 30 * second }), 'late'],
    ['fresh by a direct read, old here', dark({ direct: 'fresh', overdueMs: 0 }), 'replication-stuck'],
    ['fresh in a third region, and not to be reached', dark({ third: 'fresh', overdueMs: 0 }), 'link-lost'],
    ['fresh in a third region, and refused by the peer', dark({ direct: 'refused', third: 'fresh', overdueMs: 0 }), 'link-lost'],
    ['fresh in a third region, reached, but old there and here', dark({ direct: 'old', third: 'fresh', overdueMs: 0 }), 'replication-stuck'],
    ['fresh by a direct read, while the own replica refuses', dark({ replica: 'refused', direct: 'fresh', overdueMs: 0 }), 'reporting'],
    [
      'fresh by what others hold, while the own replica refuses and nobody had to be asked',
      evidence({ replica: 'refused', third: 'fresh', overdueMs: 0 }),
      'reporting',
    ],
    ['it answers a poke, and its store refuses; it cannot be read', dark({ poke: 'store-refuses' }), 'store-down'],
    ['it answers a poke, its store can be read and refuses to be written', dark({ direct: 'old', poke: 'store-refuses' }), 'store-down'],
    ['its store answers, its last round is finished, nothing begins another', dark({ direct: 'old', poke: 'finished' }), 'stopped'],
    ['its store answers, its last round is claimed and not finished', dark({ direct: 'old', poke: 'unfinished' }), 'hung'],
    ['its store answers, its prober does not', dark({ direct: 'old', poke: 'no-answer' }), 'silent'],
    ['nothing of its region answers', dark(), 'silent'],
    ['fresh, but monitors are left out', evidence({ work: 'skipping' }), 'skipping'],
    ['fresh, but its canaries read wrong', evidence({ work: 'lying' }), 'lying'],
    ['its canaries read wrong, and I began to watch a moment ago', evidence({ work: 'lying', watchedMs: 9 * second }), 'abstaining'],
    ['monitors are left out, and I began to watch a moment ago', evidence({ work: 'skipping', watchedMs: 9 * second }), 'abstaining'],
    ['its canaries read wrong in a beat that may be of any age', evidence({ work: 'lying', sawItCome: false }), 'abstaining'],
    ['monitors are left out in a beat that may be of any age', evidence({ work: 'skipping', sawItCome: false }), 'abstaining'],
    ['nobody answers, anchors neither', dark({ third: 'failed', others: 'not-reached', anchors: 'not-reached' }), 'isolated'],
    ['no region answers, but anchors do', dark({ third: 'failed', others: 'not-reached', anchors: 'reached' }), 'alone'],
    ['no region answers, and there are no anchors', dark({ third: 'failed', others: 'not-reached' }), 'alone'],
    ['no region answers, but what a third one writes comes', dark({ third: 'failed', others: 'not-reached', anchors: 'reached', hearsOthers: true }), 'silent'],
    [
      'nothing answers at all, though what a third one writes comes',
      dark({ third: 'failed', others: 'not-reached', anchors: 'not-reached', hearsOthers: true }),
      'isolated',
    ],
    ['without a witness the peer does not answer, but anchors do', dark({ third: 'not-asked', others: 'nobody-to-ask', anchors: 'reached' }), 'silent'],
    ['without a witness and without anchors the peer does not answer', dark({ third: 'not-asked', others: 'nobody-to-ask' }), 'silent'],
    ['my own watch began a moment ago', dark({ watchedMs: 69 * second }), 'abstaining'],
    ['what I saw could not be stored', dark({ couldStore: false }), 'abstaining'],
    ['I am refused on every path', dark({ replica: 'refused', direct: 'refused', third: 'refused' }), 'abstaining'],
    [
      'I am refused by the replicas, and nothing answers beyond',
      dark({ replica: 'refused', direct: 'refused', third: 'failed', poke: 'store-refuses' }),
      'abstaining',
    ],
    [
      'no path answers at all, but the prober does: an error is not silence',
      dark({ replica: 'failed', direct: 'refused', third: 'failed', poke: 'finished' }),
      'abstaining',
    ],
    ['no path answers at all, though others can be reached', dark({ replica: 'failed', third: 'failed' }), 'abstaining'],
    ['no store answers at all, and its prober says that its own refuses', dark({ replica: 'failed', third: 'failed', poke: 'store-refuses' }), 'store-down'],
    ['its store refuses me and, as it says, its prober', dark({ direct: 'refused', poke: 'store-refuses' }), 'store-down'],
    ['I am refused by the replicas, and a third region has seen nothing', dark({ replica: 'refused', direct: 'refused', third: 'old' }), 'silent'],
    ['its configuration is older than another one', evidence({ isSkewed: true }), 'skewed'],
    ['its prober answers a poke, but no path shows a beat', dark({ poke: 'finished' }), 'silent'],
    ['the direct read is refused, the other paths are old', dark({ direct: 'refused', poke: 'refused' }), 'silent'],
    ['never seen, and not watched for long', evidence({ replica: 'old', overdueMs: undefined, watchedMs: 60 * second }), 'expected'],
    ['never seen in all the time it was given', dark({ overdueMs: undefined, regionOverdueMs: undefined, watchedMs: firstBeatMs + 1 }), 'silent'],
  ] as [string, PeerEvidence, WatchState][])('%s', (_case, seen, state) => {
    expect(stateOf(seen)).toBe(state);
  });

  it.each([
    ['nothing of a region answers', {}, 60 + 3],
    ['no path but the local replica can be asked', { third: 'not-asked', others: 'nobody-to-ask', poke: 'not-asked' }, 60 + 6],
    ['I see nobody', { others: 'not-reached', anchors: 'reached' }, 60 + 6],
    ['the store of the peer answers, its prober does not', { direct: 'old' }, 50 + 3],
    ['a round is not finished', { direct: 'old', poke: 'unfinished' }, 60 + 3],
    ['no round begins', { direct: 'old', poke: 'finished' }, 60 + 10 + 3],
  ] as [string, Partial<PeerEvidence>, number][])('says so when %s, and a beat is overdue by exactly the promised time', (_case, over, seconds) => {
    const found = (ms: number): WatchState => stateOf(dark({ ...over, overdueMs: ms, regionOverdueMs: ms }));
    expect(found(seconds * second - 1)).toBe('late');
    expect(found(seconds * second)).not.toBe('late');
  });

  it('counts the silence of a prober from its last beat, where that one came later than usual', () => {
    const found = (ms: number): WatchState => stateOf(dark({ direct: 'old', overdueMs: ms, cameLateMs: 9 * second }));
    expect([found(62 * second - 1), found(62 * second)]).toEqual(['late', 'silent']);
    expect(stateOf(dark({ overdueMs: 90 * second, regionOverdueMs: 63 * second, cameLateMs: 40 * second }))).toBe('silent');
  });

  it('accuses by what it looked at: a beat may have come to a replica of its own that has only just stopped answering', () => {
    const unread = (homeUnreadMs: number, over: Partial<PeerEvidence> = {}): WatchState => stateOf(dark({ replica: 'refused', homeUnreadMs, ...over }));
    expect([unread(70 * second - 1), unread(70 * second)]).toEqual(['late', 'silent']);
    expect(unread(0, { poke: 'finished' })).toBe('late');
    expect(unread(0, { direct: 'old' })).toBe('silent');
    expect(unread(0, { poke: 'store-refuses' })).toBe('store-down');
  });

  it('counts the silence of a region from its last sign of life, be it a beat or a record of its watchdog', () => {
    expect(stateOf(dark({ overdueMs: 90 * second, regionOverdueMs: 62 * second }))).toBe('late');
    expect(stateOf(dark({ overdueMs: 90 * second, regionOverdueMs: 63 * second }))).toBe('silent');
  });

  it('tolerates what was asked, counted from the last beat as far as beats are frequent enough', () => {
    expect(freshMs({ cycleMs: 10 * second, tolerateMs: 60 * second })).toBe(50 * second);
    expect(freshMs({ cycleMs: 60 * second, tolerateMs: 60 * second })).toBe(30 * second);
    expect(freshMs({ cycleMs: 10 * second, tolerateMs: 5 * second })).toBe(2.5 * second);
  });

  it('names every path that was asked, in words', () => {
    expect(watchPeer(dark({ third: 'failed', others: 'not-reached', anchors: 'not-reached' }), patience).reason).toBe(
      'local replica old, direct read failed, third region failed, poke not answered, no other region answers, no anchor answers; I reach nobody, so it may be me',
    );
  });
});

describe('what an observer says of itself', () => {
  const myself = (...seen: readonly PeerEvidence[]) =>
    watchMyself(
      seen.map((one) => watchPeer(one, patience)),
      seen,
    ).state;

  it.each([
    ['nothing, while all is well', [evidence()], 'well'],
    ['isolated, before anything else', [dark({ others: 'not-reached', anchors: 'not-reached' }), dark({ direct: 'refused' })], 'isolated'],
    ['alone', [dark({ others: 'not-reached', anchors: 'reached' })], 'alone'],
    ['not alone, while one of them is only late', [dark({ others: 'not-reached', anchors: 'reached' }), evidence({ overdueMs: 30 * second })], 'well'],
    ['abstaining', [dark({ couldStore: false })], 'abstaining'],
    ['refused, on whatever path', [evidence(), evidence({ direct: 'refused' })], 'refused'],
    ['refused, when it may not poke', [dark({ direct: 'old', poke: 'refused' })], 'refused'],
    ['well, while others are silent', [evidence(), dark({ overdueMs: 90 * second }), dark({ overdueMs: confirmMs })], 'well'],
  ] as [string, PeerEvidence[], string][])('%s', (_case, seen, state) => {
    expect(myself(...seen)).toBe(state);
  });
});
