import { Cron } from 'croner';
import { instant } from '../../../../src/core/basics/brand';
import { day, hour, isoTime } from '../../../../src/core/basics/time';
import { readTime } from '../../../../src/core/config/alerts/local-time';
import { calendarName, plannedIn } from '../../../../src/core/orders/planned';
import { configOf, mistakesOf, textWith } from '../config-text';

const monitors = '{ shop: { http: https://shop.example.com/, group: web }, docs: { http: https://docs.example.com/ } }';
const file = (maintenance: string): string => textWith({ monitors, maintenance: `[${maintenance}]` });
const windowsOf = (maintenance: string, from: string, days: number) => {
  const plans = configOf(file(maintenance)).maintenance ?? [];
  const calendars = new Map(
    plans.flatMap(({ times }) => {
      if (times.kind === 'once') return [];
      const calendar = new Cron(times.cron, { timezone: times.timezone, paused: true });
      const next = (after: number) => {
        const found = calendar.nextRun(new Date(after));
        return found === null ? undefined : instant(found.getTime());
      };
      return [[calendarName(times), next] as const];
    }),
  );
  const stretch = { from: instant(Date.parse(from)), to: instant(Date.parse(from) + days * day) };
  return plannedIn(stretch, { maintenance: plans, calendars }).map((window) => `${isoTime(window.from).slice(5, 16)}–${isoTime(window.to).slice(5, 16)}`);
};

