import { type Instant, instant } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import {
  type Concluded,
  isAllFresh,
  isPingDue,
  knowsMore,
  outsideCondition,
  outsideFinding,
  type Pinging,
  pingBegun,
  pingingAfter,
} from '../../src/core/outside';
import type { SelfState, WatchState } from '../../src/core/watch';
import type { WatchdogState } from '../../src/core/watchdog-watch';
import { at, slot, west } from './builders';

const seen = (found: { peer?: WatchState; isAtWork?: boolean; watchdog?: WatchdogState; self?: SelfState } = {}) => ({
  peers: [
    { state: 'reporting' as const, isAtWork: true },
    { state: found.peer ?? 'reporting', isAtWork: found.isAtWork ?? true },
  ],
  watchdogs: [{ state: 'watching' as const }, { state: found.watchdog ?? 'watching' }],
  self: { state: found.self ?? 'well' },
});

describe('all is fresh', () => {
  it.each<WatchState>(['reporting', 'late', 'skewed', 'skipping', 'lying', 'link-lost', 'replication-stuck'])('while a prober is %s', (peer) => {
    expect(isAllFresh(seen({ peer }))).toBe(true);
  });
  it.each<WatchState>(['expected', 'silent', 'hung', 'stopped', 'store-down', 'isolated', 'alone', 'abstaining'])('but not while one is %s', (peer) => {
    expect(isAllFresh(seen({ peer }))).toBe(false);
  });
  it('nor while one is late that shows nothing fresh: it may have been silent for long', () => {
    expect(isAllFresh(seen({ peer: 'late', isAtWork: false }))).toBe(false);
  });
  it.each<[WatchdogState, boolean]>([
    ['watching', true],
    ['late', true],
    ['expected', false],
    ['watcher-silent', false],
    ['unknown', false],
  ])('while a watchdog is %s: %s', (watchdog, isFresh) => {
    expect(isAllFresh(seen({ watchdog }))).toBe(isFresh);
  });
  it.each<SelfState>(['isolated', 'alone', 'refused', 'abstaining'])('never to one that finds itself %s', (self) => {
    expect(isAllFresh(seen({ self }))).toBe(false);
  });
});

describe('a ping', () => {
  const tried = (time: Instant): Pinging => ({ triedAt: time });

  it.each<[string, Pinging | undefined, boolean]>([
    ['never before', undefined, true],
    ['half a minute ago', tried(at('00:09:30')), false],
    ['almost a minute ago', tried(at('00:09:05')), true],
    ['in the future, before the clock was set back', tried(at('00:20')), true],
  ])('tried %s is due: %s', (_when, before, isDue) => {
    expect(isPingDue(before, at('00:10'))).toBe(isDue);
  });
});

/** One try a minute from 00:10 on: `+` is taken, `-` fails. */
const tries = (marks: string): Pinging | undefined =>
  [...marks].reduce<Pinging | undefined>(
    (before, mark, index) =>
      pingingAfter(before, mark === '+' ? { kind: 'taken' } : { kind: 'failed', reason: `dns-error ${index}` }, instant(at('00:10') + index * minute)),
    undefined,
  );
const finding = (pinging: Pinging | undefined, { isConfigured = true, concluded }: { isConfigured?: boolean; concluded?: Concluded } = {}) =>
  outsideFinding({ me: west, isConfigured, pinging, newest: slot('00:20'), concluded, now: at('00:20') });

