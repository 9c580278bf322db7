import { second } from '../../src/core/basics/time';
import { firstBeatMs } from '../../src/core/watch';
import { type WatchdogEvidence, type WatchdogState, watchWatchdog } from '../../src/core/watchdog-watch';

const patience = { cycleMs: 5 * second, tolerateMs: 60 * second };
const evidence = (over: Partial<WatchdogEvidence> = {}): WatchdogEvidence => ({
  overdueMs: 0,
  beats: 'fresh',
  beatsForMs: 3600 * second,
  direct: 'answered',
  others: 'reached',
  isAnyUnheard: false,
  anchors: 'nobody-to-ask',
  watchedMs: 3600 * second,
  couldStore: true,
  ...over,
});
const old = (over: Partial<WatchdogEvidence> = {}): WatchdogEvidence => evidence({ overdueMs: 70 * second, ...over });
const stateOf = (seen: WatchdogEvidence): WatchdogState => watchWatchdog(seen, patience).state;

describe('the watcher is watched', () => {
  it.each([
    ['a fresh watch record', evidence(), 'watching'],
    ['a record that is overdue, but less than is tolerated', evidence({ overdueMs: 30 * second }), 'late'],
    ['beats come, the record is old', old(), 'watcher-silent'],
    ['beats have only just come back, the record is still old', old({ beatsForMs: 64 * second }), 'late'],
    ['beats have come back for long enough', old({ beatsForMs: 65 * second }), 'watcher-silent'],
    ['its newest record came late, a moment ago', old({ cameLateAgoMs: 64 * second }), 'late'],
    ['its newest record came late, and that is long ago', old({ cameLateAgoMs: 65 * second }), 'watcher-silent'],
    ['a witness has no beats, its record is old', old({ beats: 'none' }), 'watcher-silent'],
    ['beats are missing too: the region is spoken of, not its watchdog', old({ beats: 'not-fresh' }), 'unknown'],
    ['a witness that does not answer, while others do', old({ beats: 'none', direct: 'failed' }), 'watcher-silent'],
    ['a witness that does not answer, nor does anybody', old({ beats: 'none', direct: 'failed', others: 'not-reached', anchors: 'not-reached' }), 'unknown'],
    [
      'a witness that does not answer, nor another region, but anchors do',
      old({ beats: 'none', direct: 'failed', others: 'not-reached', anchors: 'reached' }),
      'unknown',
    ],
    [
      'a witness that does not answer, no other region to ask, but anchors answer',
      old({ beats: 'none', direct: 'failed', others: 'nobody-to-ask', anchors: 'reached' }),
      'watcher-silent',
    ],
    ['its own replica does not answer, nor one of the others', old({ direct: 'failed', isAnyUnheard: true }), 'unknown'],
    ['its own replica does not answer, nor does mine since a moment ago', old({ direct: 'failed', homeUnreadMs: 64_999 }), 'late'],
    ['its own replica does not answer, nor has mine for long', old({ direct: 'failed', homeUnreadMs: 65 * second }), 'watcher-silent'],
    ['its own replica answers, mine does not', old({ homeUnreadMs: 0 }), 'watcher-silent'],
    ['its own replica answers, and one of the others does not', old({ isAnyUnheard: true }), 'watcher-silent'],
    ['I am refused where it writes', old({ direct: 'refused' }), 'unknown'],
    ['my own watch began a moment ago', old({ watchedMs: 64 * second }), 'unknown'],
    ['what I saw could not be stored', old({ couldStore: false }), 'unknown'],
    ['it never wrote anything, and I have not watched for long', evidence({ overdueMs: undefined, watchedMs: 60 * second }), 'expected'],
    ['it never wrote anything in all the time it was given', evidence({ overdueMs: undefined, watchedMs: firstBeatMs }), 'watcher-silent'],
  ] as [string, WatchdogEvidence, WatchdogState][])('%s', (_case, seen, state) => {
    expect(stateOf(seen)).toBe(state);
  });

  it('is told after what is tolerated and a little more, or twice that where it does not answer', () => {
    expect(stateOf(old({ overdueMs: 63 * second - 1 }))).toBe('late');
    expect(stateOf(old({ overdueMs: 63 * second }))).toBe('watcher-silent');
    expect(stateOf(old({ direct: 'failed', overdueMs: 66 * second - 1 }))).toBe('late');
    expect(stateOf(old({ direct: 'failed', overdueMs: 66 * second }))).toBe('watcher-silent');
  });

  it.each([
    ['nor another region to ask, nor an anchor', { beats: 'none', direct: 'failed', others: 'nobody-to-ask', anchors: 'not-reached' }, 'unknown'],
    ['but it does itself', { direct: 'answered', others: 'not-reached', anchors: 'not-reached' }, 'watcher-silent'],
  ] as [string, Partial<WatchdogEvidence>, WatchdogState][])('nobody answers, %s', (_case, over, state) => {
    expect(stateOf(old(over))).toBe(state);
  });

  it('of a witness, that has no beats, none has to come back first', () => {
    expect(stateOf(old({ beats: 'none', beatsForMs: 0 }))).toBe('watcher-silent');
  });

  it.each([
    ['watching, then late', (ms: number) => evidence({ overdueMs: 3250 + ms }), 'watching', 'late'],
    ['late, then unknown with its beats', (ms: number) => evidence({ overdueMs: 60_000 + ms, beats: 'not-fresh' }), 'late', 'unknown'],
    ['unknown, then told by whoever has watched for long enough', (ms: number) => old({ watchedMs: 64_999 + ms }), 'unknown', 'watcher-silent'],
  ] as [string, (ms: number) => WatchdogEvidence, WatchdogState, WatchdogState][])('%s, from one millisecond to the next', (_case, seen, state, next) => {
    expect([stateOf(seen(0)), stateOf(seen(1))]).toEqual([state, next]);
  });

  const overdue = 'its newest watch record is 70 s overdue on every path';
  it.each([
    [evidence({ overdueMs: undefined, watchedMs: 0 }), 'it has never written what it watches'],
    [evidence(), 'its watch record is fresh'],
    [evidence({ overdueMs: 30_400 }), 'its newest watch record is 30 s overdue on every path'],
    [old({ beats: 'not-fresh' }), `${overdue}, and so are its beats`],
    [old({ beatsForMs: 0 }), `${overdue}; its beats have only just come back`],
    [old({ cameLateAgoMs: 0 }), `${overdue}; but it goes on coming`],
    [old({ direct: 'failed', homeUnreadMs: 0 }), `${overdue} that answers; a newer one may have come at home, which has only just stopped answering`],
    [old({ couldStore: false }), `${overdue}; I am in trouble myself`],
    [old({ beats: 'none', direct: 'failed', others: 'not-reached' }), `${overdue}; I reach nobody, so it may be me`],
    [old(), overdue],
    [old({ overdueMs: 62_000 }), 'its newest watch record is 62 s overdue on every path; being confirmed'],
  ])('of %j it is said why', (seen, reason) => {
    expect(watchWatchdog(seen, patience).reason).toBe(reason);
  });
});
