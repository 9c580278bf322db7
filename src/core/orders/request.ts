/** What somebody asks for, in words → an order, or a sentence that says what to ask for instead. */
import { type IncidentId, type Instant, instant } from '../basics/brand';
import { day, isoTime, minute, utcTime } from '../basics/time';
import type { Config } from '../config/config';
import { type Incident, idsOf, isOpen, latestByKey } from '../incident';
import type { Scope } from '../scope';
import { type Asked, asTheyStand, holdsAt, type Order } from './order';

/** As it comes from a command line or over HTTP; times in ISO form. */
export interface Request {
  readonly kind: 'ack' | 'silence' | 'maintenance' | 'end';
  /** Names: of `ack` an incident or what it is about, of `end` an order or a monitor, else monitors. */
  readonly of: readonly string[];
  readonly groups?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
  readonly forMs?: number | undefined;
  readonly from?: Instant | undefined;
  readonly by: string;
  readonly why?: string | undefined;
}

export interface Known {
  readonly config: Pick<Config, 'monitors'>;
  readonly incidents: readonly Incident[];
  readonly orders: readonly Order[];
  readonly now: Instant;
}

/** What is written; where and under which name is for whoever writes it. */
export type Draft = Omit<Order, 'id' | 'region'>;
export type Drafted = { readonly kind: 'drafts'; readonly drafts: readonly [Draft, ...Draft[]] } | { readonly kind: 'refused'; readonly sentence: string };

const usualMs: Readonly<Record<'ack', number>> = { ack: day };
const longestMs = 30 * day;
const mostTextLength = 200;

export function draftOf(request: Request, known: Known): Drafted {
  const trouble = troubleWith(request, known.now);
  if (trouble !== undefined) return refused(trouble);
  switch (request.kind) {
    case 'ack':
      return ackOf(request, known);
    case 'end':
      return endOf(request, known);
    default:
      return quietOf(request, known);
  }
}

function troubleWith({ kind, forMs, from, by, why }: Request, now: Instant): string | undefined {
  if (by.trim() === '' || by.length > mostTextLength) return 'an order is given by somebody: write a name of 1 to 200 characters after --by';
  if ((why?.length ?? 0) > mostTextLength) return 'the reason has more than 200 characters: write it shorter';
  if (kind === 'end') return undefined;
  if (forMs === undefined) return kind === 'ack' ? undefined : `a ${kind} has to end: write how long it lasts, as in --for 2h`;
  if (!(forMs >= minute)) return 'it would be over at once: write a minute or more after --for, as in --for 2h';
  if (forMs > longestMs) return 'that is so long that nobody would think of it any more: 720h is the most';
  if (from !== undefined && from + forMs <= now) return `it would have been over at ${utcTime(instant(from + forMs))}: the past cannot be silenced`;
  return undefined;
}

function ackOf({ of: [name = ''], forMs = usualMs.ack, by, why }: Request, { incidents, now }: Known): Drafted {
  const named = incidents.find((incident) => idsOf(incident).some((id) => id === name)) ?? openOf(name, incidents);
  if (named === undefined) return refused(noSuchIncident(name, incidents));
  if (!isOpen(named)) {
    return refused(`incident ${named.id} of ${named.subject} was resolved at ${utcTime(named.resolvedAt ?? now)}: there is nothing left to take on`);
  }
  const asked: Asked = { kind: 'ack', key: named.key, incident: named.id as IncidentId };
  return drafts({ at: now, by, why, from: now, to: instant(now + forMs), asked });
}

/** The newest open incident of a subject. */
const openOf = (subject: string, incidents: readonly Incident[]): Incident | undefined =>
  [...latestByKey(incidents).values()].filter((incident) => isOpen(incident) && incident.subject === subject).at(-1);

function noSuchIncident(name: string, incidents: readonly Incident[]): string {
  const open = incidents.filter(isOpen);
  const resolved = incidents.findLast(({ subject }) => subject === name);
  const none = `nothing is open under the name "${name}"`;
  const before = resolved?.resolvedAt === undefined ? '' : `; its last incident was resolved at ${utcTime(resolved.resolvedAt)}`;
  if (open.length === 0) return `${none}${before}; no incident is open at all`;
  return `${none}${before}; open are: ${open.map(({ id, subject }) => `${id} (${subject})`).join(', ')}`;
}

