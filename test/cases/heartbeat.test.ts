/** What another dead-man service of this kind does, case by case, beside what ours does. */

import { systemCalendar } from '../../src/adapters/calendar';
import { instant } from '../../src/core/basics/brand';
import { day, hour, minute, second } from '../../src/core/basics/time';
import { readPing } from '../../src/core/heartbeat/ping';
import { every, foundOf, ping } from '../core/heartbeat/pings-builder';

const now = instant(Date.parse('2026-11-21T12:00:00Z'));
const ago = (ms: number) => instant(now - ms);
const daily = every(day, hour);

/** `kind` is ours; `theirs` is what Healthchecks says. In grace a monitor of ours is well: nothing is late yet. */
it.each([
  { id: 'P266', name: '30 min past a day, an hour of grace', pings: [ping(ago(day + 30 * minute))], theirs: 'grace', kind: 'well' },
  {
    id: 'P270',
    name: 'up, and a start of two hours ago did not end',
    pings: [ping(ago(3 * hour)), ping(ago(2 * hour), 'start')],
    theirs: 'down',
    kind: 'late',
  },
  { id: 'P272', name: 'new, and a start of two hours ago did not end', pings: [ping(ago(2 * hour), 'start')], theirs: 'down', kind: 'late' },
])('$id: $name: theirs is $theirs, ours $kind', ({ pings, kind }) => {
  expect(foundOf(pings, now, { times: daily }).kind).toBe(kind);
});

it('P268: what was stored as down and called a minute ago is down there until the next sweep; ours stores pings and no states, so a success ends it', () => {
  expect(foundOf([ping(ago(hour), 'failure'), ping(ago(minute))], now, { times: daily }).kind).toBe('well');
  expect(foundOf([ping(ago(minute), 'failure')], now, { times: daily }).kind).toBe('failed');
});

const midnight = instant(Date.parse('2000-01-01T00:00:00Z'));
it.each([
  { id: 'P274', name: 'a minute before the next midnight', at: '2000-01-01T23:59:00Z', kind: 'well' },
  { id: 'P276', name: 'an hour after it, which is all of its grace', at: '2000-01-02T01:00:00Z', kind: 'late' },
])('$id: by "0 0 * * *", $name: $kind', async ({ at, kind }) => {
  const nextAfter = await systemCalendar.next('0 0 * * *', 'UTC');
  expect(foundOf([ping(midnight)], instant(Date.parse(at)), { times: { nextAfter, graceMs: hour, earlyMs: 0 } }).kind).toBe(kind);
});

it('P278: a schedule that is over never goes down', async () => {
  const nextAfter = await systemCalendar.next('0 0 0 1 1 * 2019', 'UTC');
  expect(foundOf([ping(now)], instant(now + 1000 * day), { times: { nextAfter, graceMs: hour, earlyMs: 0 } }).kind).toBe('well');
});

const read = (suffix: string, rid?: string) => readPing({ method: 'GET', path: `/f00dfeed-0123-4567-89ab${suffix}`, ...(rid === undefined ? {} : { rid }) });

it('P282: exit code 0 is a success, and a new monitor is up', () => {
  expect(read('/0')).toMatchObject({ asked: 'success' });
  expect(foundOf([ping(ago(second))], now).kind).toBe('well');
});

it('P284: exit code 256 is refused', () => {
  expect(read('/256')).toMatchObject({ kind: 'refused', status: 400 });
});

it('P286: a log leaves a new monitor new, without a deadline', () => {
  expect(read('/log')).toMatchObject({ asked: 'log' });
  expect(foundOf([ping(ago(300 * day), 'log')], now).kind).toBe('never');
});

it('P288: a run is named by a UUID', () => {
  expect(read('/start', '12345')).toMatchObject({ kind: 'refused', status: 400 });
});

/** Facts of this kind that ours has no counterpart for, with the reason. */
const different: Readonly<Record<string, string>> = {
  P290: 'no monitor of ours is paused by hand and waits for a resume: what may be silent is said by a maintenance window, which is not in this version',
  P258: 'hours in which a probe runs at all belong to maintenance windows, which are not in this version',
  P260: 'as P258',
  P262: 'as P258',
  P264: 'as P258',
};

it('every fact that ours does not share has its reason', () => {
  for (const [id, why] of Object.entries(different)) expect(`${id} ${why}`).toMatch(/^P\d{3} \w/);
});
