/**
 * Many things that are due at once become few messages: what has one cause is told as one, and beyond the cap everything is gathered, every
 * half minute. Nothing is left out, and what is said of the watch itself always leaves by itself.
 */
import type { Instant } from './basics/brand';
import { minute } from './basics/time';
import type { Cap } from './config/config';
import type { Decision } from './decision';
import type { Incident, IncidentTransition } from './incident';
import type { LogEntry } from './log';
import type { Channels } from './route';

/** Something that is due, with what it is about. */
export interface Due {
  readonly say: Extract<Decision, { kind: 'say' }>;
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  readonly channels: Channels;
}

export interface Gathered {
  readonly dues: readonly [Due, ...Due[]];
  /** Why it tells several things at once. */
  readonly because?: { readonly kind: 'cause'; readonly cause: string } | { readonly kind: 'cap'; readonly cap: Cap } | undefined;
}

export interface Room {
  readonly cap: Cap;
  /** When the messages left that are known, and when the last one that was gathered for the cap. */
  readonly sentAt: readonly Instant[];
  readonly lastDigestAt: Instant | undefined;
  readonly now: Instant;
}

export const usualCap: Cap = { messages: 20, withinMs: 10 * minute };
export const digestEveryMs = minute / 2;
/** More than so many monitors with one cause are told as one. */
const mostAlone = 5;
/** So many fit into one entry of a log. */
const mostTogether = 100;

export function roomIn(entries: readonly LogEntry[], { cap, now }: Pick<Room, 'cap' | 'now'>): Room {
  const sent = entries.filter(({ at, body }) => body.kind === 'announced' && at > now - Math.max(cap.withinMs, digestEveryMs) && at <= now);
  const digests = sent.flatMap(({ at, body }) => (body.kind === 'announced' && body.gathered === 'cap' ? [at] : []));
  return { cap, now, sentAt: sent.map(({ at }) => at).filter((at) => at > now - cap.withinMs), lastDigestAt: digests.toSorted((a, b) => b - a)[0] };
}

/** Whether messages are gathered now: then others wait so much longer for their turn. */
export const isFull = ({ sentAt, cap }: Room): boolean => sentAt.length >= cap.messages;

/** Whether what is due waits for the next gathering. */
export const isHeld = (room: Room): boolean => isFull(room) && isTooSoon(room);

const isTooSoon = ({ lastDigestAt, now }: Room): boolean => lastDigestAt !== undefined && now - lastDigestAt < digestEveryMs;

/** `held`: what waits for the next gathering. */
export function gather(dues: readonly Due[], room: Room): { readonly messages: readonly Gathered[]; readonly held: readonly Due[] } {
  const free = dues.filter(({ incident }) => incident.family !== 'availability').map(alone);
  const single = dues.filter(({ incident }) => incident.family === 'availability');
  const gathered = byCause(single);
  const left = Math.max(0, room.cap.messages - room.sentAt.length - free.length);
  if (gathered.length <= left) return { messages: [...free, ...gathered], held: [] };
  const beyond = gathered.slice(left).flatMap(({ dues: some }) => some);
  const { together, again } = onceEach(beyond);
  const digests = isTooSoon(room) ? [] : piecesOf(together).flatMap((piece) => gatheredOf(piece, { kind: 'cap', cap: room.cap }));
  return { messages: [...free, ...gathered.slice(0, left), ...digests], held: isTooSoon(room) ? beyond : again };
}

const alone = (due: Due): Gathered => ({ dues: [due] });

const gatheredOf = ([first, ...others]: readonly Due[], because: NonNullable<Gathered['because']>): readonly Gathered[] =>
  first === undefined ? [] : [{ dues: [first, ...others], because }];

/** The cause that explains most comes first. */
function byCause(dues: readonly Due[]): readonly Gathered[] {
  const groups = new Map<string, Due[]>();
  for (const due of dues) {
    for (const cause of causesOf(due)) {
      const name = `${due.say.about.transition} ${channelsText(due.channels)} ${cause}`;
      groups.set(name, [...(groups.get(name) ?? []), due]);
    }
  }
  const [largest] = [...groups.values()].sort((one, other) => subjectsOf(other) - subjectsOf(one));
  if (largest === undefined || subjectsOf(largest) <= mostAlone) return dues.map(alone);
  const { together } = onceEach(largest);
  const cause = sharedCause(together);
  const rest = dues.filter((due) => !together.includes(due));
  return [...piecesOf(together).flatMap((piece) => gatheredOf(piece, { kind: 'cause', cause })), ...byCause(rest)];
}

/** Only what begins or ends is told together: a reminder is about one incident. */
function causesOf({ say, incident }: Due): readonly string[] {
  if (say.about.as !== undefined || say.about.transition === 'changed') return [];
  return [...new Set(incident.transitions.flatMap(({ entries }) => entries.flatMap(({ body }) => (body.kind === 'resolved' ? [] : (body.causes ?? [])))))];
}

const subjectsOf = (dues: readonly Due[]): number => new Set(dues.map(({ incident }) => incident.subject)).size;

/** The first that all of them have. */
function sharedCause(dues: readonly Due[]): string {
  const [first, ...others] = dues.map(causesOf);
  return first?.find((cause) => others.every((causes) => causes.includes(cause))) ?? '';
}

const channelsText = (channels: Channels): string => (channels === 'all' ? 'all' : channels.join());

/** One message tells one thing of each incident. */
function onceEach(dues: readonly Due[]): { readonly together: readonly Due[]; readonly again: readonly Due[] } {
  const keys = new Set<string>();
  const together = dues.filter(({ incident }) => !keys.has(incident.key) && keys.add(incident.key));
  return { together, again: dues.filter((due) => !together.includes(due)) };
}

/** The same in two messages, where one would be too long; one thing alone cannot be told in two. */
export function halves({ dues, because }: Gathered): readonly Gathered[] {
  const middle = Math.ceil(dues.length / 2);
  return [dues.slice(0, middle), dues.slice(middle)].flatMap(([first, ...others]) => (first === undefined ? [] : [{ dues: [first, ...others], because }]));
}

/** Whoever is told of one must be told of all of them. */
function piecesOf(dues: readonly Due[]): readonly (readonly Due[])[] {
  const byChannels = new Map<string, Due[]>();
  for (const due of dues) byChannels.set(channelsText(due.channels), [...(byChannels.get(channelsText(due.channels)) ?? []), due]);
  return [...byChannels.values()].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / mostTogether) }, (_, index) => some.slice(index * mostTogether, (index + 1) * mostTogether)),
  );
}