function quietOf(request: Request, { config, now }: Known): Drafted {
  const { kind, forMs = 0, from = now, by, why } = request;
  const of = scopeOf(request, config);
  if (typeof of === 'string') return refused(of);
  return drafts({ at: now, by, why, from, to: instant(from + forMs), asked: { kind: kind === 'silence' ? 'silence' : 'maintenance', of } });
}

function scopeOf({ kind, of, groups = [], all = false }: Request, { monitors }: Pick<Config, 'monitors'>): Scope | string {
  if (all) return of.length + groups.length === 0 ? { kind: 'all' } : 'all monitors are meant with --all: leave out the names';
  if (of.length + groups.length === 0) return `say of what: \`twinwatch ${kind} ${monitors[0]?.id ?? 'shop'} --for 2h\`, or --group, or --all`;
  const known: readonly string[] = monitors.map(({ id }) => id);
  const stranger = of.find((id) => !known.includes(id));
  if (stranger !== undefined) return unknownOf('monitor', stranger, known);
  const named = [...new Set(monitors.flatMap(({ group }) => group ?? []))];
  const unknown = groups.find((group) => !named.includes(group));
  if (unknown !== undefined) return unknownOf('group', unknown, named);
  return { kind: 'some', monitors: [...new Set(of)], groups: [...new Set(groups)] };
}

const mostListed = 12;

function unknownOf(what: string, name: string, known: readonly string[]): string {
  if (known.length === 0) return `there is no ${what} "${name}", and no ${what} at all`;
  const more = known.length > mostListed ? ` and ${known.length - mostListed} more` : '';
  return `there is no ${what} "${name}"; there are: ${known.slice(0, mostListed).join(', ')}${more}`;
}

/** An order by its id, or every silence and maintenance of this monitor or group alone. */
function endOf({ of: [name = ''], by, why }: Request, { orders, now }: Known): Drafted {
  const standing = standingAt(orders, now);
  const meant = standing.filter(({ id, asked }) => id === name || (namesIn(asked).includes(name) && namesIn(asked).length === 1));
  const [first, ...others] = meant.map((order): Draft => ({ at: now, by, why, from: now, to: order.to, asked: { kind: 'end', order: order.id } }));
  if (first !== undefined) return drafts(first, ...others);
  const wider = standing.find(({ asked }) => namesIn(asked).includes(name));
  if (wider !== undefined)
    return refused(`order ${wider.id} is of ${namesIn(wider.asked).join(', ')} together: end it for all of them with \`twinwatch unsilence ${wider.id}\``);
  const known = standing.map(({ id, to }) => `${id} (until ${isoTime(to)})`);
  return refused(`no order "${name}" stands; ${known.length === 0 ? 'none does at all' : `those that do: ${known.join(', ')}`}`);
}

/** What holds, or is to come. What was ended before it began is neither. */
const standingAt = (orders: readonly Order[], now: Instant): readonly Order[] => asTheyStand(orders).filter(({ from, to }) => to > now && to > from);

/** What holds on for a monitor or a group whose own orders were ended: orders of several, or of all. Of an order there is no such thing. */
export function stillHolding(name: string, orders: readonly Order[], now: Instant): readonly Order[] {
  if (orders.some(({ id }) => id === name)) return [];
  return standingAt(orders, now).filter((order) => holdsAt(order, now) && (namesIn(order.asked).includes(name) || isOfAll(order.asked)));
}

const isOfAll = (asked: Asked): boolean => (asked.kind === 'silence' || asked.kind === 'maintenance') && asked.of.kind === 'all';

const namesIn = (asked: Asked): readonly string[] =>
  (asked.kind === 'silence' || asked.kind === 'maintenance') && asked.of.kind === 'some' ? [...asked.of.monitors, ...asked.of.groups] : [];

const drafts = (first: Draft, ...others: Draft[]): Drafted => ({ kind: 'drafts', drafts: [first, ...others] });
const refused = (sentence: string): Drafted => ({ kind: 'refused', sentence });
