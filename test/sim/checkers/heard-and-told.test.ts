/** Checkers held against stories that were made up: what could be heard of, and how often something is told. */
import { instant } from '../../../src/core/basics/brand';
import { isoTime, minute, second } from '../../../src/core/basics/time';
import type { StatusView } from '../../../src/core/views';
import type { Announced } from '../announced';
import type { Round, Sign } from '../history';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { startsAt } from '../world';
import { blindTime } from './blind-time';
import { convergence } from './convergence';
import { duplicates } from './duplicates';
import type { Evidence } from './evidence';
import type { Harm } from './harm';
import { justAccusation } from './just-accusation';
import { broken, evidenceOf, resting, taken } from './made-up';
import { unwatchedTime } from './unwatched-time';

describe('S1: what nobody could have heard of is no sign of life', () => {
  const silent = (kind: 'vigils' | 'rounds', hearsAfterMs: number, heard: Partial<Round> = {}): readonly string[] => {
    const evidence = evidenceOf({ restsOf: resting(dublin), said: [{ condition: kind === 'rounds' ? 'silent' : 'watcher-silent' }] });
    for (let time = at('00:05:30'); time < at('00:20:00'); time += 30 * second) {
      const sign = { at: time, region: dublin, heardAt: new Map([[ohio, time + hearsAfterMs]]), isShown: true, seq: time / second, ...heard };
      if (kind === 'rounds' || time % minute === 0) evidence.history.rounds.push(sign);
      if (kind === 'vigils') evidence.history.vigils.push(sign);
    }
    const byTime = (one: Round | Sign, other: Round | Sign): number => one.at - other.at;
    evidence.history.rounds.sort(byTime);
    evidence.history.vigils.sort(byTime);
    return justAccusation(evidence).map(({ promise }) => promise);
  };

  it.each(['vigils', 'rounds'] as const)('%s that come soon are one', (kind) => expect(silent(kind, 2 * second)).toEqual(['S1']));
  it.each(['vigils', 'rounds'] as const)('%s that come when it was told long ago are none', (kind) => expect(silent(kind, 10 * minute)).toEqual([]));
  it.each(['vigils', 'rounds'] as const)('%s that come to others alone are none', (kind) =>
    expect(silent(kind, 0, { heardAt: new Map([[frankfurt, 0]]) })).toEqual([]),
  );
  /** Found by the storm 3555230. */
  it('records of its own region that are stored elsewhere are heard of only there', () => {
    const calledBy = (sender: typeof ohio, heardAt: Sign['heardAt']): readonly string[] => {
      const said = [{ sender, subject: 'watchdog:eu-west-1', condition: 'watcher-silent', at: at('00:10:00') }];
      const evidence = evidenceOf({ said });
      const vigils = evidence.history.vigils.map((vigil) => (vigil.region === dublin && vigil.at > at('00:08:00') ? { ...vigil, heardAt } : vigil));
      evidence.history.vigils.splice(0, vigils.length, ...vigils);
      return justAccusation(evidence).map(({ promise }) => promise);
    };
    expect(calledBy(dublin, new Map([[ohio, at('00:08:30')]]))).toEqual([]);
    expect(calledBy(dublin, new Map([[dublin, at('00:08:30')]]))).toEqual(['S1']);
  });

  it('rounds whose heads were not stored are none', () => expect(silent('rounds', 2 * second, { isShown: false })).toEqual([]));
});

describe('S12: the end of trouble is told once', () => {
  const trouble = { key: 'service-001:availability', subject: 'service-001', family: 'availability', condition: 'down' };
  const page = { ...trouble, at: at('00:10:00') };
  const end = { ...trouble, kind: 'resolved' as const, condition: 'well', at: at('00:15:00') };
  const endAgain = { ...end, at: at('00:15:30'), sender: frankfurt };

  it.each<readonly [string, readonly Partial<Announced>[], readonly Harm[], readonly string[]]>([
    ['by two regions of which one told the trouble: twice', [page, end, endAgain], [], ['S12']],
    ['by two that had told the trouble at the same moment', [page, { ...page, sender: frankfurt, at: at('00:10:02') }, end, endAgain], [], []],
    ['by two that had told it as two incidents', [page, { ...page, sender: frankfurt, incident: 'apart', at: at('00:10:10') }, end, endAgain], [], []],
    [
      'by one that had told an earlier trouble: twice',
      [{ ...page, sender: frankfurt, incident: 'earlier', at: at('00:04:00') }, { ...end, incident: 'earlier', at: at('00:06:00') }, page, end, endAgain],
      [],
      ['S12'],
    ],
    ['by one that had told it by a wrong clock', [{ ...page, sender: frankfurt }, end, endAgain], [taken('clock', frankfurt)], []],
    ['by one whose clock was right, while another one was wrong: twice', [{ ...page, sender: frankfurt }, end, endAgain], [taken('clock', ohio)], ['S12']],
    ['by one that told the trouble in the moment in which another told the end', [end, { ...page, sender: frankfurt, at: at('00:15:02') }, endAgain], [], []],
    ['by one that told the trouble just before another told the end', [{ ...page, sender: frankfurt, at: at('00:14:58') }, end, endAgain], [], []],
    ['by one that told the trouble before another told the end: twice', [{ ...page, sender: frankfurt, at: at('00:14:56') }, end, endAgain], [], ['S12']],
  ])('%s', (_case, said, harms, promises) => {
    expect(broken(duplicates, { said, harms })).toEqual(promises);
  });

  it.each([
    ['00:10:05', []],
    ['00:04:00', ['S12']],
  ])('by one more, that had tried in vain at %s to tell the trouble, since an end before it', (time, promises) => {
    const said = [{ ...page, incident: 'earlier', at: at('00:03:00') }, { ...end, incident: 'earlier', at: at('00:06:00') }, page, end, endAgain];
    const evidence = evidenceOf({ said });
    evidence.history.logged.push({ at: at(time), region: frankfurt, body: { kind: 'announced', key: trouble.key, transition: 'opened' } });
    expect(duplicates(evidence).map(({ promise }) => promise)).toEqual(promises);
  });
});

