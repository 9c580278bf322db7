import { monitorId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import type { Route } from '../../src/core/config/config';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { Opened } from '../../src/core/log';
import { channelsFor, escalationsOf, routesFor } from '../../src/core/route';
import { at, config, entry, monitor, opened, resolved } from './builders';

const route = (over: Partial<Route>): Route => ({ channels: ['mail'], goesOn: false, escalations: [], ...over });
const shop = monitor({ group: 'web', labels: { team: 'a' } });
const matter = { monitor: shop, severity: 'page', condition: 'down' } as const;
const some = (monitors: readonly string[], groups: readonly string[] = []) => ({ of: { kind: 'some' as const, monitors, groups } });

describe('whether a route fits', () => {
  it.each([
    ['everything', {}, true],
    ['this monitor', some(['shop']), true],
    ['its group', some([], ['web']), true],
    ['another monitor', some(['docs'], ['db']), false],
    ['its severity', { severities: ['page'] }, true],
    ['another severity', { severities: ['ticket', 'note'] }, false],
    ['what is said', { verdicts: ['down'] }, true],
    ['what is not said', { verdicts: ['partial'] }, false],
    ['its label', { labels: { team: 'a' } }, true],
    ['another label', { labels: { team: 'a', tier: '1' } }, false],
  ] as [string, Partial<Route>, boolean][])('that is about %s', (_what, over, fits) => {
    expect(routesFor(matter, [route(over)])).toHaveLength(fits ? 1 : 0);
  });

  it('and no route of monitors fits what is about a watcher', () => {
    expect(routesFor({ ...matter, monitor: undefined }, [route(some(['shop'])), route({ labels: { team: 'a' } }), route({})])).toHaveLength(1);
  });

  it('is asked in order, and no further after the first that fits unless it goes on', () => {
    const [first, second, third] = [route({ goesOn: true }), route({ severities: ['note'] }), route({ channels: ['pager'] })];
    expect(routesFor(matter, [first, second, third, route({})])).toEqual([first, third]);
  });
});

describe('who is told', () => {
  const routes = [
    route({ severities: ['page'], channels: ['pager'], escalations: [{ afterMs: 15 * minute, channels: ['boss'] }] }),
    route({ severities: ['ticket'], channels: ['mail'] }),
  ];
  const settings = config({ monitors: [shop], routes });
  const told = (entries: Parameters<typeof foldIncidents>[0], about: Parameters<typeof channelsFor>[0] = {}, of = settings) => {
    const [incident] = foldIncidents(entries);
    return channelsFor(about, { incident: incident!, transition: incident!.transitions.at(-1)!, config: of, entries });
  };
  const opening = (over: Partial<Opened> = {}) => entry(opened(over), { at: at('00:00') });

  it('everybody, where there are no routes or none fits', () => {
    expect(told([opening()], {}, config())).toBe('all');
    expect(told([opening({ severity: 'note' })])).toBe('all');
    expect(told([opening({ subject: 'prober:x', key: 'prober:x:watch', family: 'watch' })], {}, config({ routes: [route(some(['shop']))] }))).toBe('all');
  });

  it('whoever its severity is for; of the end, everybody who was told of any step', () => {
    expect(told([opening()])).toEqual(['pager']);
    const graver = entry({ ...opened(), kind: 'changed' }, { n: 2, at: at('00:05') });
    const mild = opening({ severity: 'ticket', condition: 'partial' });
    expect(told([mild])).toEqual(['mail']);
    expect(told([mild, graver, entry(resolved(), { n: 3, at: at('00:10') })])).toEqual(['mail', 'pager']);
  });

  it('who is called in is told then, and of everything after it', () => {
    const [incident] = foldIncidents([opening()]);
    expect(escalationsOf(incident!, settings)).toEqual([{ afterMs: 15 * minute, channels: ['boss'] }]);
    expect(told([opening()], { as: 'escalation', minutes: 15 })).toEqual(['boss']);
    const about = { ...aboutStep(incident!, incident!.transitions[0]!), as: 'escalation', minutes: 15 } as const;
    const called = entry({ ...about, kind: 'announced', reason: 'nobody-took-it', text: '' }, { n: 2, at: at('00:15') });
    const end = entry(resolved(), { n: 3, at: at('00:30') });
    for (const entries of [[opening()], [opening(), end]]) expect(told(entries, {})).toEqual(['pager']);
    expect(told([opening(), called], { as: 'reminder', minutes: 30 })).toEqual(['boss', 'pager']);
    expect(told([opening(), called, end])).toEqual(['boss', 'pager']);
  });

  it('an incident that was never grave enough calls nobody in', () => {
    const [incident] = foldIncidents([opening({ severity: 'ticket' })]);
    expect(escalationsOf(incident!, settings)).toEqual([]);
    expect(escalationsOf(incident!, config({ monitors: [monitor({ id: monitorId('shop') })] }))).toEqual([]);
  });
});

describe('subscribers', () => {
  const hook = { kind: 'post', name: 'all-the-world', url: 'https://status.example.com/', method: 'POST', headers: {}, isPublic: true } as const;
  const channels = [{ kind: 'email', name: 'mail', address: 'a@example.com' } as const, hook];
  const silent = opened({ key: 'prober:us-east-2:watch', subject: 'prober:us-east-2', family: 'watch', condition: 'silent' });
  const told = (body: Opened, about: Parameters<typeof channelsFor>[0] = {}, routes?: readonly Route[]) => {
    const entries = [entry(body)];
    const [incident] = foldIncidents(entries);
    const of = config({ channels, monitors: [shop], ...(routes === undefined ? {} : { routes }) });
    return channelsFor(about, { incident: incident!, transition: incident!.transitions.at(-1)!, config: of, entries });
  };

  it.each([
    ['of a service', opened(), {}, 'all'],
    ['that a service is flapping', opened(), { as: 'flapping' }, 'all'],
    ['no reminder', opened(), { as: 'reminder', minutes: 30 }, ['mail']],
    ['nothing of a prober', silent, {}, ['mail']],
    ['that nobody watches', opened({ key: 'monitoring:coverage', subject: 'monitoring', family: 'coverage', condition: 'unwatched' }), {}, 'all'],
  ] as const)('are told %s', (_what, body, about, expected) => {
    expect(told(body, about)).toEqual(expected);
  });

  it('hear nothing of a prober also where a route names them', () => {
    const routes = [route({ channels: ['all-the-world', 'mail'] })];
    expect(told(silent, {}, routes)).toEqual(['mail']);
    expect(told(opened(), {}, routes)).toEqual(['all-the-world', 'mail']);
  });
});
