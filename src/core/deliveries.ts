/** What the logs say of messages on their way to channels: which came, which did not, and which channels are known to work. */
import type { Instant, RegionId } from './basics/brand';
import { day, minute } from './basics/time';
import { isRelayed, type RelayChannel } from './config/channels/channel';
import type { Config } from './config/config';
import { type About, isOfChannel, type LogEntry, type Receipt } from './log';
import { aboutName } from './message/notice';

/** Whether any region's relay brought this to the channel. */
export const deliveredTo = (entries: readonly LogEntry[], channel: string, about: About): boolean =>
  entries.some(({ body }) => body.kind === 'receipt' && body.channel === channel && aboutName(body) === aboutName(about));

/** One channel as one region tells it. */
export interface Line {
  readonly channel: string;
  readonly region: RegionId;
}

export interface Outcome {
  readonly at: Instant;
  readonly isGood: boolean;
  readonly why: string;
}

/** How the newest message fared that the region's relay brought there, a test or not. */
export const newestOutcome = (entries: readonly LogEntry[], line: Line): Outcome | undefined => outcomesOf(entries).get(nameOf(line))?.last;

/** When the channel was known last to be reached from there, by what it took or by somebody who said so. */
export const provenAt = (entries: readonly LogEntry[], line: Line): Instant | undefined => outcomesOf(entries).get(nameOf(line))?.good?.at;

interface Outcomes {
  readonly last: Outcome;
  readonly good: Outcome | undefined;
}

const known = new WeakMap<readonly LogEntry[], ReadonlyMap<string, Outcomes>>();

/** The same list is asked about at each look, for as long as nothing is added to it. */
function outcomesOf(entries: readonly LogEntry[]): ReadonlyMap<string, Outcomes> {
  const found = known.get(entries) ?? outcomesIn(entries);
  known.set(entries, found);
  return found;
}

function outcomesIn(entries: readonly LogEntry[]): ReadonlyMap<string, Outcomes> {
  const found = new Map<string, Outcomes>();
  for (const entry of entries) {
    const outcome = outcomeIn(entry);
    if (outcome === undefined) continue;
    const before = found.get(outcome.name);
    const last = before !== undefined && before.last.at > outcome.at ? before.last : outcome;
    const isNewestGood = outcome.isGood && !(before?.good !== undefined && before.good.at > outcome.at);
    found.set(outcome.name, { last, good: isNewestGood ? outcome : before?.good });
  }
  return found;
}

const nameOf = ({ channel, region }: Line): string => `${channel}@${region}`;

function outcomeIn({ region, at, body }: LogEntry): (Outcome & { readonly name: string }) | undefined {
  if (!('channel' in body) || body.channel === undefined) return undefined;
  const name = nameOf({ channel: body.channel, region });
  if (body.kind === 'receipt') return { name, at, isGood: true, why: 'it took the newest message' };
  if (body.kind === 'undelivered') return { name, at, isGood: false, why: body.why };
  return { name, at, isGood: body.how !== 'failed', why: body.why ?? `test ${body.number} was ${body.how}` };
}

const newest = <One extends { readonly at: Instant }>(all: readonly One[]): One | undefined =>
  all.reduce<One | undefined>((last, one) => (last === undefined || one.at >= last.at ? one : last), undefined);

/** For so long a channel counts as working after it was seen to. */
export const provenForMs = 7 * day;

/**
 * Regions whose topic is known to reach somebody: a message that it has accepted is as good as told. Where nothing is known of any
 * topic there is nothing to choose by, and an accepted message counts everywhere.
 */
export function countingTopics(entries: readonly LogEntry[], { now, channels }: { readonly now: Instant; readonly channels: readonly string[] }) {
  const reaching = new Set<RegionId>();
  for (const { region, at, body } of entries) {
    const isProof = (body.kind === 'receipt' && body.channel !== undefined) || (body.kind === 'proof' && body.how !== 'failed');
    if (isProof && body.channel !== undefined && channels.includes(body.channel) && now - at < provenForMs) reaching.add(region);
  }
  return { counts: (topic: RegionId): boolean => reaching.size === 0 || reaching.has(topic) };
}

/** What a receipt says of the channels that the relay, or SNS itself, is to bring it to; `channels` are those that it is for, all where it does not say. */
export function meantFor(config: Pick<Config, 'channels'>, channels: readonly string[] | undefined): Pick<Receipt, 'relayed' | 'subscribed'> {
  const wanted = config.channels.filter(({ name }) => channels === undefined || channels.includes(name));
  const relayed = wanted.filter(isRelayed).map(({ name }) => name);
  const subscribed = wanted.filter((channel) => !isRelayed(channel)).map(({ name }) => name);
  return { ...(relayed.length === 0 ? {} : { relayed }), ...(subscribed.length === 0 ? {} : { subscribed }) };
}

/** What was told so long ago, and has not come, is no news any more. */
const owedForMs = day;
/** So long the relay itself may take before anything is known. */
const relayMs = 2 * minute;
const longestPauseMs = 30 * minute;

export interface Owed {
  readonly channel: RelayChannel;
  readonly receipt: Receipt;
}

/** What this region's topic has accepted and a channel has not got, and is due to be tried again. */
export function owedNow(
  entries: readonly LogEntry[],
  of: { readonly me: RegionId; readonly now: Instant; readonly channels: readonly RelayChannel[] },
): readonly Owed[] {
  const accepted = entries.flatMap(({ region, at, body }) =>
    region === of.me && body.kind === 'receipt' && body.channel === undefined && of.now - at < owedForMs ? [{ at, receipt: body }] : [],
  );
  if (accepted.length === 0) return [];
  return of.channels.flatMap((channel) => accepted.filter((one) => isDue(entries, { ...one, channel, ...of })).map(({ receipt }) => ({ channel, receipt })));
}

interface Question {
  readonly at: Instant;
  readonly receipt: Receipt;
  readonly channel: RelayChannel;
  readonly me: RegionId;
  readonly now: Instant;
}

function isDue(entries: readonly LogEntry[], { at, receipt, channel, me, now }: Question): boolean {
  const { name } = channel;
  // That a channel does not take messages is no news to that channel.
  if (isOfChannel(receipt.key, name)) return false;
  // A page must never come after what has been told as resolved, nor a step after the one that followed it.
  const isOver = entries.some(({ at: then, body }) => body.kind === 'receipt' && body.channel === name && body.incident === receipt.incident && then >= at);
  if (isOver || deliveredTo(entries, name, receipt)) return false;
  const failures = entries.filter(
    ({ region, body }) => region === me && body.kind === 'undelivered' && body.channel === name && aboutName(body) === aboutName(receipt),
  );
  const last = newest(failures);
  if (last === undefined) return receipt.relayed?.includes(name) === true && now - at >= relayMs;
  return now - last.at >= Math.min(longestPauseMs, minute * 2 ** (failures.length - 1));
}
