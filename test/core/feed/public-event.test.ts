import { publicEvent } from '../../../src/core/feed/public-event';
import { foldIncidents } from '../../../src/core/incident';
import type { LogBody } from '../../../src/core/log';
import { wordsForSeveral } from '../../../src/core/message/gathered-message';
import { wordsFor } from '../../../src/core/message/message';
import { at, east, entry, opened, resolved, slot, west } from '../builders';

const incidentsOf = (...bodies: readonly LogBody[]) => foldIncidents(bodies.map((body, index) => entry(body, { n: index + 1, at: at(`00:1${index}`) })));
const telling = (incident: ReturnType<typeof incidentsOf>[number]) =>
  ({ incident, transition: incident.transitions.at(-1)!, reason: 'first-speaker', by: west, now: at('00:30') }) as const;
const told = (...bodies: readonly LogBody[]) => publicEvent(JSON.parse(wordsFor(telling(incidentsOf(...bodies)[0]!)).json));
const down = opened({ facts: ['from eu-west-1: status 503 at https://internal.example/'], causes: ['host internal.example'] });
const monitoring = { key: 'monitoring:coverage', subject: 'monitoring', family: 'coverage' } as const;
const silent = opened({ key: 'prober:us-east-2:watch', subject: 'prober:us-east-2', family: 'watch', condition: 'silent' });

it.each([
  ['begins', [down], { kind: 'begun', service: 'shop', headline: 'shop is down', endedAt: null }],
  ['ends', [down, resolved()], { kind: 'ended', service: 'shop', headline: 'shop works again', endedAt: '2026-11-21T00:11:00.000Z' }],
  ['is that nobody watches', [opened({ ...monitoring, condition: 'unwatched' })], { kind: 'begun', headline: 'Nobody watches', endedAt: null }],
  ['is that watching goes on', [opened({ ...monitoring, condition: 'unwatched' }), resolved(monitoring)], { kind: 'ended', headline: 'Watching goes on' }],
] as const)('what %s', (_what, bodies, expected) => {
  const event = told(...(bodies as readonly LogBody[]));
  expect(event).toMatchObject({ version: 1, openedAt: '2026-11-21T00:10:00.000Z', at: '2026-11-21T00:30:00.000Z', ...expected });
  const known = ['version', 'kind', 'incident', 'aliases', 'service', 'headline', 'openedAt', 'endedAt', 'at'];
  expect(Object.keys(event).filter((name) => !known.includes(name))).toEqual([]);
  for (const inside of [west, east, '503', 'internal', 'every-region', 'single', 'confirmed']) expect(JSON.stringify(event)).not.toContain(inside);
});

it('of several incidents those of services are told, and no other', () => {
  const [one, two, three] = incidentsOf(down, opened({ key: 'docs:availability', subject: 'docs', condition: 'partial' }), silent);
  const because = { kind: 'cap', cap: { messages: 20, withinMs: 600_000 } } as const;
  const { json } = wordsForSeveral({ tellings: [telling(one!), telling(two!), telling(three!)], because, by: west, now: at('00:30') });
  const event = publicEvent(JSON.parse(json));
  expect(event.headline).toBe('2 services: shop is down; docs is down from some places');
  expect(JSON.stringify(event)).not.toMatch(/us-east-2|prober|silent|eu-west-1/);
});

it('an incident that began earlier than was known names the id under which it was told before', () => {
  const before = told(down);
  const earlier = opened({ evidence: { [west]: slot('00:01') } });
  const after = told(down, earlier);
  expect(after.incident).not.toBe(before.incident);
  expect([before.aliases, after.aliases]).toEqual([[], [before.incident]]);
});
