/** What the receiver got, held against what happened and against the logs: nobody untold, and nothing told more often than promised. */
import { second } from '../../src/core/basics/time';
import type { LogEntry } from '../../src/core/log';
import { regions } from './killable-system';
import type { Outage, Received } from './little-world';

export interface Told {
  /** Different messages of incidents, and of alarms. */
  readonly messages: number;
  readonly alarms: number;
  /** The same message, delivered once more: SNS promises at least once. */
  readonly repeatedDeliveries: number;
  readonly transitions: number;
  /** How many transitions were told once, twice … */
  readonly times: Readonly<Record<string, number>>;
  readonly tooOften: readonly string[];
  /** Messages that no log knows. */
  readonly unrecorded: readonly string[];
  /** Messages that a topic had accepted and the receiver never got. */
  readonly undelivered: readonly string[];
}

/** At most one message of a transition from each region. */
const mostTimes = regions.length;

export function toldOf(received: readonly Received[], entries: readonly LogEntry[]): Told {
  const distinct = [...new Map(received.map((one) => [one.messageId, one])).values()];
  const messages = distinct.filter(({ message }) => message.incident !== undefined);
  const alarms = distinct.length - messages.length;
  const counts = countsOf(messages);
  const times: Record<string, number> = {};
  for (const count of counts.values()) times[count] = (times[count] ?? 0) + 1;
  const tooOften = [...counts].filter(([, count]) => count > mostTimes).map(([name, count]) => `${count} times: ${name}`);
  const repeatedDeliveries = received.length - distinct.length;
  const recorded = { unrecorded: unrecordedOf(messages, entries), undelivered: undeliveredOf(received, entries) };
  return { messages: messages.length, alarms, repeatedDeliveries, transitions: counts.size, times, tooOften, ...recorded };
}

/** By incident, whatever it was called when it was told, and by what was said of it. */
function countsOf(messages: readonly Received[]): ReadonlyMap<string, number> {
  const nowCalled = new Map<string, string>();
  for (const { message } of messages) for (const alias of listOf(message.aliases)) nowCalled.set(alias, String(message.incident));
  const counts = new Map<string, number>();
  for (const { message } of messages) {
    let incident = String(message.incident);
    for (let later = nowCalled.get(incident); later !== undefined && later !== incident; later = nowCalled.get(incident)) incident = later;
    const name = [incident, message.kind, message.headline].join(' ');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function unrecordedOf(messages: readonly Received[], entries: readonly LogEntry[]): readonly string[] {
  const known = new Set(entries.flatMap(({ region, body }) => (body.kind === 'announced' ? [`${region} ${body.incident} ${body.text}`] : [])));
  return messages.flatMap(({ message, messageId }) => {
    const ids = [String(message.incident), ...listOf(message.aliases)];
    const isKnown = ids.some((id) => known.has(`${message.region} ${id} ${message.headline}`));
    return isKnown ? [] : [`${messageId}: ${message.headline} by ${message.region}, incident ${message.incident}`];
  });
}

function undeliveredOf(received: readonly Received[], entries: readonly LogEntry[]): readonly string[] {
  const got = new Set(received.map(({ messageId }) => messageId));
  return entries.flatMap(({ body, region, at }) =>
    body.kind === 'receipt' && !got.has(body.messageId)
      ? [`${body.messageId}: ${body.key} ${body.transition} by ${region}, accepted by the topic of ${body.topic} before ${new Date(at).toISOString()}`]
      : [],
  );
}

export interface OutagesTold {
  readonly outages: number;
  /** Those that lasted so long that they must be told. */
  readonly long: number;
  readonly boundMs: number;
  readonly told: number;
  readonly medianMs: number | null;
  readonly mostMs: number | null;
  readonly untold: readonly string[];
}

/**
 * A region whose prober is killed waits for the next minute of its schedule, one that is left alone takes twice two samples, and two more
 * regions may have to wait for their turn: so long an outage is seen and told whatever is killed, unless all of it is killed again and again.
 */
const boundMs = 150 * second;

/** A message counts from whenever: what was told only after it was over was told late, and not never. */
export function outagesTold(outages: readonly Outage[], received: readonly Received[]): OutagesTold {
  const toldAfter = outages.map((outage) => ({ outage, afterMs: toldAfterMs(outage, received) }));
  const long = toldAfter.filter(({ outage }) => outage.to - outage.from >= boundMs);
  const after = long.flatMap(({ afterMs }) => afterMs ?? []).sort((one, other) => one - other);
  return {
    ...{ outages: outages.length, long: long.length, boundMs, told: after.length },
    ...{ medianMs: after[Math.floor(after.length / 2)] ?? null, mostMs: after.at(-1) ?? null },
    untold: long.flatMap(({ outage, afterMs }) => (afterMs === undefined ? [`${outage.monitor} was down at ${new Date(outage.from).toISOString()}`] : [])),
  };
}

function toldAfterMs({ monitor, from, to }: Outage, received: readonly Received[]): number | undefined {
  const first = received.find(({ message }) => {
    const openedAt = Date.parse(String(message.openedAt));
    return message.monitor === monitor && openedAt >= from && openedAt <= to + 30 * second;
  });
  return first === undefined ? undefined : first.atMs - from;
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
