import { decideAll } from '../../src/core/announcement';
import { instant, type RegionId } from '../../src/core/basics/brand';
import { hour, minute } from '../../src/core/basics/time';
import type { Listener } from '../../src/core/decision';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { type Arranged, arrange } from '../../src/core/orders/arranged';
import type { Order } from '../../src/core/orders/order';
import { minutesDue, nextReminderAt } from '../../src/core/repeat';
import { speakersInOrder, waitMs } from '../../src/core/speaker';
import { at, config, east, entry, middle, opened, resolved, west } from './builders';

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
  const due = (ms: number, severity: 'page' | 'ticket' | 'note') => minutesDue({ ...step, severity }, { now: instant(at('00:00') + ms) });

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
    const order: Order = { id: 'o-1', region: west, at: at('00:10'), by: 'ana', from: at('00:10'), to: at('00:50'), asked: silenced, ...over };
    return arrange({ config: config(), orders: [order], planned: [] });
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
    expect(decide([...told, receiptOf(50, '00:50:01')], '00:55', { arranged: quiet })).toEqual(silence('told'));
    expect(decide([...told, receiptOf(50, '00:50:01')], '01:00', { arranged: quiet })).toEqual(reminder(60));
  });
});
