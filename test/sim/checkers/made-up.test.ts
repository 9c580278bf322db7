/** Checkers held against stories that were made up. */

import { monitorId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Announced } from '../announced';
import { dublin, frankfurt, ohio, smallConfig } from '../settings';
import { at } from '../time-of-story';
import { startsAt } from '../world';
import { blindTime } from './blind-time';
import { convergence } from './convergence';
import { downTarget } from './down-target';
import type { Checker } from './evidence';
import type { Harm } from './harm';
import { justAccusation } from './just-accusation';
import { broken, callsLost, evidenceOf, fromFiveToTwenty, resting, taken } from './made-up';
import { nobodyWaits } from './nobody-waits';
import { orderly } from './orderly';
import { quiet } from './quiet';
import { reminders } from './reminders';
import { stoppedProber } from './stopped-prober';

describe('S1: who is cut off from everything', () => {
  const silentDublin = { restsOf: resting(dublin), said: [{}] };

  it('accuses nobody, not even someone who is silent', () => {
    expect(broken(justAccusation, { ...silentDublin, harms: [...callsLost(ohio, dublin, frankfurt), taken('anchors', ohio)] })).toEqual(['S1']);
  });

  it.each([
    ['an anchor', callsLost(ohio, dublin, frankfurt)],
    ['a region', [...callsLost(ohio, dublin), taken('anchors', ohio)]],
  ])('but reaches %s may', (_what, harms) => {
    expect(broken(justAccusation, { ...silentDublin, harms })).toEqual([]);
  });

  it('may still speak of its own prober', () => {
    const harms = [...callsLost(dublin, ohio, frankfurt), taken('anchors', dublin)];
    expect(broken(justAccusation, { harms, restsOf: resting(dublin), said: [{ sender: dublin }] })).toEqual([]);
  });
});

describe('S1: what is said of a prober is true of what was done to it', () => {
  it.each([
    ['store-down', taken('store', dublin)],
    ['store-down', taken('rights', dublin)],
    ['lying', taken('truth', dublin)],
    ['skipping', taken('cover', dublin)],
    ['skipping', taken('everything-expected', dublin)],
  ])('%s', (condition, harm) => {
    expect(broken(justAccusation, { harms: [harm], said: [{ condition }] })).toEqual([]);
    expect(broken(justAccusation, { harms: [{ ...harm, region: ohio } as Harm], said: [{ condition }] })).toEqual(['S1']);
  });
});

describe('S1: what could not be written when it was concluded', () => {
  const monitor = monitorId('service-001');
  const opening = { key: `${monitor}:availability`, subject: monitor, condition: 'down' };
  const harms: readonly Harm[] = [{ takes: 'target', monitor, from: [dublin], ...fromFiveToTwenty }];

  it.each([
    ['while it was so', at('00:12:00'), []],
    ['when it was long over', at('00:29:00'), ['S1']],
  ])('may be told later if it was concluded %s', (_when, concludedAt, expected) => {
    const evidence = evidenceOf({ harms, said: [{ at: at('00:30:00'), sender: dublin, ...opening }] });
    const entries = [{ at: startsAt + concludedAt, body: { kind: 'opened', ...opening } }];
    evidence.history.logged.push({ at: at('00:30:00'), region: dublin, body: { kind: 'restated', entries } });
    expect(justAccusation(evidence).map(({ promise }) => promise)).toEqual(expected);
  });

  /** A witness whose credentials come back when all is well again still owes its page of the outage: found by the storm 225422. */
  it.each([
    ['that nobody watches', 'while it was so', { key: 'monitoring:coverage', subject: 'monitoring', condition: 'unwatched' }, at('00:12:00'), []],
    ['that nobody watches', 'when it was long over', { key: 'monitoring:coverage', subject: 'monitoring', condition: 'unwatched' }, at('00:28:00'), ['S1']],
    ['that a prober is silent', 'while it was so', { key: 'prober:eu-west-1:watch', condition: 'silent' }, at('00:12:00'), []],
    ['that a prober is silent', 'when it was long over', { key: 'prober:eu-west-1:watch', condition: 'silent' }, at('00:28:00'), ['S1']],
  ])('%s may be told later if it was concluded %s', (_what, _when, about, concludedAt, expected) => {
    const evidence = evidenceOf({ restsOf: resting(dublin, ohio), said: [{ at: at('00:30:00'), sender: frankfurt, ...about }] });
    const entries = [{ at: startsAt + concludedAt, body: { kind: 'opened', ...about } }];
    evidence.history.logged.push({ at: at('00:30:00'), region: frankfurt, body: { kind: 'restated', entries } });
    expect(justAccusation(evidence).map(({ promise }) => promise)).toEqual(expected);
  });
});