describe('planned work', () => {
  it.each([
    ['{ monitors: [shop], cron: "0 2 * * SUN", for: 1h }', { kind: 'some', monitors: ['shop'], groups: [] }],
    ['{ groups: [web], cron: "0 2 * * SUN", for: 1h }', { kind: 'some', monitors: [], groups: ['web'] }],
    ['{ all: true, cron: "0 2 * * SUN", for: 1h, why: backups }', { kind: 'all' }],
  ])('%s', (written, of) => {
    expect(configOf(file(written)).maintenance).toEqual([
      { of, ...(written.includes('why') ? { why: 'backups' } : {}), times: { kind: 'cron', cron: '0 2 * * SUN', timezone: 'UTC', forMs: hour } },
    ]);
  });

  it.each([
    ['{ all: true, from: "2026-11-21T22:00:00Z", until: "2026-11-22T01:00:00Z" }', ['11-21T22:00–11-22T01:00']],
    ['{ all: true, from: "2026-11-21T22:00+01:00", until: "2026-11-21 23:00Z" }', ['11-21T21:00–11-21T23:00']],
    ['{ all: true, from: 2026-11-21T22:00, until: 2026-11-22, timezone: America/New_York }', ['11-22T03:00–11-22T05:00']],
  ])('once: %s', (written, windows) => {
    expect(windowsOf(written, '2026-11-20T00:00:00Z', 10)).toEqual(windows);
  });

  it('is found by any part of it: a window over midnight, and one that began before', () => {
    const nightly = '{ all: true, cron: "30 23 * * *", for: 90m }';
    expect(windowsOf(nightly, '2026-11-21T00:00:00Z', 1)).toEqual(['11-20T23:30–11-21T01:00', '11-21T23:30–11-22T01:00']);
    expect(windowsOf(nightly, '2026-11-21T01:00:00Z', 1 / 24)).toEqual([]);
  });

  it('lasts as long as it lasts on days of 23 and of 25 hours, and begins when clocks that skip its time are put forward', () => {
    const nightly = '{ all: true, cron: "30 1 * * *", for: 1h, timezone: Europe/Lisbon }';
    expect(windowsOf(nightly, '2026-03-28T12:00:00Z', 2)).toEqual(['03-29T01:00–03-29T02:00', '03-30T00:30–03-30T01:30']);
    expect(windowsOf(nightly, '2026-10-24T12:00:00Z', 2)).toEqual(['10-25T00:30–10-25T01:30', '10-26T01:30–10-26T02:30']);
  });

  it.each([
    ['{ cron: "0 2 * * *", for: 1h }', 'maintenance[0]: does not say of what; write monitors: [shop], groups: [shop] or all: true'],
    ['{ all: true, monitors: [shop], cron: "0 2 * * *", for: 1h }', 'maintenance[0].all: all monitors are meant, and some are named; remove one of them'],
    ['{ monitors: [shap], cron: "0 2 * * *", for: 1h }', 'maintenance[0].monitors[0]: there is no monitor "shap"; did you mean shop?'],
    ['{ groups: [x], cron: "0 2 * * *", for: 1h }', 'maintenance[0].groups[0]: there is no group "x"; write one of web'],
    ['{ all: true }', 'maintenance[0]: does not say when; write `from` and `until`, or `cron` and `for`'],
    ['{ all: true, cron: "0 2 * * *" }', 'maintenance[0]: it would never end; write how long it lasts, such as for: 1h'],
    ['{ all: true, from: 2026-11-21T22:00:00Z }', 'maintenance[0]: it would never end; write `until`'],
    ['{ all: true, until: 2026-11-21T22:00:00Z }', 'maintenance[0]: does not say when it begins; write `from`'],
    [
      '{ all: true, from: 2026-11-21T22:00:00Z, until: 2026-11-21T22:00:00Z }',
      'maintenance[0].until: it ends before it begins, so it would never end; write a time after `from`',
    ],
    ['{ all: true, from: 2026-11-21T22:00:00Z, until: 2026-11-22T00:00:00Z, for: 1h }', 'maintenance[0].for: `for` belongs to `cron`; write `until`'],
    [
      '{ all: true, from: 2026-11-21T22:00:00Z, until: 2026-11-22T00:00:00Z, cron: "0 2 * * *", for: 1h }',
      'maintenance[0]: it cannot be planned both once and again and again; write `from` and `until`, or `cron` and `for`',
    ],
    [
      '{ all: true, from: 2026-11-21T22:00, until: 2026-11-22T00:00:00Z }',
      'maintenance[0].from: 2026-11-21T22:00 is another time in every zone; write 2026-11-21T22:00Z, or a `timezone`',
    ],
    [
      '{ all: true, from: 2026-03-29T01:30, until: 2026-03-29T04:00, timezone: Europe/Lisbon }',
      'maintenance[0].from: clocks in Europe/Lisbon are put forward over 2026-03-29T01:30; write a time that they show',
    ],
    [
      '{ all: true, from: tomorrow, until: 2026-03-29T04:00Z }',
      'maintenance[0].from: "tomorrow" is no time; write a time such as 2026-11-21T22:00:00Z, or 2026-11-21T22:00 with a `timezone`',
    ],
    [
      '{ all: true, cron: "0 2 * * *", for: 1h, timezone: Europe/Lisbn }',
      'maintenance[0].timezone: "Europe/Lisbn" is no time zone; write a name such as Europe/Lisbon or UTC',
    ],
    [
      '{ all: true, cron: "0 2 * *", for: 1h }',
      'maintenance[0].cron: "0 2 * *" is no calendar that can be read (it has not five fields); write minute, hour, day, month and weekday, such as "0 3 * * *"',
    ],
    ['{ all: true, cron: "0 2 31 2 *", for: 1h }', 'maintenance[0].cron: "0 2 31 2 *" never comes; write a day that there is'],
    ['{ all: true, cron: "0 * * * *", for: 1h }', 'maintenance[0].for: it begins again before it is over, so it would never end; write a shorter time'],
    ['{ all: true, cron: "0 2 * * *", for: 192h }', 'maintenance[0].for: "192h" is not between 1m and 168h; write a duration such as 1h'],
    ['{ all: true, cron: "0 2 * * *", for: 60 }', 'maintenance[0].for: 60 has no unit; write 60s'],
    ['5', 'maintenance[0]: 5 is no map; write `key: value` lines below it'],
  ])('%s', (written, said) => {
    expect(mistakesOf(file(written))).toContain(said);
  });

  it('every mistake is named at once', () => {
    expect(
      mistakesOf(file('{ monitors: [a], cron: "0 2 * * *" }, { all: true, from: 2026-03-29T01:30, until: 2026-03-29, timezone: Europe/Lisbon }')),
    ).toHaveLength(3);
  });
});

describe('a time on a wall', () => {
  it.each([
    ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T10:00:30', 'Asia/Kolkata', '2026-11-21T04:30:30.000Z'],
    ['2026-10-25T01:30', 'Europe/Lisbon', '2026-10-25T00:30:00.000Z'],
  ])('%s in %s', (text, zone, time) => {
    expect(readTime(text, zone)).toBe(Date.parse(time));
  });

  it.each(['2026-13-01', '2026-11-21T25:00', 'x', '2026-11-21T10'])('%s is none', (text) => {
    expect(readTime(text, 'UTC')).toBeUndefined();
  });
});