describe('S1 and S8: who counts as missing, since its clock is set again and again while more is wrong with it,', () => {
  const working = { said: [{ condition: 'watcher-silent' }] };
  const accusedOf = (...harms: readonly Harm[]) => broken(justAccusation, { ...working, harms });
  const blindOf = (...harms: readonly Harm[]) =>
    broken(blindTime, { restsOf: resting(dublin, ohio), said: [{ at: at('00:20:30'), condition: 'silent' }], harms });

  it('may be called silent, and by whom it calls nothing is proven', () => {
    expect(accusedOf(taken('steady-clock', dublin), taken('looks', dublin))).toEqual([]);
    expect(accusedOf(taken('steady-clock', ohio), taken('rights', ohio))).toEqual([]);
    expect(blindOf(taken('steady-clock', ohio), taken('rounds', ohio))).toEqual([]);
  });

  it.each([
    ['a clock that is set and nothing more', [taken('steady-clock', dublin), taken('clock', dublin)]],
    ['a clock that is wrong, and more', [taken('clock', dublin), taken('looks', dublin)]],
    ['more that is wrong elsewhere', [taken('steady-clock', dublin), taken('looks', frankfurt)]],
  ])('but not by %s', (_case, harms) => {
    expect(accusedOf(...harms)).toEqual(['S1']);
    expect(blindOf(...harms)).toEqual(['S8']);
  });

  it('and nothing else may be said of it', () => {
    const said = [{ condition: 'lying', key: 'prober:eu-west-1:coverage' }];
    expect(broken(justAccusation, { said, harms: [taken('steady-clock', dublin), taken('looks', dublin)] })).toEqual(['S1']);
  });
});

describe('S3: a monitor that is shown up though both probers rest', () => {
  it.each([
    ['a little longer where a clock was wrong that named the last round', '00:08:50', [taken('clock', dublin)], []],
    ['and no longer than from one look to the next', '00:09:00', [taken('clock', dublin)], ['S3']],
    ['not where all clocks are right', '00:08:50', [], ['S3']],
    ['not where one was wrong only later', '00:08:50', [{ ...taken('clock', dublin), begins: at('00:06:00') } as Harm], ['S3']],
  ])('may be so %s', (_case, time, harms, expected) => {
    const evidence = evidenceOf({ restsOf: resting(dublin, ohio), harms });
    const looks = [{ at: at(time), verdicts: { 'service-001': 'up' } as const }];
    expect(unwatchedTime({ ...evidence, inspection: { ...evidence.inspection, looks } }).map(({ promise }) => promise)).toEqual(expected);
  });
});

describe('S8: who is answered by nobody', () => {
  it.each([
    ['sees nobody, and may say so', 'alone', 'watchdog:us-east-2', minute, []],
    ['may not where it did not even ask', 'alone', 'watchdog:us-east-2', 5 * minute, ['S8']],
    ['accuses nobody else by that', 'silent', 'prober:eu-west-1', minute, ['S8']],
  ])('%s', (_case, condition, subject, everyMs, expected) => {
    const evidence = evidenceOf({ restsOf: resting(dublin, ohio), said: [{ at: at('00:20:30'), condition, subject, key: `${subject}:watch` }] });
    for (let time = at('00:15:10'); time < at('00:20:30'); time += everyMs) evidence.history.questions.push({ at: time, region: ohio });
    expect(blindTime(evidence).map(({ promise }) => promise)).toEqual(expected);
  });
});

describe('L4: a beat that is on its way at the end', () => {
  const shownLate = (forMs: number, state = 'late'): readonly string[] => {
    const evidence = evidenceOf({});
    const since = isoTime(instant(startsAt + evidence.to - forMs));
    const watch = { observer: frankfurt, subject: ohio, state, since, reason: '', ageMs: 0 };
    const view = { monitors: [], watches: [watch], incidents: [] } as unknown as StatusView;
    return convergence({ ...evidence, inspection: { ...evidence.inspection, finally: new Map([[frankfurt, view]]) } }).map(({ promise }) => promise);
  };

  it('may be late, for as long as an item may travel', () => {
    expect([shownLate(4 * second), shownLate(6 * second)]).toEqual([[], ['L4']]);
    expect(shownLate(4 * second, 'silent')).toEqual(['L4']);
  });
});

