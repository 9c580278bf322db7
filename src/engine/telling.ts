/** What is due leaves: recorded before it is sent, receipted after. Several things may leave as one message. */
import type { RegionId } from '../core/basics/brand';
import { allRegions } from '../core/config/config';
import type { Decision } from '../core/decision';
import { meantFor } from '../core/deliveries';
import { childrenOf } from '../core/dependency';
import { type Due, type Gathered, gather, halves, roomIn, usualCap } from '../core/gathering';
import { type Incident, isAbout } from '../core/incident';
import { type About, type Announced, entryId, type LogEntry, type Part, type Receipt } from '../core/log';
import { headlineOfSeveral, wordsForSeveral } from '../core/message/gathered-message';
import { headlineOf, type Telling, type Words, wordsFor } from '../core/message/message';
import { isTooLong } from '../core/message/published';
import { channelsFor } from '../core/route';
import type { Message } from './ports';
import { append, catchUp, foldedOf, incidentsOf, logEntries } from './region-log';
import { saveLater } from './save-later';
import { everywhereMs, hasTimeFor } from './time-left';
import { within } from './within';
import { homeLimitMs, publishLimitMs, type World } from './world';

type Say = Extract<Decision, { kind: 'say' }>;

interface Decided {
  readonly decisions: readonly Decision[];
  /** That the decisions are about. */
  readonly incidents: readonly Incident[];
  /** How long this look has taken so far. */
  readonly lookedMs: number;
}

/** `held`: something waits until messages are gathered again, or for an invocation that has the time. */
export async function tellAll(world: World, { decisions, incidents, lookedMs }: Decided): Promise<'told' | 'held' | 'overtaken'> {
  const { self, ports, memory } = world;
  const dues = decisions.flatMap((decision) => (decision.kind === 'say' ? dueOf(world, decision, incidents) : []));
  if (dues.length === 0) return 'told';
  const room = roomIn(logEntries(memory.log), { cap: self.config.cap ?? usualCap, now: ports.clock.now() });
  const { messages, held } = gather(dues, room);
  let lastMs = Math.min(lookedMs, everywhereMs(self.config));
  for (const message of messages.flatMap((gathered) => prepared(world, gathered))) {
    if (!hasTimeFor(world, 2 * lastMs)) return 'held';
    const begunMs = ports.clock.elapsedMs();
    if ((await tell(world, message)) === 'overtaken') return 'overtaken';
    lastMs = ports.clock.elapsedMs() - begunMs;
  }
  return held.length > 0 ? 'held' : 'told';
}

function dueOf({ self, memory }: World, say: Say, incidents: readonly Incident[]): readonly Due[] {
  const { about } = say;
  for (const incident of incidents) {
    const transition = incident.transitions.find((candidate) => isAbout(about, incident, candidate, about.as));
    if (transition === undefined) continue;
    const entries = foldedOf(memory.log).keys.get(about.key)?.entries ?? [];
    return [{ say, incident, transition, channels: channelsFor(about, { incident, transition, config: self.config, entries }) }];
  }
  return [];
}

interface Prepared {
  readonly announced: Announced;
  readonly words: Words;
  readonly about: About;
  readonly channels: Due['channels'];
}

/** What is too long for one message is told in several. */
function prepared(world: World, gathered: Gathered): readonly Prepared[] {
  const message = preparedOf(world, gathered);
  if (gathered.dues.length === 1 || !isTooLong({ ...message.words, about: message.about })) return [message];
  return halves(gathered).flatMap((half) => prepared(world, half));
}

