/** What channels of the relay have not got: found by the watchdog, told on the other channels, and handed to the relay again. */
import { channelFinding } from '../core/channel-finding';
import type { Finding } from '../core/conclusion';
import { isRelayed } from '../core/config/channels/channel';
import { owedNow } from '../core/deliveries';
import { type Incident, isAbout, isOpen } from '../core/incident';
import type { Receipt } from '../core/log';
import { wordsFor } from '../core/message/message';
import { incidentsOf, logEntries } from './region-log';
import { hasTimeFor } from './time-left';
import { within } from './within';
import { publishLimitMs, type World } from './world';

/** Of each channel; also of one that is gone, while something is open about it. */
export function channelFindings(world: World, latest: ReadonlyMap<string, Incident>): readonly Finding[] {
  const { self, ports, memory } = world;
  if (self.role !== 'watchdog') return [];
  const { region: me, config } = self;
  const entries = logEntries(memory.log);
  const open = [...latest.values()].filter((incident) => isOpen(incident) && incident.subject.startsWith('channel:') && incident.subject.endsWith(`@${me}`));
  const gone = open
    .map(({ subject }) => subject.slice('channel:'.length, -`@${me}`.length))
    .filter((name) => config.channels.every((one) => one.name !== name));
  const names = [...config.channels.map(({ name }) => name), ...gone];
  const asked = { me, now: ports.clock.now(), entries, newest: memory.vigils.get(me)?.newest };
  return names
    .map((name) => channelFinding({ ...asked, name, channel: config.channels.find((one) => one.name === name) }))
    .filter(({ about, condition }) => {
      return condition !== 'well' || latest.has(about.key);
    });
}

/** At most so many in one vigil: a channel that comes back must not be flooded. */
const mostAtOnce = 10;

/** Hands the relay of this region what is due to be tried again. */
export async function redeliver(world: World): Promise<void> {
  const { self, ports, memory } = world;
  const channels = self.config.channels.filter(isRelayed);
  if (channels.length === 0) return;
  const entries = logEntries(memory.log);
  const owed = owedNow(entries, { me: self.region, now: ports.clock.now(), channels });
  const handed = memory.handed;
  for (const { channel, receipt } of owed.slice(0, mostAtOnce)) {
    const name = `${channel.name} ${receipt.messageId} ${entries.length}`;
    if (handed.has(name)) continue;
    if (!hasTimeFor(world, publishLimitMs)) return;
    handed.add(name);
    await hand(world, channel.name, receipt);
  }
  if (owed.length === 0) handed.clear();
}

async function hand(world: World, channel: string, receipt: Receipt): Promise<void> {
  const { kind: _, level: __, topic: ___, messageId: ____, relayed: _____, subscribed: ______, ...about } = receipt;
  const { self, ports, memory } = world;
  for (const incident of incidentsOf(memory.log)) {
    const transition = incident.transitions.find((step) => isAbout(about, incident, step, about.as));
    if (transition === undefined) continue;
    const words = wordsFor({ incident, transition, reason: 'not-delivered-yet', by: self.region, now: ports.clock.now() });
    const outcome = await within(ports.clock, publishLimitMs, ports.relay.hand({ ...words, about }, [channel]));
    ports.diary.note('handed to the relay again', { channel, incident: incident.id, error: outcome.kind === 'failed' ? outcome.error : undefined });
    return;
  }
}