describe('L4: histories that differ at the end', () => {
  const writtenAt = (time: number, isOver: boolean): readonly string[] => {
    const evidence = evidenceOf({ harms: [taken('clock', ohio)] });
    const gap = { key: 'monitoring:coverage', condition: 'unwatched', evidence: { [dublin]: 1 } };
    const entries = [
      { ...gap, kind: 'opened', isOver },
      { ...gap, kind: 'resolved', evidence: { [dublin]: 2 } },
    ];
    evidence.history.logged.push(...entries.map((body) => ({ at: time, region: dublin, body })));
    const logs = new Map([
      [dublin, [{ pk: 'LOG#eu-west-1', sk: '1' }]],
      [ohio, []],
    ]) as unknown as Evidence['logs'];
    return convergence({ ...evidence, logs, to: at('00:28:00') }).map(({ what }) => what);
  };

  it('may do so where what is told afterwards was written just before, and is on its way', () => {
    const differ = 'eu-west-1 and us-east-2 hold different histories';
    expect([writtenAt(at('00:27:56'), true), writtenAt(at('00:27:54'), true)]).toEqual([[], [differ]]);
    expect(writtenAt(at('00:27:56'), false)).toContain(differ);
  });
});

describe('L4: what is told afterwards, that nobody watched, when all is calm again', () => {
  const toldAt = (time: number, { isOver, harms }: { readonly isOver: boolean; readonly harms: readonly Harm[] }): readonly string[] => {
    const evidence = evidenceOf({ harms });
    const gap = { key: 'monitoring:coverage', condition: 'unwatched', evidence: { [dublin]: 1 } };
    const entries = [
      { ...gap, kind: 'opened', isOver },
      { ...gap, kind: 'resolved', evidence: { [dublin]: 2 } },
    ];
    evidence.history.logged.push(...entries.map((body) => ({ at: time, region: dublin, body })));
    return convergence(evidence).map(({ promise }) => promise);
  };
  const clock = [taken('clock', ohio)];

  it('may come so much later as a clock was ahead, and no later', () => {
    expect([toldAt(at('00:28:00'), { isOver: true, harms: clock }), toldAt(at('00:35:00'), { isOver: true, harms: clock })]).toEqual([[], ['L4', 'L4']]);
    expect(toldAt(at('00:28:00'), { isOver: false, harms: clock })).toEqual(['L4', 'L4']);
    expect(toldAt(at('00:28:00'), { isOver: true, harms: [taken('rounds', ohio)] })).toEqual(['L4', 'L4']);
  });
});

it('S1: a prober whose rounds come each minute, as they should, is not silent between two of them', () => {
  expect(broken(justAccusation, { said: [{ condition: 'silent', at: at('00:10:59') }] })).toEqual(['S1']);
  expect(broken(justAccusation, { said: [{ condition: 'silent', at: at('00:07:00') }], restsOf: resting(dublin) })).toEqual([]);
});

describe('S1: a prober that begins rounds and finishes none is not called stopped', () => {
  const calledStopped = (...harms: readonly Harm[]): readonly string[] => {
    const evidence = evidenceOf({ harms, restsOf: resting(dublin), said: [{ condition: 'stopped', at: at('00:09:00') }] });
    const everyMinute = evidenceOf({}).history.claims.filter(({ region }) => region === dublin);
    evidence.history.claims.splice(0, evidence.history.claims.length, ...everyMinute);
    return justAccusation(evidence).map(({ promise }) => promise);
  };

  it('where its clock was right, whoever else had a wrong one', () => expect([calledStopped(), calledStopped(taken('clock', ohio))]).toEqual([['S1'], ['S1']]));
  /** Found by the storm 3034338: what it had finished last was named ahead of what it began. */
  it('but where its clock was wrong since it finished the last one it may be', () => expect(calledStopped(taken('clock', dublin))).toEqual([]));
});

describe('S1: a prober that stopped is called hung where a slot that it claimed was never finished', () => {
  const calledHung = (claimedAheadMs: number): readonly string[] => {
    const evidence = evidenceOf({ restsOf: resting(dublin), said: [{ condition: 'hung', at: at('00:07:00') }] });
    const claims = evidence.history.claims.map((claim) => ({ ...claim, seq: claim.seq + claimedAheadMs / second }));
    evidence.history.claims.splice(0, claims.length, ...claims);
    return justAccusation(evidence).map(({ promise }) => promise);
  };

  it('and not where the last that it claimed is the last that it finished', () => expect(calledHung(0)).toEqual(['S1']));
  /** Two loops that push each other on: found by the storm 402139. */
  it('also where each round that it finished was of the claim before, so that claims and rounds are as many', () => expect(calledHung(minute)).toEqual([]));
});
