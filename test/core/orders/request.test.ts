import { instant, monitorId } from '../../../src/core/basics/brand';
import { day, hour, minute } from '../../../src/core/basics/time';
import { foldIncidents } from '../../../src/core/incident';
import type { Order } from '../../../src/core/orders/order';
import { type Draft, draftOf, type Request } from '../../../src/core/orders/request';
import { at, config, entry, monitor, opened, resolved, west } from '../builders';

const settings = config({ monitors: [monitor(), monitor({ id: monitorId('docs'), group: 'web' })] });
const open = [entry(opened())];
const over = [...open, entry(resolved(), { n: 2, at: at('00:20') })];
const [incident] = foldIncidents(open);

function ask(request: Partial<Request>, { entries = open, orders = [] }: { readonly entries?: typeof open; readonly orders?: readonly Order[] } = {}) {
  return draftOf({ kind: 'silence', of: [], by: 'ana', ...request }, { config: settings, incidents: foldIncidents(entries), orders, now: at('01:00') });
}

const drafted = (request: Partial<Request>, known: Parameters<typeof ask>[1] = {}): Draft => {
  const answer = ask(request, known);
  if (answer.kind === 'refused') throw new Error(answer.sentence);
  return answer.drafts[0];
};

const refusal = (request: Partial<Request>, known: Parameters<typeof ask>[1] = {}): string => {
  const answer = ask(request, known);
  return answer.kind === 'refused' ? answer.sentence : 'taken';
};

describe('what somebody asks for becomes an order', () => {
  const taken = { kind: 'ack', key: 'shop:availability', incident: incident!.id };

  it.each([
    ['an incident', incident!.id],
    ['what it is about', 'shop'],
  ])('an acknowledgement, by the name of %s: for a day where nothing else is said', (_what, name) => {
    expect(drafted({ kind: 'ack', of: [name], why: 'disk' })).toEqual({
      at: at('01:00'),
      by: 'ana',
      why: 'disk',
      from: at('01:00'),
      to: instant(at('01:00') + day),
      asked: taken,
    });
    expect(drafted({ kind: 'ack', of: [name], forMs: 4 * hour }).to).toBe(at('05:00'));
  });

  it('a silence of monitors, of groups or of all, and a maintenance that is to come', () => {
    const some = { kind: 'some', monitors: ['shop'], groups: ['web'] };
    expect(drafted({ of: ['shop'], groups: ['web'], forMs: hour })).toMatchObject({ from: at('01:00'), to: at('02:00'), asked: { kind: 'silence', of: some } });
    expect(drafted({ all: true, forMs: hour }).asked).toEqual({ kind: 'silence', of: { kind: 'all' } });
    const later = drafted({ kind: 'maintenance', of: ['shop'], from: at('03:00'), forMs: hour });
    expect(later).toMatchObject({ from: at('03:00'), to: at('04:00'), asked: { kind: 'maintenance' } });
  });

  const silence: Order = { ...drafted({ of: ['shop'], forMs: 3 * hour }), id: 'o-1', region: west };

  it.each(['o-1', 'shop'])('the end of a silence, by the name %s', (name) => {
    expect(drafted({ kind: 'end', of: [name] }, { orders: [silence] })).toMatchObject({ to: silence.to, asked: { kind: 'end', order: 'o-1' } });
  });
});

it('a silence of several is not ended by the name of one of them', () => {
  const silence: Order = { ...drafted({ of: ['shop', 'docs'], forMs: hour }), id: 'o-1', region: west };
  expect(refusal({ kind: 'end', of: ['docs'] }, { orders: [silence] })).toBe(
    'order o-1 is of shop, docs together: end it for all of them with `twinwatch unsilence o-1`',
  );
  expect(refusal({ kind: 'end', of: ['nope'] }, { orders: [silence] })).toBe('no order "nope" stands; those that do: o-1 (until 2026-11-21T02:00:00.000Z)');
});

describe('what cannot be ordered', () => {
  it.each([
    ['an incident that nobody knows', { kind: 'ack', of: ['nope'] }, `nothing is open under the name "nope"; open are: ${incident!.id} (shop)`],
    ['a silence of a monitor that there is not', { of: ['shap'], forMs: hour }, 'there is no monitor "shap"; there are: shop, docs'],
    ['a silence of a group that there is not', { groups: ['wab'], forMs: hour }, 'there is no group "wab"; there are: web'],
    ['a silence of nothing', { forMs: hour }, 'say of what: `twinwatch silence shop --for 2h`, or --group, or --all'],
    ['a silence of all and of some', { of: ['shop'], all: true, forMs: hour }, 'all monitors are meant with --all: leave out the names'],
    ['a silence without an end', { of: ['shop'] }, 'a silence has to end: write how long it lasts, as in --for 2h'],
    ['one that is over at once', { of: ['shop'], forMs: 0 }, 'it would be over at once: write a minute or more after --for, as in --for 2h'],
    ['one that nobody remembers', { of: ['shop'], forMs: 31 * day }, 'that is so long that nobody would think of it any more: 720h is the most'],
    [
      'a maintenance that was',
      { kind: 'maintenance', of: ['shop'], from: at('00:00'), forMs: 30 * minute },
      'it would have been over at 2026-11-21 00:30:00 UTC: the past cannot be silenced',
    ],
    ['an order by nobody', { of: ['shop'], forMs: hour, by: ' ' }, 'an order is given by somebody: write a name of 1 to 200 characters after --by'],
    ['a reason that is a book', { of: ['shop'], forMs: hour, why: 'x'.repeat(201) }, 'the reason has more than 200 characters: write it shorter'],
    ['the end of an order that does not stand', { kind: 'end', of: ['o-9'] }, 'no order "o-9" stands; none does at all'],
  ] as [string, Partial<Request>, string][])('%s', (_what, request, sentence) => {
    expect(refusal(request)).toBe(sentence);
  });

  it('what is over', () => {
    const [closed] = foldIncidents(over);
    const end = 'resolved at 2026-11-21 00:20:00 UTC';
    expect(refusal({ kind: 'ack', of: [closed!.id] }, { entries: over })).toBe(`incident ${closed!.id} of shop was ${end}: there is nothing left to take on`);
    expect(refusal({ kind: 'ack', of: ['shop'] }, { entries: over })).toBe(
      `nothing is open under the name "shop"; its last incident was ${end}; no incident is open at all`,
    );
  });
});
