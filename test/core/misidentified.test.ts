/** Somebody else answers: which verdict that is, what is written of it, and how two monitors that were swapped are told. */
import { availabilityFinding } from '../../src/core/availability-finding';
import { type MonitorId, monitorId } from '../../src/core/basics/brand';
import { conclude } from '../../src/core/conclusion';
import type { Monitor } from '../../src/core/config/config';
import type { Sample } from '../../src/core/health';
import { answeredAs } from '../../src/core/identity';
import { identityFindings } from '../../src/core/identity-finding';
import { foldIncidents, latestByKey } from '../../src/core/incident';
import type { LogEntry } from '../../src/core/log';
import { wordsFor } from '../../src/core/message/message';
import { nothingSaid, standingOf, standings, type Verdict } from '../../src/core/standing';
import { judgeMonitor, type Voice } from '../../src/core/verdict';
import { at, config, east, entry, fresh, middle, monitor, opened, resolved, slot, unheard, west } from './builders';

const identified = (id: string, over: Partial<Monitor> = {}): Monitor =>
  monitor({
    id: monitorId(id),
    probe: {
      kind: 'http',
      url: `https://${id}.example.com/`,
      identity: { by: 'header', name: 'x-instance', equals: [`${id}-1`] },
      expect: { status: [[200, 299]] },
    },
    ...over,
  });

const failing = (run: number, over: Partial<Sample> = {}): Partial<Sample> => ({ ok: false, run, health: run >= 2 ? 'down' : 'up', ...over });
const by = (name: string, run = 2): Partial<Sample> => failing(run, { reason: 'misidentified', detail: answeredAs(name, ['shop-1']) });
const good = (run: number): Partial<Sample> => ({ ok: true, run, health: 'up' });
const judge = (voices: readonly Voice[], verdict: Verdict = 'up', over: Partial<Monitor> = {}) =>
  judgeMonitor({ monitor: monitor(over), voices, standing: { ...nothingSaid, verdict } });

describe('a monitor that somebody else answers', () => {
  it.each([
    ['everywhere, once each', [fresh(west, by('cart-1', 1)), fresh(east, by('cart-1', 1))], 'up', 'misidentified'],
    ['everywhere, for long', [fresh(west, by('cart-1', 9)), fresh(east, by('cart-1', 9))], 'down', 'misidentified'],
    ['from one region, while the other cannot reach it', [fresh(west, by('cart-1', 1)), fresh(east, failing(1))], 'up', 'misidentified'],
    ['from one region, once', [fresh(west, by('cart-1', 1)), fresh(east, good(9))], 'up', 'up'],
    ['from one region, for longer than a page takes', [fresh(west, by('cart-1', 5)), fresh(east, good(9))], 'up', 'misidentified'],
    [
      'for the first time, while another region is down for long and a third is well',
      [fresh(west, by('cart-1', 1)), fresh(east, failing(9)), fresh(middle, good(9))],
      'up',
      'partial',
    ],
    ['from a single witness, not yet often enough', [fresh(west, by('cart-1', 3)), unheard(east)], 'up', 'up'],
    ['from a single witness', [fresh(west, by('cart-1', 4)), unheard(east)], 'up', 'misidentified'],
    ['no longer, which one good sample does not show', [fresh(west, good(1)), fresh(east, by('cart-1', 9))], 'misidentified', 'misidentified'],
    ['no longer, which one region shows for long', [fresh(west, good(5)), fresh(east, by('cart-1', 9))], 'misidentified', 'misidentified'],
    ['no longer', [fresh(west, good(1)), fresh(east, good(1))], 'misidentified', 'up'],
    ['and now nobody does', [fresh(west, failing(9)), fresh(east, failing(9))], 'misidentified', 'down'],
  ] as [string, Voice[], Verdict, Verdict][])('%s', (_case, voices, before, verdict) => {
    expect(judge(voices, before).verdict).toBe(verdict);
  });

  it('says why, and that it is sure', () => {
    expect(judge([fresh(west, by('cart-1', 1)), fresh(east, by('cart-1', 1))])).toMatchObject({
      reason: 'somebody-else-answers',
      certainty: 'confirmed',
      isUnsure: false,
      completedBy: east,
    });
  });
});

