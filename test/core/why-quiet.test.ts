import { instant, monitorId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import { aboutStep, foldIncidents } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { arrange } from '../../src/core/orders/arranged';
import type { Order } from '../../src/core/orders/order';
import { whyOf } from '../../src/core/why';
import type { IncidentWhyView } from '../../src/core/why/why-view';
import { at, config, entry, monitor, opened, west } from './builders';

const alone = (over: Partial<Config> = {}): Config => config({ regions: { probers: [west] }, ...over });
const opening = entry(opened(), { at: at('00:10') });
const [incident] = foldIncidents([opening]);
const about = aboutStep(incident!, incident!.transitions[0]!);
const receipt = entry({ ...about, kind: 'receipt', level: 'accepted', topic: west, messageId: 'm' }, { n: 3, at: at('00:10:02') });

function explain(
  entries: readonly LogEntry[],
  over: { readonly of?: Config; readonly orders?: readonly Order[]; readonly time?: string; readonly name?: string } = {},
) {
  const { of = alone(), orders = [], time = '00:11', name = incident!.id } = over;
  const seen = { config: of, now: at(time), heads: new Map(), arrivals: new Map(), watchRecords: new Map(), entries, incidents: foldIncidents(entries) };
  const answer = whyOf(name, { ...seen, arranged: arrange({ config: of, orders, planned: [] }) });
  if (answer.kind === 'unknown') throw new Error(`${name} is unknown`);
  return answer.view as IncidentWhyView;
}

const order = (asked: Order['asked']): Order => ({
  id: 'o-1',
  region: west,
  at: at('00:09'),
  by: 'ana',
  why: 'disk',
  from: at('00:09'),
  to: at('02:00'),
  asked,
});
const arranged = { by: 'ana', order: 'o-1', why: 'disk', until: '2026-11-21T02:00:00.000Z' };

it.each([
  ['silence', 'silenced-by-order'],
  ['maintenance', 'in-maintenance'],
] as const)('a %s is named, with who ordered it and until when, as why nothing is told', (kind, reason) => {
  const view = explain([opening], { orders: [order({ kind, of: { kind: 'all' } })] });
  expect(view).toMatchObject({ quiet: { kind, ...arranged }, taken: null });
  expect(view.steps[0]!.now).toMatchObject([{ does: 'keeps silent', reason }]);
});

it('whoever took it is named, as why it is not said again', () => {
  const orders = [order({ kind: 'ack', key: 'shop:availability', incident: incident!.id })];
  const view = explain([opening, receipt], { orders, time: '00:41' });
  expect(view).toMatchObject({ quiet: null, taken: { kind: 'ack', ...arranged }, again: [{ region: west, reason: 'taken' }] });
  expect(explain([opening, receipt], { time: '00:41' })).toMatchObject({ taken: null, again: [{ does: 'speaks', reason: 'still-so' }] });
});

it('a parent that is down is why its child is not told', () => {
  const of = alone({ monitors: [monitor({ dependsOn: [monitorId('database')] }), monitor({ id: monitorId('database') })] });
  const parent = entry(opened({ key: 'database:availability', subject: 'database' }), { n: 2, at: at('00:10') });
  expect(explain([opening, parent], { of }).steps[0]!.now).toMatchObject([{ does: 'keeps silent', reason: 'its-parent-is-down' }]);
});

it('the cap is why it leaves only with the next gathering, and what was gathered says so', () => {
  const of = alone({ cap: { messages: 1, withinMs: 10 * minute } });
  const other = entry(opened({ key: 'docs:availability', subject: 'docs' }), { n: 2, at: at('00:10') });
  const [docs] = foldIncidents([other]);
  const part = aboutStep(docs!, docs!.transitions[0]!);
  const digest = entry(
    { ...part, kind: 'announced', reason: 'first-speaker', text: '', also: [], gathered: 'cap' },
    { n: 3, at: instant(at('00:11') - 20_000) },
  );
  expect(explain([opening, other, digest], { of }).steps[0]!.now).toMatchObject([{ does: 'keeps silent', reason: 'gathered-soon' }]);
  expect(explain([opening, other, digest], { of, time: '00:11:30' }).steps[0]!.now).toMatchObject([{ does: 'speaks' }]);
  expect(explain([opening, other, digest], { of, name: docs!.id }).steps[0]!.told).toMatchObject([{ gathered: 'cap' }]);
});
