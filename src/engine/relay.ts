/** What the relay does with a message of its region's topic: brings it to every channel that SNS cannot reach, and writes down what became of it. */
import type { RegionId } from '../core/basics/brand';
import { day, hour, second } from '../core/basics/time';
import { channelKey } from '../core/channel-finding';
import { isForHelpers, isRelayed, keepsIncidents, type RelayChannel } from '../core/config/channels/channel';
import { allRegions } from '../core/config/config';
import { deliveredTo, newestOutcome } from '../core/deliveries';
import { isOfChannel, type LogBody } from '../core/log';
import { alwaysOnKind, type Notice, noticeOf, partsOf, type TopicMessage } from '../core/message/notice';
import type { Channels, Delivered, Invocation, Ports } from './ports';
import { append, catchUp, logEntries, readLogs } from './region-log';
import { writersOf } from './store';
import { sleep, within } from './within';
import { homeLimitMs, type Logging } from './world';

export interface RelayWorld extends Logging {
  readonly self: Logging['self'] & { readonly role: 'relay' };
  readonly ports: Pick<Ports, 'clock' | 'replica' | 'diary'> & { readonly channels: Channels };
  readonly invocation: Invocation;
}

export interface Relayed extends TopicMessage {
  /** The channels it is meant for; all where it does not say. */
  readonly channels: readonly string[] | undefined;
}

type Outcome = Delivered | { readonly kind: 'had-it' };

/** Throws where something was not delivered and could not be written down either: then Lambda brings the message again. */
export async function relay(world: RelayWorld, message: Relayed): Promise<void> {
  const { self } = world;
  const notice = noticeOf(message);
  const isWanted = (channel: RelayChannel): boolean => message.channels === undefined || message.channels.includes(channel.name);
  const channels = self.config.channels.filter(isRelayed).filter((channel) => isWanted(channel) && (isOurOwn(notice) || isForHelpers(channel)));
  if (channels.length === 0) return;
  if (notice.about !== undefined) await readEverything(world);
  const inTurn = oneByOne();
  const outcomes = await Promise.all(
    channels.map(async (channel) => {
      const outcome = await brought(world, channel, notice);
      return inTurn(() => remembered(world, { channel, notice, message, outcome }));
    }),
  );
  const left = channels.filter((_channel, index) => outcomes[index] === 'lost').map(({ name }) => name);
  if (left.length > 0) throw new Error(`not delivered to ${left.join(', ')}, and not written down`);
}

/** Alarms of CloudWatch, and what somebody else says to the topic, are for whoever is to help. */
const isOurOwn = ({ about, number, event }: Notice): boolean => about !== undefined || number !== undefined || event.kind === alwaysOnKind;

/** What others have delivered already need not come twice. Who cannot read it delivers all the same. */
async function readEverything({ self, ports, memory }: RelayWorld): Promise<void> {
  const regions: readonly RegionId[] = allRegions(self.config.regions);
  const writers = regions.flatMap((region) => writersOf(region, regions));
  const outcome = await within(ports.clock, homeLimitMs, readLogs(memory.log, ports.replica(self.region), writers, ports.clock.now()));
  if (outcome.kind === 'failed') ports.diary.note('log not read', { replica: self.region, error: outcome.error });
}

/** Longer than anybody takes who takes it at all. */
const tryLimitMs = 8 * second;
const leastTryMs = 2 * second;
/** What is left of an invocation for writing down how it ended. */
const spareMs = 5 * second;
const pausesMs: readonly number[] = [second, 4 * second, 12 * second];