describe('S8', () => {
  it('holds for whoever has just begun to look', () => {
    expect(broken(blindTime, { restsOf: resting(dublin, ohio), said: [{ at: at('00:20:30') }] })).toEqual(['S8']);
    expect(broken(blindTime, { restsOf: resting(dublin), said: [{ at: at('00:20:30') }] })).toEqual([]);
  });

  it('does not hold for whoever has looked all the time and could write nothing', () => {
    const evidence = evidenceOf({ restsOf: resting(dublin, ohio), said: [{ at: at('00:20:30') }] });
    for (let time = at('00:17:00'); time < at('00:20:30'); time += minute) evidence.history.looks.push({ at: time, region: ohio });
    expect(blindTime(evidence)).toEqual([]);
  });

  it.each([
    ['after it had looked for long, and told when it had just begun again', at('00:05:00'), at('00:20:30'), []],
    ['when it had just begun, and told when it had looked for long', at('00:20:30'), at('00:29:00'), ['S8']],
  ])('goes by when it was concluded: %s', (_when, concludedAt, told, expected) => {
    const opening = { key: 'prober:eu-west-1:silent', condition: 'silent' };
    const evidence = evidenceOf({ restsOf: resting(dublin, ohio), said: [{ at: told, ...opening }] });
    const entries = [{ at: startsAt + concludedAt, body: { kind: 'opened', ...opening } }];
    evidence.history.logged.push({ at: told, region: ohio, body: { kind: 'restated', entries } });
    expect(blindTime(evidence).map(({ promise }) => promise)).toEqual(expected);
  });
});

describe('L1, L2 and L6: a prober that finishes no rounds is told of', () => {
  it.each([
    ['L1', [dublin], []],
    ['L2', [dublin, ohio], []],
    ['L6', [dublin], [taken('looks', frankfurt)]],
    ['L6', [dublin], [taken('topic', frankfurt)]],
    ['L6', [dublin], [taken('rights', frankfurt)]],
    ['L6', [dublin], [{ takes: 'replication', from: dublin, to: ohio, ...fromFiveToTwenty } as const]],
    ['L1', [dublin], [taken('clock', ohio), taken('clock', frankfurt)]],
    ['L1', [dublin], [taken('steady-clock', dublin), taken('steady-clock', frankfurt)]],
  ])('%s: %j, whatever else is missing', (promise, silent, others) => {
    const harms = [...silent.map((region) => taken('rounds', region)), ...others];
    expect(broken(stoppedProber, { harms, restsOf: resting(...silent) })).toEqual(silent.map(() => promise));
  });

  it.each(['silent', 'hung', 'stopped', 'store-down'])('and "%s" tells it', (condition) => {
    expect(broken(stoppedProber, { harms: [taken('rounds', dublin)], restsOf: resting(dublin), said: [{ at: at('00:08:00'), condition }] })).toEqual([]);
  });

  it('and of both together one page tells it', () => {
    const said = [{ at: at('00:08:00'), key: 'monitoring:coverage', subject: 'monitoring', condition: 'unwatched' }];
    expect(broken(stoppedProber, { harms: [taken('rounds', dublin), taken('rounds', ohio)], restsOf: resting(dublin, ohio), said })).toEqual([]);
  });

  it('and a page that was taken back before does not', () => {
    const said = [{ at: at('00:03:00') }, { at: at('00:04:00'), kind: 'resolved' }];
    expect(broken(stoppedProber, { harms: [taken('rounds', dublin)], restsOf: resting(dublin), said })).toEqual(['L1']);
  });

  it.each(['looks', 'steady-clock'] as const)('except where %s are taken too, and whoever is left has a clock that is set again and again', (takes) => {
    const harms = [taken('rounds', dublin), taken(takes, ohio), taken('steady-clock', frankfurt)];
    expect(broken(stoppedProber, { harms, restsOf: resting(dublin) })).toEqual([]);
  });

  it('except where nobody was left to see it', () => {
    const harms = [taken('rounds', dublin), taken('looks', ohio), taken('rights', frankfurt)];
    expect(broken(stoppedProber, { harms, restsOf: resting(dublin) })).toEqual([]);
  });

  it('except where whoever is left reaches nothing at all', () => {
    const harms = [taken('rounds', dublin), taken('looks', frankfurt), ...callsLost(ohio, dublin, frankfurt), taken('anchors', ohio)];
    expect(broken(stoppedProber, { harms, restsOf: resting(dublin) })).toEqual([]);
  });
});

