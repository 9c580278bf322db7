/**
 * Judging: from what is stored to what is concluded, written down and said. It derives everything from stored facts,
 * so it does not matter which function does it, or how often.
 */

import { second } from '../core/basics/time';
import { conclude, type Finding } from '../core/conclusion';
import { isOfMonitor } from '../core/condition';
import { allRegions } from '../core/config/config';
import type { Arrivals } from '../core/freshness';
import { type Incident, latestByKey } from '../core/incident';
import { proberSubject, type TransitionBody, watchdogSubject } from '../core/log';
import type { WatchState } from '../core/watch';
import { announce } from './announce';
import { gather, type Picture } from './gather';
import { monitorFindings } from './monitors';
import { channelFindings } from './redeliver';
import { append, appendOrNothing, incidentsOf, readLogs } from './region-log';
import { outsideFindings } from './tell-outside';
import { everywhereMs, hasTimeFor, hasTimeToWrite } from './time-left';
import { unwatchedFindings } from './unwatched';
import { type PeerWatch, type Watched, watchAll, watchFindings } from './watching';
import { within } from './within';
import { homeLimitMs, remoteLimitMs, type World } from './world';

export interface Judged {
  readonly picture: Picture;
  readonly watched: Watched;
  /** Something is about to be concluded or said: whoever can should look again soon. */
  readonly isPending: boolean;
}

/** Found of a peer, these may look different in a few seconds: its next beat may come by any path. */
const soonKnown: readonly WatchState[] = ['late', 'link-lost', 'replication-stuck'];
/** When the other function of this region writes first, everything is read and decided again, at most so often. */
const mostTries = 3;

/** So long a picture may be when something is concluded from it: enough for one slow round through all replicas. */
const staleMs = 15 * second;

export async function judge(world: World): Promise<Judged> {
  const begunMs = world.ports.clock.elapsedMs();
  const picture = await gather(world);
  const gatheredMs = world.ports.clock.elapsedMs();
  const watched = watchAll(world, picture);
  let isPending = isSoonKnown(world, watched);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    if (!hasTimeFor(world, everywhereMs(world.self.config))) return { picture, watched, isPending: true };
    await readAllLogs(world, picture);
    const concluded = await writeConclusions(world, { picture, watched, gatheredMs });
    if (concluded.outcome === 'overtaken') continue;
    const announced = await announce(world, concluded.finds, { readFrom: picture.readFrom, watchRecords: picture.watchRecords, begunMs });
    if (announced === 'overtaken') continue;
    isPending ||= concluded.outcome === 'undecided' || announced === 'waiting';
    break;
  }
  return { picture, watched, isPending };
}

const isSoonKnown = ({ memory }: World, { peers, watchdogs }: Watched): boolean =>
  peers.some((peer) => soonKnown.includes(peer.state) || isAwaited(memory.arrivals.get(peer.region), peer)) || watchdogs.some(({ state }) => state === 'late');

/** Where the clock was set, only the next beat of a peer tells how old all is: it is waited for as one that is late, until its silence has been measured. */
const isAwaited = (arrivals: Arrivals | undefined, { state, isAtWork }: PeerWatch): boolean =>
  arrivals?.isAgeUnknown === true && (isAtWork || state === 'abstaining');

/** From the replica that answered before; when it fails now, from the next one that does. */
async function readAllLogs({ self, ports, memory }: World, picture: Picture): Promise<void> {
  if (picture.readFrom === undefined) return;
  const others = allRegions(self.config.regions).filter((region) => region !== picture.readFrom);
  for (const region of [picture.readFrom, ...others]) {
    const reading = readLogs(memory.log, ports.replica(region), picture.writers, ports.clock.now());
    const outcome = await within(ports.clock, region === self.region ? homeLimitMs : remoteLimitMs, reading);
    if (outcome.kind === 'done') return;
    ports.diary.note('log not read', { replica: region, error: outcome.error });
  }
}

interface Looked extends Pick<Judged, 'picture' | 'watched'> {
  /** When, by the clock that nobody sets. */
  readonly gatheredMs: number;
}

interface Concluded {
  /** `undecided`: something was seen of a monitor that the next sample, from wherever, may confirm; or this look is too old by now, or its time is over. */
  readonly outcome: 'decided' | 'undecided' | 'overtaken';
  readonly finds: ReadonlyMap<string, Finding['condition']>;
}

async function writeConclusions(world: World, judged: Looked): Promise<Concluded> {
  const latest = latestByKey(incidentsOf(world.memory.log));
  const found = findings(world, judged, latest);
  const finds = new Map(found.map((finding) => [finding.about.key, finding.condition]));
  for (const finding of found) {
    const conclusion = conclude(finding, latest.get(finding.about.key));
    if (conclusion.kind === 'nothing') continue;
    if (world.ports.clock.elapsedMs() - judged.gatheredMs > staleMs || !hasTimeToWrite(world)) return { outcome: 'undecided', finds };
    const written = await write(world, conclusion.body);
    if (written !== 'written') return { outcome: written, finds };
  }
  return { outcome: found.some((finding) => finding.undecided === 'not-yet-confirmed') ? 'undecided' : 'decided', finds };
}

/** Who can store nothing accuses nobody: its end is told by nobody once this environment is gone. What a target does is told all the same. */
async function write(world: World, body: TransitionBody): Promise<'written' | 'undecided' | 'overtaken'> {
  world.ports.diary.note('concluded', { kind: body.kind, key: body.key, reason: body.reason, evidence: body.evidence });
  const isAccusation = body.kind !== 'resolved' && !isOfMonitor(body.family);
  const appended = isAccusation ? await appendOrNothing(world, body) : await append(world, body);
  if (appended === 'failed') {
    world.ports.diary.note('not concluded: no store takes it', { key: body.key });
    return 'undecided';
  }
  return appended === 'overtaken' ? 'overtaken' : 'written';
}

function findings(world: World, judged: Looked, latest: ReadonlyMap<string, Incident>): readonly Finding[] {
  const unwatched = unwatchedFindings(world, judged, latest);
  const isUnwatched = unwatched.some((finding) => finding.condition === 'unwatched');
  const isCutOff = judged.picture.asked.anchors === 'not-reached';
  const found = watchFindings(world, judged.picture, judged.watched).map((finding) => (isUnwatched ? withoutAlone(finding) : finding));
  const watches = isCutOff ? found.map((finding) => (isOfMine(finding, world) ? finding : withoutAccusation(finding))) : found;
  const measured = world.memory.isClockDoubtful ? [...watches, ...unwatched].map(withoutAccusation) : [...watches, ...unwatched];
  return [...monitorFindings(world, judged, latest), ...measured, ...outsideFindings(world, latest), ...channelFindings(world, latest)];
}

/** Who reaches neither a region nor an anchor does not hear what has become of others since: it speaks of its own region only. */
const isOfMine = ({ about }: Finding, { self }: World): boolean => [proberSubject(self.region), watchdogSubject(self.region)].includes(about.subject);

/** By a clock that may have been set nobody's silence can be measured. */
const withoutAccusation = (finding: Finding): Finding => (finding.condition === 'well' ? finding : { ...finding, condition: undefined });

/** Whoever says that nobody watches has said that it sees nobody. */
const withoutAlone = (finding: Finding): Finding => (finding.condition === 'alone' ? { ...finding, condition: undefined } : finding);