async function brought({ self, ports, memory, invocation }: RelayWorld, channel: RelayChannel, notice: Notice): Promise<Outcome> {
  if (notice.calls !== 'resolve' && isOfChannel(notice.key, channel.name)) return { kind: 'had-it' };
  if (notice.about !== undefined && deliveredTo(logEntries(memory.log), channel.name, notice.about)) return { kind: 'had-it' };
  for (let tries = 0; ; tries += 1) {
    const limitMs = Math.min(tryLimitMs, Math.max(leastTryMs, invocation.remainingMs() - spareMs));
    const outcome = await tried(ports, { channel, notice, limitMs });
    ports.diary.note('relayed', { channel: channel.name, notice: notice.id, region: self.region, tries: tries + 1, ...outcome });
    const pauseMs = pausesMs[tries];
    if (outcome.kind !== 'failed' || pauseMs === undefined) return outcome;
    const waitMs = Math.max(pauseMs, outcome.retryAfterMs ?? 0);
    if (invocation.remainingMs() < waitMs + leastTryMs + spareMs) return outcome;
    await sleep(ports.clock, waitMs);
  }
}

interface Try {
  readonly channel: RelayChannel;
  readonly notice: Notice;
  readonly limitMs: number;
}

/** Of several parts all must arrive; one that arrives twice changes nothing where incidents are kept by their key. */
async function tried({ clock, channels }: RelayWorld['ports'], { channel, notice, limitMs }: Try): Promise<Delivered> {
  for (const part of keepsIncidents(channel) ? partsOf(notice) : [notice]) {
    const outcome = await within(clock, limitMs + second, channels.deliver(channel, part, limitMs));
    if (outcome.kind !== 'done') return { kind: 'failed', reason: outcome.error };
    if (outcome.value.kind !== 'delivered') return outcome.value;
  }
  return { kind: 'delivered' };
}

interface Remembered {
  readonly channel: RelayChannel;
  readonly notice: Notice;
  readonly message: TopicMessage;
  readonly outcome: Outcome;
}

/** Of what nobody has recorded, such as an alarm of CloudWatch, nothing can be left to the next vigil. */
async function remembered(world: RelayWorld, { channel, notice, message, outcome }: Remembered): Promise<'settled' | 'lost'> {
  const { about, number } = notice;
  if (outcome.kind === 'had-it') return 'settled';
  if (number !== undefined) return proved(world, { channel: channel.name, number, outcome });
  if (notice.event.kind === alwaysOnKind) return echoed(world, channel.name, outcome);
  if (about === undefined) return outcome.kind === 'failed' ? 'lost' : 'settled';
  const { name } = channel;
  if (outcome.kind === 'delivered') {
    await appended(world, { ...about, kind: 'receipt', level: 'delivered', topic: world.self.region, messageId: message.messageId, channel: name });
    return 'settled';
  }
  return (await appended(world, { ...about, kind: 'undelivered', channel: name, why: outcome.reason })) ? 'settled' : 'lost';
}

interface Proved {
  readonly channel: string;
  readonly number: number;
  readonly outcome: Delivered;
}

async function proved(world: RelayWorld, { channel, number, outcome }: Proved): Promise<'settled'> {
  const how = outcome.kind === 'delivered' ? { how: 'delivered' as const } : { how: 'failed' as const, why: outcome.reason };
  await appended(world, { kind: 'proof', key: channelKey(channel, world.self.region), channel, number, ...how });
  return 'settled';
}

/** Each hour would fill the log: what came is written down once a day, and what changes at once. */
async function echoed(world: RelayWorld, channel: string, outcome: Delivered): Promise<'settled'> {
  await readEverything(world);
  const { self, ports, memory } = world;
  const last = newestOutcome(logEntries(memory.log), { channel, region: self.region });
  const isKnown = last?.isGood === (outcome.kind === 'delivered') && ports.clock.now() - last.at < day - hour;
  return isKnown ? 'settled' : proved(world, { channel, number: 0, outcome });
}

/** So many others may write at the same time. */
const mostTries = 6;

/** Whether a replica has it. */
async function appended(world: RelayWorld, body: LogBody): Promise<boolean> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const outcome = await append(world, body);
    if (outcome !== 'overtaken') return outcome === 'appended';
    await catchUp(world);
  }
  return false;
}

/** Two entries of one function must not want the same number. */
function oneByOne(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