describe('a switch outside', () => {
  it.each<[string, ReturnType<typeof outsideCondition>]>([
    ['', undefined],
    ['+', 'well'],
    ['-', undefined],
    ['+-----', undefined],
    ['+------', 'untold'],
    ['------', 'untold'],
    ['+------+', 'well'],
    ['+---+---', undefined],
  ])('that took the tries %p is found %p', (marks, condition) => {
    expect(outsideCondition(tries(marks))).toBe(condition);
    expect(finding(tries(marks)).condition).toBe(condition);
  });

  it('is not spoken of after two failures, however far apart', () => {
    const first = pingingAfter(undefined, { kind: 'failed', reason: 'x' }, at('00:10'));
    expect(outsideCondition(pingingAfter(first, { kind: 'failed', reason: 'x' }, at('02:10')))).toBeUndefined();
  });

  it.each(['+', '------'])('whose newest ping has not ended, after the tries %p, is not spoken of', (marks) => {
    expect(outsideCondition({ ...tries(marks)!, triedAt: at('00:40') })).toBeUndefined();
  });

  it('counts failures in a row only as far as it is known how each ping ended', () => {
    const failure = { kind: 'failed', reason: 'dns-error' } as const;
    const next = (before: Pinging, time: string): Pinging => pingingAfter(pingBegun(before, at(time)), failure, at(time));
    const known = next(tries('+---')!, '00:14');
    expect(known.failed).toMatchObject({ times: 4, since: at('00:11') });
    const lost = next(pingBegun(known, at('00:15')), '00:16');
    expect(lost).toMatchObject({ takenAt: at('00:10'), failed: { times: 1, since: at('00:16') } });
  });

  it('is known better by whoever knows of a later ping, or how that one ended', () => {
    const taken = tries('--+')!;
    const begun = { ...tries('--')!, triedAt: taken.triedAt };
    const known = (one: Pinging, than: Pinging | undefined, now = taken.triedAt) => knowsMore(one, than, now);
    expect([known(taken, begun), known(begun, taken), known(begun, tries('--')), known(taken, undefined)]).toEqual([true, false, true, true]);
    const ahead = { ...begun, triedAt: instant(taken.triedAt + 5 * minute) };
    expect([known(ahead, taken), known(taken, ahead)]).toEqual([false, true]);
    expect(known(ahead, taken, ahead.triedAt)).toBe(true);
  });

  it('whose newest ping nobody knows the end of finds nothing, though the failure before it was of a clock that was minutes ahead', () => {
    const failing = tries('-------')!;
    expect(outsideCondition(failing)).toBe('untold');
    expect(outsideCondition({ ...failing, triedAt: instant(failing.triedAt - 4 * minute) })).toBeUndefined();
  });

  it('of the time before the clock was set back gives way to what is of this time', () => {
    const taken = tries('+')!;
    expect(knowsMore(taken, { ...tries('---')!, triedAt: instant(taken.triedAt + 5 * minute) }, taken.triedAt)).toBe(true);
  });

  it('that takes no pings is a ticket with the newest cause, told by its own region', () => {
    const found = finding(tries('+------'));
    expect(found.about).toMatchObject({ key: 'outside:eu-west-1:channel', family: 'channel', severity: 'ticket', speaker: west });
    expect(found.reason).toBe('6 pings in a row failed, the last one: dns-error 6');
    expect(found.facts()[1]).toMatch(/^pings have failed for 5 min; it took a ping last at /);
    expect(finding(tries('------')).facts()[1]).toContain('it never took a ping of this region');
  });

  it('that fails and was not told long enough is undecided', () => {
    expect(finding(tries('+--')).undecided).toBe('not-long-enough');
    expect(finding(tries('+')).undecided).toBeUndefined();
  });

  it.each<[string, string, Concluded | undefined, ReturnType<typeof outsideCondition>]>([
    ['a later ping that was taken', '------', { condition: 'well', at: at('00:16') }, undefined],
    ['a later ping that failed', '+', { condition: 'untold', at: at('00:16') }, undefined],
    ['pings before these', '------', { condition: 'well', at: at('00:14') }, 'untold'],
    ['these very pings', '------', { condition: 'untold', at: at('00:16') }, 'untold'],
    ['a ping by a clock that was ahead', '------', { condition: 'well', at: at('00:21') }, 'untold'],
    ['nothing', '------', undefined, 'untold'],
  ])('of which something was concluded from %s: after the tries %p, %p, it is found %p', (_case, marks, concluded, condition) => {
    expect(finding(tries(marks), { concluded }).condition).toBe(condition);
  });

  it('that is no longer configured is well, and says so', () => {
    expect(finding(tries('------'), { isConfigured: false })).toMatchObject({ condition: 'well', reason: 'it is no longer configured' });
  });

  it('is due again in less than a minute, so that no schedule skips every other one', () => {
    expect(isPingDue(tries('+'), instant(at('00:10') + minute - second))).toBe(true);
  });
});