describe('L3: a stranger who answers for a target is told as that', () => {
  const monitor = monitorId('service-001');
  const stranger: Harm = { takes: 'target', monitor, from: [dublin, ohio], isImpersonated: true, ...fromFiveToTwenty };
  const said = [{ at: at('00:06:00'), key: `${monitor}:availability`, subject: monitor, condition: 'down' }];

  it.each([
    ['and not as down', [stranger], ['L3']],
    ['unless nothing answers at all meanwhile', [stranger, { takes: 'target', monitor, from: [dublin, ohio], ...fromFiveToTwenty } as const], []],
  ])('%s', (_case, harms, expected) => {
    expect(broken(downTarget, { harms, said })).toEqual(expected);
  });
});

describe('an invocation that ends badly', () => {
  it('is the fault of whatever was done to its code, and else of the engine', () => {
    const evidence = evidenceOf({ harms: [{ takes: 'code', role: 'prober', region: dublin, ...fromFiveToTwenty }] });
    const ending = { region: dublin, role: 'prober', how: 'threw', detail: 'a bad deployment' } as const;
    evidence.history.endings.push({ ...ending, at: at('00:10:00') }, { ...ending, at: at('00:10:00'), role: 'watchdog' }, { ...ending, at: at('00:30:00') });
    expect(orderly(evidence).map(({ at: time }) => time)).toEqual([at('00:10:00'), at('00:30:00')]);
  });
});

describe('S10: a prober that pauses from 00:08:20 until 00:09:02', () => {
  const during = (begins: string, ends: string) => ({ region: dublin, begins: at(begins), ends: at(ends) });

  it.each([
    ['while nothing is wrong', [], ['S10']],
    ['was kept from its rounds', [{ takes: 'rounds', ...during('00:08:15', '00:08:40') }], []],
    ['was not invoked at 00:08', [{ takes: 'ticks', ...during('00:07:40', '00:08:06') }], []],
    ['was kept from its rounds at 00:08, and was invoked', [{ takes: 'some-rounds', ...during('00:07:40', '00:08:06') }], ['S10']],
    ['was not invoked before 00:08', [{ takes: 'ticks', ...during('00:07:40', '00:08:00') }], ['S10']],
    ['was invoked at 00:08, and would not have been a little later', [{ takes: 'ticks', ...during('00:08:05', '00:08:09') }], ['S10']],
    ['waits for a region that was not invoked', [{ takes: 'ticks', ...during('00:07:40', '00:08:06'), region: ohio }], ['S10']],
  ] as const)('%s', (_case, harms, expected) => {
    const evidence = { ...evidenceOf({ harms }), config: smallConfig({ monitors: 1, beatMs: 10 * second }) };
    const { rounds } = evidence.history;
    rounds.splice(0);
    for (let time = 10 * second; time < evidence.to; time += 10 * second)
      for (const region of [dublin, ohio]) {
        if (region === ohio || time <= at('00:08:20') || time > at('00:09:02'))
          rounds.push({ at: time, region, heardAt: new Map(), isShown: true, seq: time / second });
      }
    expect(nobodyWaits(evidence).map(({ promise }) => promise)).toEqual(expected);
  });
});

const storm: Harm = { takes: 'target', monitor: monitorId('service-001'), from: [dublin, ohio], ...fromFiveToTwenty };

describe('L4: what keeps changing', () => {
  const flapping = { key: 'service-001:availability', condition: 'flapping' };

  /** Down and up again once a minute, so many times, written by both regions; the last change is at 00:20. */
  const brokenBy = (changes: number, to: number, condition = 'flapping'): readonly string[] => {
    const evidence = evidenceOf({ harms: [storm], said: [{ ...flapping, condition, at: at('00:20:00') }] });
    for (let left = changes - 1; left >= 0; left -= 1) {
      const change = left % 2 === 1 ? { kind: 'opened', condition: 'down' } : { kind: 'resolved' };
      for (const region of [dublin, ohio])
        evidence.history.logged.push({
          at: at('00:20:00') - left * minute,
          region,
          body: { key: flapping.key, evidence: { [region]: 100 - left }, ...change },
        });
    }
    return convergence({ ...evidence, to }).map(({ promise }) => promise);
  };

  it('may stay the last word until it has been calm for long: the longer, the more often it changed', () => {
    expect([brokenBy(6, at('01:20:00')), brokenBy(6, at('01:30:00'))]).toEqual([[], ['L4']]);
    expect([brokenBy(12, at('01:30:00')), brokenBy(12, at('01:55:00'))]).toEqual([[], ['L4']]);
    expect(brokenBy(6, at('01:20:00'), 'down')).toEqual(['L4']);
  });
});

