/** Every combination of what can be seen of a peer: the table is total, deterministic, and more evidence of life never raises the accusation. */
import { second } from '../../src/core/basics/time';
import { freshMs, type PathState, type PeerEvidence, type PokeState, type WatchState, watchPeer } from '../../src/core/watch';
import { evidence, patience } from './watch-builders';

const paths = ['fresh', 'old', 'failed', 'refused', 'not-asked'] as const satisfies readonly PathState[];
const pokes = ['not-asked', 'no-answer', 'refused', 'store-refuses', 'finished', 'unfinished'] as const satisfies readonly PokeState[];
const reached = ['reached', 'not-reached', 'nobody-to-ask'] as const;
const overdues = [undefined, 49, 53, 62, 63, 66, 73, 3600].map((seconds) => (seconds === undefined ? undefined : seconds * second));

const of = <A, B>(ones: readonly A[], make: (one: A) => readonly B[]): readonly B[] => ones.flatMap(make);

const rows: readonly PeerEvidence[] = of(paths, (replica) =>
  of(paths, (direct) =>
    of(paths, (third) =>
      of(pokes, (poke) =>
        of(reached, (others) =>
          of(reached, (anchors) =>
            overdues.map((overdueMs) => evidence({ replica, direct, third, poke, others, anchors, overdueMs, regionOverdueMs: overdueMs })),
          ),
        ),
      ),
    ),
  ),
);
const stateOf = (row: PeerEvidence): WatchState => watchPeer(row, patience).state;

const accusing: readonly WatchState[] = ['silent', 'hung', 'stopped', 'store-down'];
const level = (state: WatchState): number => (accusing.includes(state) ? 1 : 0);

/** One mismatch tells enough, and a plain loop over so many rows is quick. */
function firstWhere(isWrong: (row: PeerEvidence) => boolean): PeerEvidence | undefined {
  return rows.find(isWrong);
}

describe('the table of the watch', () => {
  it('has one answer for every combination, the same each time, with its reason', () => {
    expect(rows).toHaveLength(5 * 5 * 5 * 6 * 3 * 3 * 8);
    expect(firstWhere((row) => watchPeer(row, patience).reason.length === 0 || stateOf(row) !== stateOf({ ...row }))).toBeUndefined();
  });

  it('reaches every state', () => {
    const others = [
      evidence({ work: 'skipping' }),
      evidence({ work: 'lying' }),
      evidence({ isSkewed: true }),
      evidence({ watchedMs: 0, overdueMs: undefined }),
    ];
    const found = new Set([...rows, ...others, evidence()].map(stateOf));
    const all: WatchState[] = [
      'reporting',
      'late',
      'link-lost',
      'replication-stuck',
      'silent',
      'hung',
      'stopped',
      'store-down',
      'isolated',
      'alone',
      'abstaining',
    ];
    expect([...found].sort()).toEqual([...all, 'expected', 'lying', 'skewed', 'skipping'].sort());
  });

  it('never accuses where any path but the poke is fresh', () => {
    const isFresh = (row: PeerEvidence): boolean => [row.replica, row.direct, row.third].includes('fresh');
    expect(firstWhere((row) => isFresh(row) && level(stateOf(row)) > 0)).toBeUndefined();
  });

  it('never trusts because of a poke alone', () => {
    const nothingFresh = (row: PeerEvidence): boolean => ![row.replica, row.direct, row.third].includes('fresh');
    const trusting: readonly WatchState[] = ['reporting', 'link-lost', 'replication-stuck'];
    expect(firstWhere((row) => nothingFresh(row) && trusting.includes(stateOf(row)))).toBeUndefined();
  });

  it.each(['replica', 'direct', 'third'] as const)('accuses no more when the path "%s" turns fresh', (path) => {
    expect(firstWhere((row) => level(stateOf({ ...row, [path]: 'fresh' })) > level(stateOf(row)))).toBeUndefined();
  });

  it('accuses no more when the newest beat is younger', () => {
    const younger = (row: PeerEvidence): PeerEvidence[] =>
      overdues
        .filter((ms) => ms !== undefined && ms < (row.overdueMs ?? Number.POSITIVE_INFINITY))
        .map((ms) => ({ ...row, overdueMs: ms, regionOverdueMs: ms }));
    expect(firstWhere((row) => younger(row).some((other) => level(stateOf(other)) > level(stateOf(row))))).toBeUndefined();
  });

  it('accuses no more when a prober answers that did not', () => {
    const answered = (row: PeerEvidence): PeerEvidence[] => (['finished', 'unfinished'] as const).map((poke) => ({ ...row, poke }));
    const silent = (row: PeerEvidence): boolean => row.poke === 'no-answer';
    expect(firstWhere((row) => silent(row) && answered(row).some((other) => level(stateOf(other)) > level(stateOf(row))))).toBeUndefined();
  });

  it('accuses nobody before what is tolerated is over', () => {
    const early = (row: PeerEvidence): boolean => row.overdueMs !== undefined && row.overdueMs <= freshMs(patience);
    expect(firstWhere((row) => early(row) && level(stateOf(row)) > 0)).toBeUndefined();
  });

  it.each([
    ['who was blind until just now', { watchedMs: patience.cycleMs + patience.tolerateMs - 1 }],
    ['who could not store what it saw', { couldStore: false }],
  ] as [string, Partial<PeerEvidence>][])('lets nobody accuse %s', (_case, trouble) => {
    expect(firstWhere((row) => row.overdueMs !== undefined && level(stateOf({ ...row, ...trouble })) > 0)).toBeUndefined();
  });

  it('lets nobody accuse who reaches nobody, or is refused everywhere', () => {
    const isAccusing = (row: PeerEvidence): boolean => [true, false].some((hearsOthers) => level(stateOf({ ...row, hearsOthers })) > 0);
    const cutOff = firstWhere((row) => row.direct === 'failed' && row.others !== 'reached' && row.anchors === 'not-reached' && isAccusing(row));
    const refused = firstWhere((row) => [row.replica, row.direct, row.third].every((path) => path === 'refused') && level(stateOf(row)) > 0);
    expect([cutOff, refused]).toEqual([undefined, undefined]);
  });
});
