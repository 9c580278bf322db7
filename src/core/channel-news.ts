/** What became of one message at each channel that it was for: who got it, when, by which receipt, and who did not. */
import type { Instant, RegionId } from './basics/brand';
import { isoTime } from './basics/time';
import type { Config } from './config/config';
import type { EntryOf } from './incident';
import { type About, isOfChannel, type LogEntry, type Receipt, type Undelivered } from './log';
import { aboutName } from './message/notice';
import type { ChannelNewsView } from './views';

export interface Sending {
  readonly about: About;
  /** That a topic accepted it, where one is known to. */
  readonly accepted: EntryOf<Receipt> | undefined;
  /** What the relays wrote down, of this and of other messages. */
  readonly outcomes: RelayOutcomes;
}

export type RelayOutcome = EntryOf<Receipt> | EntryOf<Undelivered>;

/** What the relays wrote down of channels, by the message that it is about. */
export type RelayOutcomes = ReadonlyMap<string, readonly RelayOutcome[]>;

const known = new WeakMap<readonly LogEntry[], RelayOutcomes>();

/** The same list is asked about at each look, for as long as nothing is added to it. */
export function relayOutcomes(entries: readonly LogEntry[]): RelayOutcomes {
  const found = known.get(entries) ?? outcomesIn(entries);
  known.set(entries, found);
  return found;
}

function outcomesIn(entries: readonly LogEntry[]): RelayOutcomes {
  const found = new Map<string, RelayOutcome[]>();
  for (const outcome of entries.flatMap(relayOutcome)) {
    const name = aboutName(outcome.body);
    const together = found.get(name);
    if (together === undefined) found.set(name, [outcome]);
    else together.push(outcome);
  }
  return found;
}

function relayOutcome(entry: LogEntry): readonly RelayOutcome[] {
  const { body } = entry;
  if (body.kind === 'undelivered') return [{ ...entry, body }];
  return body.kind === 'receipt' && body.channel !== undefined ? [{ ...entry, body }] : [];
}

/** Each channel once, in order of time. */
export function channelNews({ about, accepted, outcomes }: Sending, { channels }: Pick<Config, 'channels'>): readonly ChannelNewsView[] {
  const ofThis = outcomes.get(aboutName(about)) ?? [];
  const { relayed = [], subscribed = [] } = accepted?.body ?? {};
  const names = new Set([...relayed.filter((channel) => !isOfChannel(about.key, channel)), ...ofThis.flatMap(({ body }) => body.channel ?? [])]);
  const news = [
    ...[...names].map((channel): News => ({ channel, ...relayNews(channel, ofThis, accepted) })),
    ...(accepted === undefined ? [] : subscribed.map((channel): News => ({ channel, state: 'accepted', ...whereAndWhen(accepted), why: null }))),
  ];
  const kinds = new Map(channels.map((channel) => [channel.name, channel.kind] as const));
  return news
    .toSorted((one, other) => one.at - other.at || (one.channel < other.channel ? -1 : 1))
    .map(({ channel, at, ...rest }) => ({ channel, kind: kinds.get(channel) ?? null, ...rest, at: isoTime(at) }));
}

interface News extends Pick<ChannelNewsView, 'channel' | 'state' | 'why'> {
  readonly region: RegionId;
  readonly at: Instant;
}

/** Whoever brought it first; else how it was tried last; else it is on its way. */
function relayNews(channel: string, outcomes: readonly RelayOutcome[], accepted: EntryOf<Receipt> | undefined): Omit<News, 'channel'> {
  const own = outcomes.filter(({ body }) => body.channel === channel).toSorted((one, other) => one.at - other.at);
  const taken = own.find(({ body }) => body.kind === 'receipt');
  if (taken !== undefined) return { state: 'delivered', ...whereAndWhen(taken), why: null };
  const last = own.at(-1);
  if (last !== undefined) return { state: 'undelivered', ...whereAndWhen(last), why: last.body.kind === 'undelivered' ? last.body.why : null };
  if (accepted === undefined) throw new Error(`nothing is known of ${channel}`);
  return { state: 'under-way', ...whereAndWhen(accepted), why: null };
}

const whereAndWhen = ({ region, at }: EntryOf<Receipt | Undelivered>): Pick<News, 'region' | 'at'> => ({ region, at });
