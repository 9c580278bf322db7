/** What a region's watchdog finds of a channel, as its own topic reaches it: nobody else can. */
import { type Instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { ageText, day, utcTime } from './basics/time';
import type { Finding } from './conclusion';
import { severityOf } from './condition';
import { alwaysOnOf, isRelayed } from './config/channels/channel';
import type { Channel } from './config/config';
import { newestOutcome, provenAt, provenForMs } from './deliveries';
import { channelSubject, dedupKey, type LogEntry } from './log';

export const channelKey = (channel: string, region: RegionId): string => dedupKey(channelSubject(channel, region), 'channel');

export interface ChannelQuestion {
  readonly me: RegionId;
  readonly now: Instant;
  /** Undefined where the configuration no longer has it. */
  readonly channel: Channel | undefined;
  readonly name: string;
  readonly entries: readonly LogEntry[];
  /** Of the watch records of this region. */
  readonly newest: Slot | undefined;
}

export function channelFinding(question: ChannelQuestion): Finding {
  const { me, name, channel, newest } = question;
  const { condition, reason } = conditionOf(question);
  const severity = condition === 'well' ? 'ticket' : severityOf(condition, { lastsMs: 0 });
  return {
    condition,
    reason,
    evidence: { [me]: newest ?? slotAt(0) },
    about: {
      key: channelKey(name, me),
      subject: channelSubject(name, me),
      family: 'channel',
      // Nobody says of a mail that it was read: who does not confirm tests is not to be bothered each week.
      severity: condition === 'unproven' && channel !== undefined && !isRelayed(channel) ? 'note' : severity,
      certainty: 'single-witness',
      speaker: me,
    },
    facts: () => factsOf(question),
  };
}

/** A sign of life goes there each hour, and is written down once a day. */
const echoedForMs = 2 * day;

function conditionOf({ me, now, name, channel, entries }: ChannelQuestion): {
  readonly condition: 'well' | 'undelivered' | 'unproven';
  readonly reason: string;
} {
  if (channel === undefined) return { condition: 'well', reason: 'it is no longer configured' };
  const line = { channel: name, region: me };
  const outcome = newestOutcome(entries, line);
  if (outcome === undefined) return { condition: 'well', reason: 'nothing was brought there yet' };
  if (!outcome.isGood) return { condition: 'undelivered', reason: `the newest message did not come: ${outcome.why}` };
  const proven = provenAt(entries, line) ?? outcome.at;
  const limitMs = channel !== undefined && alwaysOnOf(channel) !== undefined ? echoedForMs : provenForMs;
  if (now - proven < limitMs) return { condition: 'well', reason: outcome.why };
  return { condition: 'unproven', reason: `nothing has been seen to come there for ${ageText(now - proven)}` };
}

function factsOf({ me, name, entries, now }: ChannelQuestion): readonly string[] {
  const proven = provenAt(entries, { channel: name, region: me });
  const last =
    proven === undefined ? 'nothing ever came there from this region' : `what came there last came at ${utcTime(proven)} (${ageText(now - proven)} ago)`;
  return [`the topic of ${me} tells ${name}`, last, 'the other channels are told all the same; what did not come is tried again for a day'];
}
