/** Saying what is due: recorded before it is sent, receipted after. A crash in between repeats, and never loses. */

import { decideAll } from '../core/announcement';
import type { RegionId } from '../core/basics/brand';
import type { Finding } from '../core/conclusion';
import { allRegions } from '../core/config/config';
import type { Decision, SilenceReason } from '../core/decision';
import { countingTopics, relayedTo } from '../core/deliveries';
import { type Incident, type IncidentTransition, isAbout } from '../core/incident';
import type { About, LogEntry } from '../core/log';
import { headlineOf, wordsFor } from '../core/message/message';
import { arrangementsOf } from './arrangements';
import type { LogMemory } from './memory';
import type { Message } from './ports';
import { append, catchUp, foldedOf, logEntries } from './region-log';
import { within } from './within';
import { publishLimitMs, type World } from './world';

/** Silence that ends by itself. */
const unfinished: readonly SilenceReason[] = ['waiting-for-my-turn', 'not-found-by-me', 'being-sent'];

type Announced = 'settled' | 'waiting' | 'overtaken';

type Say = Extract<Decision, { kind: 'say' }>;

/**
 * `settled`: nothing is left to be said. `waiting`: something is, in a while.
 * `overtaken`: the other function of this region wrote first; read the log again and decide again.
 */
export async function announce(world: World, finds: ReadonlyMap<string, Finding['condition']>, readFrom?: RegionId): Promise<Announced> {
  const { self, ports, memory } = world;
  const { incidents, entries } = unsettled(memory.log);
  if (incidents.length === 0) return 'settled';
  const arranged = await arrangementsOf(world, readFrom ?? self.region);
  const listener = { me: self.region, now: ports.clock.now(), regions: allRegions(self.config.regions), finds, arranged };
  const { decisions: ofSteps, repeats, settled } = decideAll(incidents, entriesThatCount(world, entries), listener);
  settle(memory.log, settled);
  const decisions = [...ofSteps, ...[...repeats.values()].flat()];
  for (const decision of decisions) {
    if (decision.kind === 'note' && (await append(world, { ...decision.about, kind: 'noted' })) === 'overtaken') return 'overtaken';
    if (decision.kind === 'say' && (await say(world, decision, incidents)) === 'overtaken') return 'overtaken';
  }
  return decisions.some(isUnfinished) ? 'waiting' : 'settled';
}

/** What another region's topic has accepted does not count where nobody is known to hear that topic: then we speak in our turn as well. */
function entriesThatCount({ self, ports, memory }: World, entries: readonly LogEntry[]): readonly LogEntry[] {
  if (entries.length === 0) return entries;
  const channels = self.config.channels.map(({ name }) => name);
  const topics = countingTopics(logEntries(memory.log), { now: ports.clock.now(), channels });
  return entries.filter(({ region, body }) => region === self.region || body.kind !== 'receipt' || body.level === 'delivered' || topics.counts(body.topic));
}

/** Most of what a log tells was told long ago: only of what is left anything has to be decided. */
function unsettled(log: LogMemory): { readonly incidents: readonly Incident[]; readonly entries: readonly LogEntry[] } {
  const { keys, incidents } = foldedOf(log);
  const left = [...keys].filter(([, fold]) => fold.incidents.length > 0 && !log.settled.has(fold));
  if (left.length === 0) return { incidents: [], entries: [] };
  const names = new Set(left.map(([key]) => key));
  return { incidents: incidents.filter(({ key }) => names.has(key)), entries: left.flatMap(([, fold]) => fold.entries) };
}

function settle(log: LogMemory, settled: ReadonlySet<string>): void {
  const { keys } = foldedOf(log);
  for (const key of settled) {
    const fold = keys.get(key);
    if (fold !== undefined) log.settled.add(fold);
  }
}

function isUnfinished(decision: Decision): boolean {
  return decision.kind === 'silence' ? unfinished.includes(decision.reason) : decision.kind === 'note';
}

async function say(world: World, { about, reason, flaps }: Say, incidents: readonly Incident[]): Promise<'said' | 'overtaken'> {
  const matter = matterOf(about, incidents);
  if (matter === undefined) return 'said';
  const { body } = matter.transition.entries[0];
  const telling = { ...matter, flaps, again: about };
  const recorded = await append(world, {
    ...about,
    kind: 'announced',
    reason,
    text: headlineOf(telling),
    of: body.kind === 'resolved' ? body : undefined,
  });
  if (recorded === 'overtaken') return 'overtaken';
  const { region: by, config } = world.self;
  const words = wordsFor({ ...telling, reason, by, now: world.ports.clock.now(), runbookUrl: config.runbookUrl });
  const sent = await publish(world, { ...words, about });
  return sent === undefined ? 'said' : receipt(world, about, sent);
}

function matterOf(about: About, incidents: readonly Incident[]): { readonly incident: Incident; readonly transition: IncidentTransition } | undefined {
  for (const incident of incidents) {
    const transition = incident.transitions.find((candidate) => isAbout(about, incident, candidate, about.as));
    if (transition !== undefined) return { incident, transition };
  }
  return undefined;
}

interface Sent {
  readonly topic: RegionId;
  readonly messageId: string;
}

/** The topic of this region; when it does not accept, the next one that does. */
async function publish({ self, ports }: World, message: Message): Promise<Sent | undefined> {
  const others = allRegions(self.config.regions).filter((region) => region !== self.region);
  for (const topic of [self.region, ...others]) {
    const outcome = await within(ports.clock, publishLimitMs, ports.topics.publish(topic, message));
    if (outcome.kind === 'done') return { topic, messageId: outcome.value };
    ports.diary.note('publish failed', { topic, subject: message.subject, error: outcome.error });
  }
  return undefined;
}

/**
 * A receipt that loses its place to another entry is written under the next number: what was sent stays sent. What else was to be said
 * may have been said by that other entry.
 */
async function receipt(world: World, about: About, { topic, messageId }: Sent): Promise<'said' | 'overtaken'> {
  const relayed = relayedTo(world.self.config, undefined);
  const appended = await append(world, { ...about, kind: 'receipt', level: 'accepted', topic, messageId, ...relayed });
  if (appended !== 'overtaken') return 'said';
  await catchUp(world);
  await append(world, { ...about, kind: 'receipt', level: 'accepted', topic, messageId, ...relayed });
  return 'overtaken';
}
