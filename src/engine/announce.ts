/** Saying what is due: recorded before it is sent, receipted after. A crash in between repeats, and never loses. */

import { decideAll } from '../core/announcement';
import type { RegionId } from '../core/basics/brand';
import { minute } from '../core/basics/time';
import type { Finding } from '../core/conclusion';
import { isForHelpers } from '../core/config/channels/channel';
import { allRegions } from '../core/config/config';
import type { Decision, Listener, SilenceReason } from '../core/decision';
import { countingTopics } from '../core/deliveries';
import { parentsIn } from '../core/dependency';
import { digestEveryMs, isFull, roomIn, usualCap } from '../core/gathering';
import type { Incident } from '../core/incident';
import type { LogEntry, Receipt } from '../core/log';
import { escalationsOf } from '../core/route';
import type { WatchRecord } from '../core/watch-record';
import { arrangementsOf } from './arrangements';
import type { LogMemory } from './memory';
import { append, foldedOf, incidentsOf, logEntries } from './region-log';
import { signSeenAt } from './sign-seen-at';
import { tellAll } from './telling';
import { hasTimeFor, hasTimeToWrite } from './time-left';
import { homeLimitMs, type World } from './world';

/** Silence that ends by itself. */
const unfinished: readonly SilenceReason[] = ['waiting-for-my-turn', 'not-found-by-me', 'being-sent'];

/** The replica that answered this look, the records that it saw, and when it began, by the clock that nobody sets. */
interface Look {
  readonly readFrom?: RegionId | undefined;
  readonly watchRecords?: readonly WatchRecord[] | undefined;
  readonly begunMs?: number;
}

type Announced = 'settled' | 'waiting' | 'overtaken';

/**
 * `settled`: nothing is left to be said. `waiting`: something is, in a while.
 * `overtaken`: the other function of this region wrote first; read the log again and decide again.
 */
export async function announce(world: World, finds: ReadonlyMap<string, Finding['condition']>, look: Look = {}): Promise<Announced> {
  const { ports, memory } = world;
  const { incidents, entries } = unsettled(memory.log);
  if (incidents.length === 0) return 'settled';
  if (!hasTimeFor(world, homeLimitMs)) return 'waiting';
  const { begunMs } = look;
  const listener = await listenerOf(world, finds, look);
  const { decisions: ofSteps, repeats, settled } = decideAll(incidents, entriesThatCount(world, entries), listener);
  settle(memory.log, settled);
  const decisions = [...ofSteps, ...[...repeats.values()].flat()];
  const told = await tellAll(world, { decisions, incidents, lookedMs: begunMs === undefined ? 0 : ports.clock.elapsedMs() - begunMs });
  if (told === 'overtaken') return 'overtaken';
  for (const decision of decisions) {
    if (decision.kind !== 'note') continue;
    if (!hasTimeToWrite(world)) return 'waiting';
    if ((await append(world, { ...decision.about, kind: 'noted' })) === 'overtaken') return 'overtaken';
  }
  return told === 'held' || decisions.some(isUnfinished) ? 'waiting' : 'settled';
}

async function listenerOf(world: World, finds: Listener['finds'], { readFrom, watchRecords }: Look): Promise<Listener> {
  const { self, ports, memory } = world;
  const { config } = self;
  const now = ports.clock.now();
  return {
    me: self.region,
    now,
    regions: allRegions(config.regions),
    finds,
    arranged: await arrangementsOf(world, readFrom ?? self.region),
    parentOf: parentsIn(config, incidentsOf(memory.log)),
    escalateAfter: (incident) => escalationsOf(incident, config).map(({ afterMs }) => afterMs / minute),
    seesAt: (region, slot, incident) => signSeenAt(world, { region, slot, incident, watchRecords }),
    slackMs: isFull(roomIn(logEntries(memory.log), { cap: config.cap ?? usualCap, now })) ? digestEveryMs : 0,
  };
}

/** What another region's topic has accepted does not count where nobody is known to hear that topic: then we speak in our turn as well. */
function entriesThatCount({ self, ports, memory }: World, entries: readonly LogEntry[]): readonly LogEntry[] {
  if (entries.length === 0) return entries;
  const channels = self.config.channels.filter(isForHelpers).map(({ name }) => name);
  const topics = countingTopics(logEntries(memory.log), { now: ports.clock.now(), channels });
  const isDelivered = ({ level, channel }: Receipt): boolean => level === 'delivered' && (channel === undefined || channels.includes(channel));
  return entries.filter(({ region, body }) => region === self.region || body.kind !== 'receipt' || isDelivered(body) || topics.counts(body.topic));
}

/** Most of what a log tells was told long ago: only of what is left anything has to be decided. */
function unsettled(log: LogMemory): { readonly incidents: readonly Incident[]; readonly entries: readonly LogEntry[] } {
  const folded = foldedOf(log);
  const { keys, incidents } = folded;
  if (log.allSettled === folded) return nothingLeft;
  const left = [...keys].filter(([, fold]) => fold.incidents.length > 0 && !log.settled.has(fold));
  if (left.length === 0) log.allSettled = folded;
  if (left.length === 0) return nothingLeft;
  const names = new Set(left.map(([key]) => key));
  return { incidents: incidents.filter(({ key }) => names.has(key)), entries: left.flatMap(([, fold]) => fold.entries) };
}

const nothingLeft = { incidents: [], entries: [] };

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