describe('what was said of who answers', () => {
  const told = (...entries: LogEntry[]) => standingOf(standings(foldIncidents(entries)), 'shop');
  const identity = opened({ key: 'shop:identity', family: 'identity', condition: 'misidentified' });
  const identityOver = resolved({ key: 'shop:identity', family: 'identity', evidence: { [west]: slot('00:30'), [east]: slot('00:12') } });

  it('stands before what was said of how it answers', () => {
    expect(told()).toEqual(nothingSaid);
    expect(told(entry(opened())).verdict).toBe('down');
    expect(told(entry(opened()), entry(identity, { n: 2 })).verdict).toBe('misidentified');
    expect(told(entry(opened()), entry(identity, { n: 2 }), entry(identityOver, { n: 3, at: at('00:30') })).verdict).toBe('down');
  });

  it('is over with everything that was seen up to its end, so that it makes nothing flaky', () => {
    const entries = [entry(opened()), entry(resolved(), { n: 2, at: at('00:20') }), entry(identity, { n: 3 }), entry(identityOver, { n: 4, at: at('00:30') })];
    expect(told(...entries).resolvedOn).toEqual({ [west]: slot('00:30'), [east]: slot('00:20') });
  });
});

const shop = identified('shop');
const cart = identified('cart');
const bank = identified('bank', { severity: 'ticket' });
const everybody = [bank, cart, shop];

/** What is found where each of these is answered by somebody; the others are well. */
function findingsOf(answerers: Readonly<Record<string, string>>, entries: readonly LogEntry[] = []) {
  const judged = everybody.map((one) => {
    const name = answerers[one.id];
    const voices = [west, east].map((region) => fresh(region, name === undefined ? good(9) : { ...by(name, 2), detail: answeredAs(name, [`${one.id}-1`]) }));
    return { monitor: one, voices, judgement: judgeMonitor({ monitor: one, voices, standing: nothingSaid }) };
  });
  const latest = latestByKey(foldIncidents(entries));
  const findings = identityFindings(judged, { config: config({ monitors: everybody }), me: west, now: at('00:10:04'), latest });
  return { latest, findings, of: (id: MonitorId) => findings.find(({ about }) => about.subject === id)! };
}

const openFor = (id: string, over: Parameters<typeof opened>[0] = {}): LogEntry =>
  entry(opened({ key: `${id}:identity`, subject: id, family: 'identity', condition: 'misidentified', evidence: { [west]: slot('00:08') }, ...over }), {
    at: at('00:08'),
  });

describe('what is written', () => {
  it('is nothing where everybody is answered by itself, and nothing else was ever said', () => {
    expect(findingsOf({}).findings).toEqual([]);
  });

  it('is an incident of its own, and availability says nothing meanwhile', () => {
    const { of, latest } = findingsOf({ shop: 'stranger' });
    expect(conclude(of(shop.id), latest.get('shop:identity'))).toMatchObject({
      kind: 'write',
      body: { kind: 'opened', key: 'shop:identity', condition: 'misidentified', severity: 'page', reason: 'somebody-else-answers' },
    });
    const voices = [fresh(west, by('stranger')), fresh(east, by('stranger'))];
    const judgement = judgeMonitor({ monitor: shop, voices, standing: nothingSaid });
    const availability = availabilityFinding({ monitor: shop, judgement, voices, config: config(), me: west, now: at('00:10:04') });
    expect(conclude(availability, undefined)).toEqual({ kind: 'nothing', why: 'nothing-known' });
  });

  it('names who should answer, by what, and who did', () => {
    expect(findingsOf({ shop: 'stranger' }).of(shop.id).facts()).toEqual([
      'eu-west-1: misidentified at 192.0.2.10:443: answered as "stranger", wanted "shop-1" (2 in a row, newest 4 s ago)',
      'us-east-2: misidentified at 192.0.2.10:443: answered as "stranger", wanted "shop-1" (2 in a row, newest 0 s ago)',
      'target: https://shop.example.com/',
      'who must answer: "shop-1", by the header x-instance',
      'identity never proven by a region that is fresh',
      'configuration: c0ffee000000',
    ]);
  });

  it('ends when everybody is answered by itself again, and not while nobody answers', () => {
    const { of, latest } = findingsOf({}, [openFor('shop')]);
    expect(conclude(of(shop.id), latest.get('shop:identity'))).toMatchObject({ body: { kind: 'resolved', key: 'shop:identity' } });
    const voices = [fresh(west, failing(9)), fresh(east, failing(9))];
    const down = { monitor: shop, voices, judgement: judgeMonitor({ monitor: shop, voices, standing: nothingSaid }) };
    const [finding] = identityFindings([down], { config: config({ monitors: everybody }), me: west, now: at('00:10:04'), latest });
    expect(conclude(finding!, latest.get('shop:identity'))).toEqual({ kind: 'nothing', why: 'nothing-known' });
  });
});

