/** A message as the relay got it from a topic: what a channel needs to put it into its own form. */
import type { Severity } from '../config/config';
import type { About } from '../log';
import { isRecord } from './record';

export interface Notice {
  /** Names it for ever, the same wherever it is sent again: a receiver may drop what it has. */
  readonly id: string;
  /** What it calls for at a receiver that keeps incidents itself. */
  readonly calls: 'trigger' | 'acknowledge' | 'resolve' | 'test';
  /** What incidents of it are known by. */
  readonly key: string;
  readonly severity: Severity;
  /** The one line that can be read on a watch. */
  readonly headline: string;
  /** Everything below the headline. */
  readonly details: string;
  /** The region whose topic told it. */
  readonly region: string;
  /** ISO time. */
  readonly at: string;
  /** One JSON object for programs. */
  readonly event: Readonly<Record<string, unknown>>;
  /** What it is about, as a receipt says it; absent of what nobody has recorded, such as the alarms of CloudWatch. */
  readonly about?: About | undefined;
  /** The number of a test. */
  readonly number?: number | undefined;
}

/** The kind of the event that is a sign of life, and nothing else. */
export const alwaysOnKind = 'always-on';

/** A message as the topic hands it over. */
export interface TopicMessage {
  readonly messageId: string;
  /** Empty where it has none. */
  readonly subject: string;
  readonly message: string;
  readonly region: string;
  /** ISO time. */
  readonly at: string;
}

/** What our functions publish for the relay. */
export interface RelayBody {
  readonly text: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly about?: About | undefined;
}

/** Whatever was published: what is not of our own form is passed on as it is, and never dropped. */
export function noticeOf(message: TopicMessage): Notice {
  const body = parsed(message.message);
  if (isRecord(body) && typeof body.text === 'string' && isRecord(body.event)) return ownNotice(message, { ...body, text: body.text, event: body.event });
  if (isRecord(body) && typeof body.AlarmName === 'string') return alarmNotice(message, body, body.AlarmName);
  return foreignNotice(message);
}

function ownNotice({ messageId, region, at }: TopicMessage, { text, event, about }: RelayBody): Notice {
  const [headline = '', ...lines] = text.split('\n');
  const number = typeof event.number === 'number' ? { number: event.number } : {};
  return {
    id: about === undefined ? messageId : aboutName(about),
    calls: callOf(event.kind),
    key: typeof event.key === 'string' ? event.key : messageId,
    severity: severityIn(event.severity),
    headline,
    details: lines.join('\n'),
    region,
    at,
    event,
    ...(about === undefined ? {} : { about }),
    ...number,
  };
}

/** For a receiver that keeps incidents itself: what tells several of them at once is one notice for each, or none of them would be closed there. */
export function partsOf(notice: Notice): readonly Notice[] {
  const { kind, incidents } = notice.event;
  const parts = kind === 'several' && Array.isArray(incidents) ? incidents.filter(isRecord) : [];
  return parts.length === 0 ? [notice] : parts.map((event, index) => partOf(notice, event, index));
}

function partOf(notice: Notice, event: Readonly<Record<string, unknown>>, index: number): Notice {
  const { kind, key, severity, headline } = event;
  return {
    ...notice,
    id: `${notice.id}|${index + 1}`,
    calls: callOf(kind),
    key: typeof key === 'string' ? key : notice.key,
    severity: severityIn(severity),
    headline: typeof headline === 'string' ? headline : notice.headline,
    event,
  };
}

function callOf(kind: unknown): Notice['calls'] {
  if (kind === 'resolved') return 'resolve';
  if (kind === 'acknowledged') return 'acknowledge';
  return kind === 'test' || kind === alwaysOnKind ? 'test' : 'trigger';
}

const severities: readonly unknown[] = ['page', 'ticket', 'note'] satisfies readonly Severity[];
const severityIn = (value: unknown): Severity => (severities.includes(value) ? (value as Severity) : 'page');

/** What is told of one step of one incident, and nothing else, has this name. */
export function aboutName(about: About): string {
  const { incident, transition, condition, entry = '-', as = '-' } = about;
  // Of what is said again, which time it is.
  const minutes = 'minutes' in about ? String(about.minutes) : '-';
  return [incident, transition, condition, entry, as, minutes].join('|');
}

/** An alarm belongs to the incident that its description names: a receiver that has that one needs no second. */
function alarmNotice({ messageId, region, at }: TopicMessage, alarm: Readonly<Record<string, unknown>>, name: string): Notice {
  const state = String(alarm.NewStateValue);
  const description = String(alarm.AlarmDescription ?? '');
  const isOver = state === 'OK';
  return {
    id: messageId,
    calls: isOver ? 'resolve' : 'trigger',
    key: /belongs to the incident (\S+?),? /.exec(description)?.[1] ?? `alarm:${region}:${name}`,
    severity: 'page',
    headline: isOver ? `RESOLVED alarm ${name} in ${region} is OK` : `PAGE alarm ${name} in ${region} is in ${state}`,
    details: [description, `because: ${String(alarm.NewStateReason ?? 'CloudWatch does not say')}`, `told by: CloudWatch in ${region}`].join('\n'),
    region,
    at,
    event: { version: 1, kind: 'alarm', state, ...alarm },
  };
}

/** Somebody else who may publish here did: it may matter. */
function foreignNotice({ messageId, subject, message, region, at }: TopicMessage): Notice {
  const [first = ''] = message.split('\n');
  const headline = subject === '' ? first.slice(0, 200) : subject;
  return {
    id: messageId,
    calls: 'trigger',
    key: `topic:${region}:${headline}`,
    severity: 'ticket',
    headline,
    details: message,
    region,
    at,
    event: { kind: 'foreign', message },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
