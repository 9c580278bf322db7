/** An event as subscribers may have it: the words of the feed, and nothing of who saw what. */
import { type Condition, conditions, type Family } from '../condition';
import { isRecord } from '../message/record';
import { isPublic, publicWords } from './public-words';

type Event = Readonly<Record<string, unknown>>;

/** Of several incidents those that are for subscribers. */
export function publicEvent(event: Event): Event {
  const { kind, incidents, at } = event;
  if (kind === 'test') return { version: 1, kind, headline: `Test ${String(event.number)}: nothing is wrong`, at };
  if (kind !== 'several' || !Array.isArray(incidents)) return { version: 1, ...publicPart(event), at };
  const parts = incidents.filter(isRecord).filter(isOfSubscribers).map(publicPart);
  return { version: 1, kind, headline: `${parts.length} services: ${parts.map(({ headline }) => String(headline)).join('; ')}`, incidents: parts, at };
}

/** Reminders, and who was called in, are no news to subscribers. */
function publicPart(event: Event): Event {
  const { incident, aliases, openedAt, resolvedAt } = event;
  const isOver = event.kind === 'resolved';
  return {
    kind: isOver ? 'ended' : event.kind === 'opened' ? 'begun' : 'changed',
    incident,
    aliases,
    ...(isNobody(event) ? {} : { service: event.subject }),
    headline: headlineOf(event, isOver),
    openedAt,
    endedAt: resolvedAt ?? null,
  };
}

function headlineOf(event: Event, isOver: boolean): string {
  if (isNobody(event)) return isOver ? 'Watching goes on' : 'Nobody watches';
  return isOver ? `${String(event.subject)} works again` : `${String(event.subject)} ${publicWords(conditionIn(event.condition)).now}`;
}

const isNobody = ({ subject }: Event): boolean => subject === 'monitoring';

const isOfSubscribers = ({ family, condition, key }: Event): boolean =>
  String(key).startsWith('monitoring:') || isPublic({ family: String(family) as Family, condition: conditionIn(condition) });

/** What is not known yet, such as that something is flapping, is told in the words that say least. */
const conditionIn = (value: unknown): Condition => conditions.find((one) => one === value) ?? 'unproven';