describe('monitors that were mixed up', () => {
  const severities = (answerers: Readonly<Record<string, string>>, entries: readonly LogEntry[] = []) =>
    Object.fromEntries(findingsOf(answerers, entries).findings.map(({ about }) => [about.subject, about.severity]));
  const remarks = (answerers: Readonly<Record<string, string>>, id: MonitorId) =>
    findingsOf(answerers)
      .of(id)
      .facts()
      .filter((fact) => /SWAPPED|mixed up|together/.test(fact));

  it('two that were swapped are told together, as one page', () => {
    expect(severities({ shop: 'cart-1', cart: 'shop-1' })).toEqual({ cart: 'page', shop: 'note' });
    expect(remarks({ shop: 'cart-1', cart: 'shop-1' }, cart.id)).toEqual(['SWAPPED: cart is answered by what should answer shop, and the other way round']);
    expect(remarks({ shop: 'cart-1', cart: 'shop-1' }, shop.id)).toEqual([
      'SWAPPED: shop is answered by what should answer cart, and the other way round',
      'told together with cart',
    ]);
  });

  it('whoever was told already goes on telling', () => {
    expect(severities({ shop: 'cart-1', cart: 'shop-1' }, [openFor('shop')])).toEqual({ cart: 'note', shop: 'page' });
    expect(severities({ shop: 'cart-1', cart: 'shop-1' }, [openFor('shop', { severity: 'note' })])).toEqual({ cart: 'page', shop: 'note' });
  });

  it('who is left when the other is over tells by itself', () => {
    const { of, latest } = findingsOf({ shop: 'cart-1' }, [openFor('shop', { severity: 'note' })]);
    expect(conclude(of(shop.id), latest.get('shop:identity'))).toMatchObject({ body: { kind: 'changed', severity: 'page' } });
  });

  it('a page is never left to a ticket', () => {
    expect(severities({ shop: 'bank-1', bank: 'shop-1' })).toEqual({ bank: 'note', shop: 'page' });
    const ticket = openFor('bank', { severity: 'ticket' });
    expect(severities({ shop: 'bank-1', bank: 'shop-1' }, [ticket])).toEqual({ bank: 'ticket', shop: 'page' });
  });

  it('one host that answers for two is named, though only one monitor is wrong', () => {
    expect(severities({ shop: 'cart-1' })).toEqual({ shop: 'page' });
    expect(remarks({ shop: 'cart-1' }, shop.id)).toEqual(['mixed up: cart is answered by it as well, and rightly']);
  });

  it('two that the same stranger answers are told together', () => {
    expect(severities({ shop: 'stranger', cart: 'stranger' })).toEqual({ cart: 'page', shop: 'note' });
    expect(remarks({ shop: 'stranger', cart: 'stranger' }, cart.id)).toEqual(['mixed up: shop is answered by the same, and wrongly too']);
    expect(severities({ shop: 'stranger', cart: 'another' })).toEqual({ cart: 'page', shop: 'page' });
  });

  it('three in a circle are one matter', () => {
    expect(severities({ shop: 'cart-1', cart: 'bank-1', bank: 'shop-1' })).toEqual({ bank: 'note', cart: 'page', shop: 'note' });
    expect(remarks({ shop: 'cart-1', cart: 'bank-1', bank: 'shop-1' }, shop.id)).toEqual([
      'mixed up: it is what should answer cart, which somebody else answers as well',
      'told together with cart',
    ]);
  });
});

describe('a message', () => {
  const words = (facts: readonly string[], over: Parameters<typeof opened>[0] = {}): readonly string[] => {
    const [incident] = foldIncidents([entry(opened({ facts, ...over }))]);
    return wordsFor({ incident: incident!, transition: incident!.transitions[0]!, reason: 'first-speaker', by: west, now: at('00:11') }).text.split('\n');
  };
  const warning = 'identity not proven: do not power-cycle on this evidence';

  it('says that who answered is not proven, unless an answer proved it', () => {
    expect(words(['eu-west-1: status: status 503, wanted 2xx (2 in a row)'])).toContain(warning);
    expect(words(['eu-west-1: status: status 503, wanted 2xx; identity proven (2 in a row)'])).not.toContain(warning);
    expect(words([], { key: 'shop:identity', family: 'identity', condition: 'misidentified' })).toContain(warning);
  });
});
