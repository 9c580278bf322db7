import { decideAll } from '../../src/core/announcement';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { hour, minute } from '../../src/core/basics/time';
import type { Listener } from '../../src/core/decision';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { type Arranged, arrange } from '../../src/core/orders/arranged';
import type { Order } from '../../src/core/orders/order';
import { dueOf, nextReminderAt } from '../../src/core/repeat';
import { speakersInOrder, waitMs } from '../../src/core/speaker';
import { at, config, east, entry, middle, opened, order, resolved, slot, west } from './builders';

const regions = [west, east, middle];
const [first, second] = speakersInOrder('shop:availability', regions) as [RegionId, RegionId];
const opening = entry(opened(), { at: at('00:00') });
const [incident] = foldIncidents([opening]);
const about = aboutStep(incident!, incident!.transitions[0]!);
const receiptOf = (minutes?: number, time = '00:00:02', region = west): LogEntry =>
  entry(
    { ...about, ...(minutes === undefined ? {} : { as: 'reminder', minutes }), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' },
    { region, n: 50 + (minutes ?? 0), at: at(time) },
  );
const told = [opening, receiptOf()];

function decide(entries: readonly LogEntry[], time: string, over: Partial<Listener> = {}) {
  const listener = { me: first, now: at(time), regions, finds: new Map([['shop:availability', 'down' as const]]), ...over };
  return [...decideAll(foldIncidents(entries), entries, listener).repeats.values()].flat();
}

const reminder = (minutes: number, reason = 'still-so') => [{ kind: 'say', reason, about: { ...about, as: 'reminder', minutes } }];
const silence = (reason: string) => [{ kind: 'silence', reason }];

describe('when an open incident is said again', () => {
  const step = incident!.transitions[0]!;
  const due = (ms: number, severity: 'page' | 'ticket' | 'note') => dueOf({ ...step, severity }, { now: instant(at('00:00') + ms) })?.minutes;

  it.each([
    ['page', [29, undefined], [30, 30], [59, 30], [60, 60], [299, 60], [300, 300], [539, 300], [540, 540]],
    ['ticket', [60, undefined], [1439, undefined], [1440, 1440], [2880, 2880]],
    ['note', [9999, undefined]],
  ] as ['page' | 'ticket' | 'note', ...[number, number | undefined][]][])('a %s, after these minutes', (severity, ...cases) => {
    expect(cases.map(([minutes]) => due(minutes * minute, severity))).toEqual(cases.map(([, wanted]) => wanted));
  });

  it('is said in the message before', () => {
    const next = (time: string, severity: 'page' | 'ticket' | 'note' = 'page') => nextReminderAt({ ...step, severity }, at(time));
    expect([next('00:00'), next('00:30'), next('01:00'), next('05:00')]).toEqual([at('00:30'), at('01:00'), at('05:00'), at('09:00')]);
    expect([next('00:00', 'ticket'), next('00:00', 'note')]).toEqual([instant(at('00:00') + 24 * hour), undefined]);
  });
});

describe('a reminder', () => {
  it('is said once, by the first region, however late or often anybody looks', () => {
    expect(decide(told, '00:29:59')).toEqual(silence('not-yet-due'));
    expect(decide(told, '00:30')).toEqual(reminder(30));
    expect(decide(told, '00:58')).toEqual(reminder(30));
    const reminded = [...told, receiptOf(30, '00:30:02')];
    for (const me of regions) expect(decide(reminded, '00:59', { me })).toEqual(silence('told'));
    expect(decide(reminded, '01:00')).toEqual(reminder(60));
  });

  it('leaves out those that nobody was there to say, and an earlier one does not follow a later one', () => {
    expect(decide(told, '10:00')).toEqual(reminder(540));
    expect(decide([...told, receiptOf(60, '01:00:02')], '00:45')).toEqual(silence('told'));
  });

  it('is said by the next region when the first one has no receipt in time', () => {
    const wait = waitMs('shop:availability', { me: second, first, regions });
    const late = (ms: number) => decide(told, '00:00', { me: second, now: instant(at('00:30') + ms) });
    expect([late(0), late(wait - 1)]).toEqual([silence('waiting-for-my-turn'), silence('waiting-for-my-turn')]);
    expect(late(wait)).toEqual(reminder(30, 'others-stayed-silent'));
  });

  it('is sent again where no topic accepted it', () => {
    const sent = entry({ ...about, as: 'reminder', minutes: 30, kind: 'announced', reason: 'still-so', text: '' }, { region: first, n: 60, at: at('00:30') });
    expect(decide([...told, sent], '00:30:29')).toEqual(silence('being-sent'));
    expect(decide([...told, sent], '00:30:30')).toEqual(reminder(30, 'no-receipt-yet'));
  });

  it('is left to others by a first region that finds it well', () => {
    const well = { finds: new Map([['shop:availability', 'well' as const]]) };
    expect(decide(told, '00:30:19', well)).toEqual(silence('waiting-for-my-turn'));
    expect(decide(told, '00:30:20', well)).toEqual(reminder(30, 'others-stayed-silent'));
  });

  it('waits until the page itself was told, and does not follow its end', () => {
    expect(decide([opening], '00:30')).toEqual(silence('not-told-yet'));
    expect(decide([...told, entry(resolved(), { n: 9, at: at('00:20') })], '00:40')).toEqual([]);
  });

  it('counts anew from when it became graver, and not from a change that did not', () => {
    const worse = entry({ ...opened({ condition: 'down' }), kind: 'changed' }, { n: 4, at: at('00:20') });
    const mild = entry(opened({ condition: 'partial', severity: 'ticket' }), { at: at('00:00') });
    const asPage = entry(opened({ condition: 'partial' }), { at: at('00:00') });
    const afterFortyMinutes = (entries: readonly LogEntry[]) => decide(entries, '00:40')[0]?.reason;
    expect([afterFortyMinutes([mild, worse]), afterFortyMinutes([asPage, worse])]).toEqual(['not-yet-due', 'not-told-yet']);
  });
});

describe('what was arranged', () => {
  const arranged = (over: Partial<Order>): Arranged => {
    return arrange({ config: config(), orders: [{ ...order('00:10', '00:50', silenced), ...over }], planned: [] });
  };
  const silenced = { kind: 'silence', of: { kind: 'all' } } as const;
  const taken = { kind: 'ack', key: 'shop:availability', incident: incident!.id } as const;

  it('keeps a taken incident from being said again, until that is over', () => {
    expect(decide(told, '00:30', { arranged: arranged({ asked: taken }) })).toEqual(silence('taken'));
    expect(decide(told, '00:50', { arranged: arranged({ asked: taken }) })).toEqual(reminder(30));
  });

  it.each([
    ['silence', 'silenced-by-order'],
    ['maintenance', 'in-maintenance'],
  ] as const)('%s: nothing is said again, and what is still wrong at its end is', (kind, reason) => {
    const quiet = arranged({ asked: { kind, of: { kind: 'all' } } });
    expect(decide(told, '00:30', { arranged: quiet })).toEqual(silence(reason));
    expect(decide(told, '00:50', { arranged: quiet })).toEqual(reminder(50));
    expect(decide(told, '00:50:19', { arranged: quiet, me: second })).toEqual(silence('waiting-for-my-turn'));
    expect(decide([...told, receiptOf(50, '00:50:01')], '00:55', { arranged: quiet })).toEqual(silence('told'));
    expect(decide([...told, receiptOf(50, '00:50:01')], '01:00', { arranged: quiet })).toEqual(reminder(60));
  });
});

it('the page that was quiet until then is not said twice at its end', () => {
  const silenced = order('00:00', '00:20:30', { kind: 'silence', of: { kind: 'all' } });
  const arranged = arrange({ config: config(), orders: [silenced], planned: [] });
  const toldAtLast = [opening, receiptOf(undefined, '00:20:31')];
  expect(decide(toldAtLast, '00:21', { arranged })).toEqual(silence('not-yet-due'));
  expect(decide(toldAtLast, '00:30', { arranged })).toEqual(reminder(30));
});

describe('an escalation', () => {
  const after = { escalateAfter: () => [15, 45] };
  const escalation = (minutes: number, reason = 'nobody-took-it') => ({ kind: 'say', reason, about: { ...about, as: 'escalation', minutes } });
  const escalated = entry(
    { ...about, as: 'escalation', minutes: 15, kind: 'receipt', level: 'accepted', topic: west, messageId: 'e' },
    { n: 70, at: at('00:15:02') },
  );

  it('is said once at its time, and each by itself', () => {
    expect(decide([opening], '00:20', after)).toEqual(silence('not-yet-due'));
    expect(decide(told, '00:15:01', after)).toEqual(silence('not-yet-due'));
    expect(decide(told, '00:15:02', after)).toEqual([...silence('not-yet-due'), escalation(15)]);
    expect(decide([...told, escalated, receiptOf(30)], '00:45:02', after)).toEqual([...silence('told'), ...silence('told'), escalation(45)]);
  });

  it('calls nobody in where somebody has taken it, or it is over', () => {
    const asked = { kind: 'ack', key: 'shop:availability', incident: incident!.id } as const;
    const ack = order('00:10', '01:10', asked);
    const arranged = arrange({ config: config(), orders: [ack], planned: [] });
    expect(decide(told, '00:15:02', { ...after, arranged })).toEqual([...silence('not-yet-due'), ...silence('taken')]);
    expect(decide([...told, entry(resolved(), { n: 9, at: at('00:12') })], '00:15', after)).toEqual([]);
  });

  it('is left to the next region where the first has no receipt in time, and waits longer while messages are gathered', () => {
    const late = (ms: number, slackMs?: number) =>
      decide(told, '00:00', { ...after, me: second, now: instant(at('00:15:02') + ms), slackMs }).map(({ reason }) => reason);
    const wait = waitMs('shop:availability', { me: second, first, regions });
    expect(late(wait)).toEqual(['not-yet-due', 'others-stayed-silent']);
    expect([late(wait, minute), late(wait + minute, minute)]).toEqual([
      ['not-yet-due', 'waiting-for-my-turn'],
      ['not-yet-due', 'others-stayed-silent'],
    ]);
  });
});

describe('from which step it counts', () => {
  const tellOf = (entries: readonly LogEntry[], step: number, n: number, time: string) => {
    const [known] = foldIncidents(entries);
    return entry({ ...aboutStep(known!, known!.transitions[step]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n, at: at(time) });
  };
  const worse = entry(
    { ...opened({ condition: 'down', evidence: { [west]: slot('00:20'), [east]: slot('00:20') } }), kind: 'changed' },
    { n: 4, at: at('00:20') },
  );
  const beginsAs = (severity: 'page' | 'ticket') => entry(opened({ condition: 'partial', severity }), { at: at('00:00') });
  const toldBoth = (severity: 'page' | 'ticket'): readonly LogEntry[] => {
    const entries = [beginsAs(severity), worse];
    return [...entries, tellOf(entries, 0, 50, '00:00:02'), tellOf(entries, 1, 51, '00:20:02')];
  };

  it.each([
    ['ticket', '00:49', 'not-yet-due', undefined],
    ['ticket', '00:50', 'still-so', 'eu-west-1/2026-11/4'],
    ['page', '00:30', 'still-so', 'eu-west-1/2026-11/1'],
  ] as const)('of what began as a %s and became a page at 00:20, at %s', (severity, time, reason, from) => {
    const [decision] = decide(toldBoth(severity), time);
    expect(decision).toMatchObject({ reason, ...(from === undefined ? {} : { about: { entry: from, minutes: 30 } }) });
  });

  it('is not said again before its last step was told', () => {
    const entries = [beginsAs('page'), worse];
    expect(decide([...entries, tellOf(entries, 0, 50, '00:00:02')], '00:40')).toEqual(silence('not-told-yet'));
  });
});

describe('what this region said before', () => {
  const sent = (minutes: number, region: RegionId, over: object = {}) =>
    entry({ ...about, as: 'reminder', minutes, kind: 'announced', reason: 'still-so', text: '', ...over }, { region, n: 60 + minutes, at: at('00:59:50') });

  it.each([
    ['of an earlier time', sent(30, first)],
    ['as an escalation', sent(60, first, { as: 'escalation' })],
    ['of another step', sent(60, first, { entry: 'eu-west-1/2026-11/77' })],
  ])('does not count where it was %s', (_what, before) => {
    expect(decide([...told, before], '01:00')).toEqual(reminder(60));
  });
});

describe('what another region has begun to say, and of which no receipt has come yet', () => {
  const begun = (by: RegionId, time: string, over: object = {}, n = 60) =>
    entry({ ...about, as: 'reminder', minutes: 30, kind: 'announced', reason: 'still-so', text: '', ...over }, { region: by, n, at: at(time) });
  const late = '00:30:17';

  it.each([
    ['is left to it', second, begun(first, late), '00:30:21', 'waiting-for-my-turn'],
    ['is left to it for a turn, and no longer', second, begun(first, late), '00:30:37', 'others-stayed-silent'],
    ['is left to it by the first region as well', first, begun(second, '00:30:20'), '00:30:24', 'waiting-for-my-turn'],
    ['is said by the first region a turn later', first, begun(second, '00:30:20'), '00:30:40', 'still-so'],
    ['is left to one whose clock is a little ahead', second, begun(first, '00:30:22'), '00:30:21', 'waiting-for-my-turn'],
    ['waits for no clock that is far ahead', second, begun(first, '00:35:17'), '00:30:21', 'others-stayed-silent'],
    ['is not meant by what was said of an earlier time', second, begun(first, late, { minutes: 15 }), '00:30:21', 'others-stayed-silent'],
  ])('%s', (_what, me, before, time, reason) => {
    expect(decide([...told, before], time, { me })).toMatchObject([{ reason }]);
  });

  it('is not waited for again when that one tries again', () => {
    const tries = [begun(first, late), begun(first, '00:30:47', {}, 61)];
    expect(decide([...told, ...tries], '00:30:50', { me: second })).toMatchObject([{ reason: 'others-stayed-silent' }]);
  });
});

it('who is first to say it again is never the region that it is about', () => {
  for (const region of regions) {
    const subject = `prober:${region}`;
    const body = opened({ key: `${subject}:watch`, subject, family: 'watch', condition: 'silent' });
    const [known] = foldIncidents([entry(body, { at: at('00:00') })]);
    const receiptOfIt = entry(
      { ...aboutStep(known!, known!.transitions[0]!), kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' },
      { n: 2, at: at('00:00:02') },
    );
    const speakers = regions.filter((me) => decide([entry(body, { at: at('00:00') }), receiptOfIt], '00:30', { me, finds: new Map() })[0]?.kind === 'say');
    const others = regions.filter((other) => other !== region);
    expect(speakers).toEqual([speakersInOrder(`${subject}:watch`, others)[0]]);
  }
});

it('what goes to and fro is not said again before it is calm', () => {
  const swing = (n: number) => {
    const time = `00:0${n}`;
    const evidence = { [west]: slot(time), [east]: slot(time) };
    return entry(n % 2 === 1 ? opened({ evidence }) : resolved({ evidence }), { n, at: at(time) });
  };
  const swings = [1, 2, 3, 4, 5, 6, 7].map(swing);
  expect(decide(swings, '00:37')).toEqual(silence('muted-while-flapping'));
});

describe('the end of a quiet and the grid', () => {
  const quietUntil = (from: string, to: string): Arranged =>
    arrange({
      config: config(),
      orders: [{ id: 'o', region: west, at: at(from), by: 'a', from: at(from), to: at(to), asked: { kind: 'silence', of: { kind: 'all' } } }],
      planned: [],
    });

  it.each([
    ['00:20', '00:25', '00:26', 25],
    ['00:20', '00:25', '00:31', 30],
    ['00:20', '00:50', '01:00', 60],
    ['00:00', '00:00:30', '00:29', undefined],
    ['00:00', '00:01', '00:29', 1],
  ])('from %s to %s: at %s the newest counts', (from, to, time, minutes) => {
    expect(decide(told, time, { arranged: quietUntil(from, to) })).toEqual(minutes === undefined ? silence('not-yet-due') : reminder(minutes));
  });

  it('what was told of another incident since then does not count', () => {
    const other = entry({ ...about, incident: 'other' as never, kind: 'receipt', level: 'accepted', topic: west, messageId: 'o' }, { n: 70, at: at('00:26') });
    expect(decide([...told, other], '00:27', { arranged: quietUntil('00:20', '00:25') })).toEqual(reminder(25));
  });
});
