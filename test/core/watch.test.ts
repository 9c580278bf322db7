import { second } from '../../src/core/basics/time';
import { confirmMs, firstBeatMs, type PathState, type PeerEvidence, watchPeer } from '../../src/core/watch';

const patience = { cycleMs: 10 * second, tolerateMs: 60 * second };

const evidence = (over: Partial<PeerEvidence> = {}): PeerEvidence => ({
  replica: 'fresh',
  direct: 'not-asked',
  third: 'not-asked',
  overdueMs: -5 * second,
  others: 'nobody-to-ask',
  anchors: 'nobody-to-ask',
  watchedMs: 3600 * second,
  ...over,
});

const silentEverywhere = evidence({ replica: 'old', direct: 'failed', third: 'old', others: 'reached', overdueMs: 100 * second });

describe('what may be said of a peer', () => {
  it.each([
    ['a punctual beat in the local replica', evidence(), 'reporting'],
    ['a beat that is overdue, but less than is tolerated', evidence({ overdueMs: 30 * second }), 'late'],
    ['fresh by a direct read only', evidence({ replica: 'old', direct: 'fresh', third: 'old', others: 'reached', overdueMs: 0 }), 'replication-stuck'],
    [
      'fresh in a third region only, and not to be reached',
      evidence({ replica: 'old', direct: 'failed', third: 'fresh', others: 'reached', overdueMs: 0 }),
      'link-lost',
    ],
    ['old on every path that answers', silentEverywhere, 'silent'],
    ['reached, but with nothing new', { ...silentEverywhere, direct: 'old' }, 'silent'],
    ['never seen, and not watched for long', evidence({ replica: 'old', overdueMs: undefined, watchedMs: 60 * second }), 'expected'],
    [
      'never seen in all the time it was given',
      evidence({ replica: 'old', direct: 'failed', third: 'old', others: 'reached', overdueMs: undefined, watchedMs: firstBeatMs + 1 }),
      'silent',
    ],
  ] as [string, PeerEvidence, string][])('%s: %s', (_case, seen, state) => {
    expect(watchPeer(seen, patience).state).toBe(state);
  });

  it('waits a little longer than what is tolerated, and twice that where nobody else can be asked', () => {
    const stateAfter = (overdueMs: number, others: PeerEvidence['others']) => watchPeer({ ...silentEverywhere, overdueMs, others }, patience).state;
    expect(stateAfter(60 * second + confirmMs - 1, 'reached')).toBe('late');
    expect(stateAfter(60 * second + confirmMs, 'reached')).toBe('silent');
    expect(stateAfter(60 * second + 2 * confirmMs - 1, 'nobody-to-ask')).toBe('late');
    expect(stateAfter(60 * second + 2 * confirmMs, 'nobody-to-ask')).toBe('silent');
  });
});

describe('nobody is accused', () => {
  it('by an observer that reaches nobody at all', () => {
    const cutOff = { ...silentEverywhere, direct: 'failed', third: 'failed', others: 'not-reached', anchors: 'not-reached' } as const;
    expect(watchPeer(cutOff, patience).state).toBe('isolated');
  });

  it('by an observer that was blind itself until just now', () => {
    expect(watchPeer({ ...silentEverywhere, watchedMs: 69 * second }, patience).state).toBe('abstaining');
    expect(watchPeer({ ...silentEverywhere, watchedMs: 70 * second }, patience).state).toBe('silent');
  });

  it('nor is a path, before its first items had time to arrive', () => {
    const first = evidence({ replica: 'old', direct: 'fresh', third: 'old', others: 'reached', overdueMs: -second, watchedMs: 3 * second });
    expect(watchPeer(first, patience).state).toBe('abstaining');
  });
});

describe('the table', () => {
  const paths: PathState[] = ['fresh', 'old', 'failed', 'not-asked'];
  const answers = ['reached', 'not-reached', 'nobody-to-ask'] as const;
  const rows = paths.flatMap((replica) =>
    paths.flatMap((direct) =>
      paths.flatMap((third) =>
        answers.flatMap((others) =>
          answers.flatMap((anchors) =>
            [undefined, -1, 30, 62, 65, 70, 3600].map((overdue) =>
              evidence({ replica, direct, third, others, anchors, overdueMs: overdue === undefined ? undefined : overdue * second }),
            ),
          ),
        ),
      ),
    ),
  );

  it('has an answer for every combination, with its reason', () => {
    for (const row of rows) expect(watchPeer(row, patience)).toEqual({ state: expect.any(String), reason: expect.stringMatching(/\w/) });
    expect(rows).toHaveLength(4 * 4 * 4 * 3 * 3 * 7);
  });

  it('never accuses where any path is fresh: more evidence of life never raises the accusation', () => {
    for (const row of rows) {
      const alive = watchPeer({ ...row, third: 'fresh' }, patience).state;
      expect(alive).not.toBe('silent');
    }
  });

  it('accuses only after what is tolerated', () => {
    for (const row of rows)
      if (watchPeer(row, patience).state === 'silent') expect(row.overdueMs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(patience.tolerateMs);
  });
});