function preparedOf(world: World, { dues, because }: Gathered): Prepared {
  const [first, ...others] = dues;
  const [telling, ...tellings] = [tellingOf(world, first), ...others.map((due) => tellingOf(world, due))];
  const together = because === undefined ? undefined : { tellings: [telling, ...tellings] as const, because };
  const also = others.length === 0 ? {} : { also: others.map((due) => partOf(world, due)) };
  const announced: Announced = {
    ...partOf(world, first),
    kind: 'announced',
    reason: first.say.reason,
    text: together === undefined ? headlineOf(telling) : headlineOfSeveral(together),
    ...also,
    ...(because === undefined ? {} : { gathered: because.kind }),
  };
  const now = world.ports.clock.now();
  const words: Words = together === undefined ? wordsFor({ ...telling, now }) : wordsForSeveral({ ...together, by: world.self.region, now });
  return { announced, words, about: { ...first.say.about, ...also }, channels: first.channels };
}

async function tell(world: World, { announced, words, about, channels }: Prepared): Promise<'said' | 'overtaken'> {
  if ((await record(world, announced)) === 'overtaken') return 'overtaken';
  const sent = await publish(world, { ...words, about, ...(channels === 'all' ? {} : { channels }) });
  const meant = meantFor(world.self.config, channels === 'all' ? undefined : channels);
  const knows = announced.knows === undefined ? {} : { knows: announced.knows };
  return sent === undefined ? 'said' : receipt(world, { ...about, ...knows, kind: 'receipt', level: 'accepted', ...sent, ...meant });
}

function tellingOf({ self, ports, memory }: World, { say, incident, transition }: Due): Telling {
  const { about, flaps, reason } = say;
  const children = transition.kind === 'resolved' ? [] : childrenOf(incident, { monitors: self.config.monitors, incidents: incidentsOf(memory.log) });
  return { incident, transition, flaps, again: about, children, reason, by: self.region, now: ports.clock.now(), runbookUrl: self.config.runbookUrl };
}

/**
 * With the end that it tells: whoever learns that an end was told must know the end, and whether it was told after what it told itself. The latter
 * counts for what was told as flapping as well. Numbers say so of its own only where all of it was written at home.
 */
function partOf({ self, memory }: World, { say, transition }: Due): Part {
  const { body } = transition.entries[0];
  if (body.kind !== 'resolved' && say.about.as !== 'flapping') return say.about;
  const entries = foldedOf(memory.log).keys.get(body.key)?.entries ?? [];
  const receipts = entries.filter(({ body: said }) => said.kind === 'receipt').sort((one, other) => one.at - other.at);
  const [others, mine] = [receipts.filter(({ region }) => region !== self.region), receipts.filter((entry) => isSentBy(self.region, entry))];
  const newest = [others, mine].flatMap((of) => of.slice(-mostKnown));
  return { ...say.about, ...(body.kind === 'resolved' ? { of: body } : {}), knows: newest.map(entryId) };
}

/** Channels may deliver one message many times. */
const isSentBy = (me: RegionId, { region, body }: LogEntry): boolean => region === me && body.kind === 'receipt' && body.level === 'accepted';

/** Of what is told again and again the last times are enough, of others and of its own. */
const mostKnown = 5;

/** Where this can be stored, what it is about must be as well: else the page stays when this environment is gone, and nobody tells its end. */
async function record(world: World, body: Announced | Receipt): Promise<'recorded' | 'overtaken'> {
  const appended = await append(world, body);
  if (appended === 'appended') await saveLater(world);
  return appended === 'overtaken' ? 'overtaken' : 'recorded';
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

/** A look of another environment may write down so much in a row, each of it before this one comes to its turn. */
const mostTries = 50;

/** One more try by slow stores, and after it everything is read again. */
const onceMoreMs = ({ self }: World): number => homeLimitMs + 2 * everywhereMs(self.config);

/**
 * A receipt that loses its place to another entry is written under the next number, until it has one: what was sent stays sent, and without
 * its receipt it would be sent again. What else was to be said may have been said by those other entries.
 */
async function receipt(world: World, body: Receipt): Promise<'said' | 'overtaken'> {
  if ((await record(world, body)) !== 'overtaken') return 'said';
  for (let tries = 1; tries < mostTries && hasTimeFor(world, onceMoreMs(world)); tries += 1) {
    await catchUp(world);
    if ((await record(world, body)) !== 'overtaken') break;
  }
  return 'overtaken';
}