describe('L4: what fails now and then', () => {
  const flaky = { kind: 'opened', key: 'service-001:availability', condition: 'flaky', evidence: { [dublin]: 1 } };
  const brokenUntil = (to: number, condition: string, other = condition, kind = 'noted'): readonly string[] => {
    const evidence = evidenceOf({ harms: [storm] });
    evidence.history.logged.push({ at: at('00:19:00'), region: dublin, body: { ...flaky, condition } });
    evidence.history.logged.push({ at: at('00:19:05'), region: ohio, body: { ...flaky, kind, condition: other } });
    return convergence({ ...evidence, to }).map(({ promise }) => promise);
  };

  it('may be so until enough good samples came in a row, and no longer', () => {
    expect([brokenUntil(at('00:40:00'), 'flaky'), brokenUntil(at('00:42:00'), 'flaky')]).toEqual([[], ['L4']]);
    expect([brokenUntil(at('00:40:00'), 'flaky', 'down'), brokenUntil(at('00:40:00'), 'down', 'flaky')]).toEqual([[], ['L4']]);
    expect(brokenUntil(at('00:40:00'), 'flaky', 'partial', 'changed')).toEqual([]);
  });
});

describe('what operators asked', () => {
  const asked: Harm = { takes: 'voice', monitors: ['service-001' as never], begins: at('00:05:00'), ends: at('00:20:00') };
  const page = { key: 'service-001:availability', subject: 'service-001', family: 'availability', condition: 'down', at: at('00:10:00') };
  const brokenBy = (checker: Checker, said: Partial<Announced>, harms: readonly Harm[] = [asked]) =>
    checker(evidenceOf({ harms, said: [{ ...page, ...said }] })).map(({ promise }) => promise);

  it.each([
    ['a page in a quiet', {}, ['A1']],
    ['a reminder in a quiet', { kind: 'reminder', minutes: 30 }, ['A1']],
    ['an end', { kind: 'resolved' }, []],
    ['a page of another monitor', { subject: 'service-002' }, []],
    ['a page of a watcher', { family: 'watch' }, []],
    ['a page before every region can know', { at: at('00:05:59') }, []],
    ['a page after it', { at: at('00:20:00') }, []],
  ])('%s', (_what, said, promises) => {
    expect(brokenBy(quiet, said)).toEqual(promises);
  });

  it('a page in a quiet that not every region could know of is none', () => {
    const cutOff: Harm = { takes: 'replication', from: dublin, to: ohio, begins: at('00:04:00'), ends: at('00:12:00') };
    const wrongClock: Harm = { takes: 'clock', region: ohio, begins: at('00:04:00'), ends: at('00:12:00') };
    expect([brokenBy(quiet, {}, [asked, cutOff]), brokenBy(quiet, {}, [asked, wrongClock])]).toEqual([[], []]);
  });

  it.each([
    [{ minutes: 30 }, []],
    [{ minutes: 60 }, []],
    [{ minutes: 300 }, []],
    [{ minutes: 540 }, []],
    [{ minutes: 45 }, ['A2']],
    [{ minutes: 90 }, ['A2']],
    [{}, ['A2']],
    [{ minutes: 30, severity: 'ticket' }, ['A2']],
    [{ minutes: 1440, severity: 'ticket' }, []],
  ])('a reminder with %j', (said, promises) => {
    expect(brokenBy(reminders, { kind: 'reminder', ...said }, [])).toEqual(promises);
  });

  it('a reminder at the end of a quiet, and no other than those', () => {
    expect(brokenBy(reminders, { kind: 'reminder', minutes: 17, at: at('00:20:01') })).toEqual([]);
    expect(brokenBy(reminders, { kind: 'reminder', minutes: 17, at: at('00:18:00') })).toEqual(['A2']);
  });
});
