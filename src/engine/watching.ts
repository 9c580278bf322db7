/** What this region finds of every prober, of every watchdog and of itself, and what that would mean for the log. */
import { type Instant, instant, type RegionId, slotAt } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { Finding } from '../core/conclusion';
import { allRegions } from '../core/config/config';
import { type Coverage, coverageOf } from '../core/coverage';
import { coverageFinding } from '../core/coverage-finding';
import type { Arrivals } from '../core/freshness';
import { isAnswered, type PeerEvidence, type SelfState, type WatchFinding, type WatchState, watchMyself, watchPeer } from '../core/watch';
import { watchFinding } from '../core/watch-finding';
import { newestRecordOf } from '../core/watch-record';
import { watchdogFinding } from '../core/watchdog-finding';
import type { WatchdogFinding } from '../core/watchdog-watch';
import type { Picture } from './gather';
import { newestShown } from './hearsay';
import { isFresh, patienceOf, sawItCome } from './overdue';
import { evidenceOf } from './paths';
import { watchdogOf } from './watching-watchdogs';
import { heldAt, type World } from './world';

export interface PeerWatch extends WatchFinding {
  readonly region: RegionId;
  readonly coverage: Coverage;
  /** Whether its newest head is fresh, on whatever path it was seen. */
  readonly isAtWork: boolean;
  /** Whether any path answered that shows its beats, however old. */
  readonly hasAnswer: boolean;
}

export interface WatchdogWatch extends WatchdogFinding {
  readonly region: RegionId;
}

export interface Watched {
  readonly peers: readonly PeerWatch[];
  readonly watchdogs: readonly WatchdogWatch[];
  readonly self: { readonly state: SelfState; readonly reason: string };
}

export function watchAll(running: World, picture: Picture): Watched {
  const world = heldAt(running, picture.now);
  const { self, memory } = world;
  const newest = newestConfiguration(world, picture);
  const seen = self.config.regions.probers.map((region): PeerWatch & { readonly evidence: PeerEvidence } => {
    const head = picture.heads.get(region);
    const isSkewed = head !== undefined && head.configHash !== newest.hash && head.configMadeAt < newest.madeAt;
    const isAtWork = head !== undefined && isFresh(world, region, head.slot);
    const coverage = coverageIn(world, region, { picture, isAtWork });
    const evidence = evidenceOf(world, region, { local: picture.local, asked: picture.asked, work: coverage.work, isSkewed });
    const { state, reason } = watchPeer(evidence, patienceOf(world));
    return { region, evidence, state, reason, coverage, isAtWork, hasAnswer: isAnswered(evidence) };
  });
  const others = seen.filter((one) => one.region !== self.region);
  const found = watchMyself(
    others,
    others.map((one) => one.evidence),
  );
  const peers = seen.map(({ region, state, reason, coverage, isAtWork, hasAnswer }): PeerWatch => ({ region, state, reason, coverage, isAtWork, hasAnswer }));
  const watchdogs = allRegions(self.config.regions).map((region) => {
    const { state, reason } = watchdogOf(world, region, { picture, seen });
    return { region, state, reason };
  });
  for (const { region, state, coverage, isAtWork } of peers) {
    keepSince(memory.watches, region, { state, now: picture.now });
    if (isAtWork) keepSince(memory.works, region, { state: coverage.work, now: picture.now });
    else memory.works.delete(region);
  }
  for (const { region, state } of watchdogs) keepSince(memory.watchdogs, region, { state, now: picture.now });
  if (memory.self?.state !== found.state) memory.self = { state: found.state, since: picture.now };
  return { peers, watchdogs, self: found };
}

/** How a region covers its monitors, by its newest head; what was due before this observer saw it report is not held against it. */
function coverageIn(world: World, region: RegionId, seen: { readonly picture: Picture; readonly isAtWork: boolean }): Coverage {
  const { self, memory } = world;
  const { heads, now } = seen.picture;
  const head = heads.get(region);
  if (head === undefined || isLate(memory.watches.get(region)?.state, seen.isAtWork)) memory.reporting.delete(region);
  if (head === undefined) return { work: 'whole', skipped: [], reason: 'no beat was ever seen', isSure: false };
  const before = memory.reporting.get(region);
  const pauseMs = (head.slot - (before?.slot ?? head.slot)) * second;
  const isOfSame = before?.configHash === head.configHash;
  const goesOn = isOfSame && pauseMs <= self.config.beatIntervalMs + self.config.watch.tolerateMs;
  const oneMissedMs = 2 * self.config.beatIntervalMs;
  // Who was away for longer cannot know that no more was missed.
  const hasLookedOn = memory.lookedBefore === undefined || now - memory.lookedBefore <= oneMissedMs;
  const isKeptBack = region === self.region && !memory.couldStore;
  // Slots of a clock that was fast tell of no pause; and of whom only others tell that it beats again, nobody has seen for how long.
  const isUnbroken = before !== undefined && seen.isAtWork && sawItCome(world, region) && pauseMs <= oneMissedMs && hasLookedOn && !isKeptBack;
  const unbrokenSince = isUnbroken ? before.unbrokenSince : now;
  // Slots that jump where the beat before was on time are no pause; but by them all seems older than it is, so only that beat counts.
  const wasOnTime = onTimeStates.includes(memory.watches.get(region)?.state ?? 'expected') && hasLookedOn;
  const hasJumped = isOfSame && seen.isAtWork && wasOnTime && cameAhead(memory.arrivals.get(region));
  const beganAt = hasJumped ? instant(Math.max(before.since, now - self.config.beatIntervalMs)) : now;
  // Of another configuration no sample is looked at, so none seems old.
  const lasts = goesOn || (hasJumped && head.configHash !== self.config.hash);
  const since = lasts ? before.since : beganAt;
  const reporting = { configHash: head.configHash, since, unbrokenSince, slot: head.slot };
  memory.reporting.set(region, reporting);
  return coverageOf(head, self.config, now - reporting.since);
}

/** The clock of its region was set: it came before its own slot, or so long before its time that of all lags only its own is remembered. */
const cameAhead = (arrivals: Arrivals | undefined): boolean => arrivals !== undefined && (arrivals.lagsMs.length === 1 || (arrivals.lagsMs.at(-1) ?? 0) < 0);

const isLate = (state: WatchState | undefined, isAtWork: boolean): boolean =>
  state !== undefined && !reportingStates.includes(state) && !(isAtWork && detourStates.includes(state));
const reportingStates: readonly WatchState[] = ['reporting', 'skewed', 'skipping', 'lying', 'late'];
const onTimeStates: readonly WatchState[] = reportingStates.filter((state) => state !== 'late');
/** Its beats come, and not on the nearest path. */
const detourStates: readonly WatchState[] = ['replication-stuck', 'link-lost'];

function keepSince<State>(
  known: Map<RegionId, { readonly state: State; readonly since: Instant }>,
  region: RegionId,
  { state, now }: { readonly state: State; readonly now: Instant },
): void {
  if (known.get(region)?.state !== state) known.set(region, { state, since: now });
}

function newestConfiguration({ self }: World, { heads }: Picture): { readonly hash: string; readonly madeAt: Instant } {
  const own = { hash: self.config.hash, madeAt: self.config.madeAt };
  return [...heads.values()].reduce((best, head) => (head.configMadeAt > best.madeAt ? { hash: head.configHash, madeAt: head.configMadeAt } : best), own);
}

export function watchFindings(world: World, picture: Picture, watched: Watched): readonly Finding[] {
  const { self, memory } = world;
  const speakers = allRegions(self.config.regions);
  const me = self.region;
  const { now } = picture;
  const lastsMs = (known: { readonly since: Instant } | undefined): number => now - (known?.since ?? now);
  const ofPeers = watched.peers.map((watch) => {
    const newest = newestShown(world, watch.region, picture.local);
    const evidence = { [watch.region]: newest ?? slotAt(0) };
    return watchFinding({ speakers, me, now, subject: watch.region, watch, lastsMs: lastsMs(memory.watches.get(watch.region)), evidence, newest });
  });
  const ofWatchdogs = watched.watchdogs.map(({ region, state, reason }) => {
    const isMyself = region === self.region && self.role === 'watchdog';
    const own = isMyself ? watched.self : recordedSelf(region, picture);
    return watchdogFinding({
      speakers,
      me,
      now,
      subject: region,
      state,
      reason,
      self: own.state,
      selfReason: own.reason,
      isMyself,
      couldStore: memory.couldStore,
      lastsMs: lastsMs(isMyself ? memory.self : memory.watchdogs.get(region)),
      newest: memory.vigils.get(region)?.newest,
    });
  });
  const ofCoverage = watched.peers.map((peer) =>
    coverageFinding({
      speakers,
      me,
      subject: peer.region,
      state: stateOfWork(peer),
      coverage: peer.coverage,
      lastsMs: lastsMs((isOnDetour(peer) ? memory.works : memory.watches).get(peer.region)),
      patience: patienceOf(world),
      newest: memory.arrivals.get(peer.region)?.newest,
    }),
  );
  return [...ofPeers, ...ofCoverage, ...ofWatchdogs];
}

/** What comes on a detour is worth as much as what comes straight: that something is the matter with the way hides nothing of the work. */
const isOnDetour = ({ state, isAtWork }: PeerWatch): boolean => isAtWork && detourStates.includes(state);

function stateOfWork(peer: PeerWatch): WatchState {
  if (!isOnDetour(peer)) return peer.state;
  return peer.coverage.work === 'whole' ? 'reporting' : peer.coverage.work;
}

function recordedSelf(region: RegionId, { watchRecords }: Picture): { readonly state: SelfState; readonly reason: string } {
  const newest = newestRecordOf(region, watchRecords);
  return { state: newest?.self ?? 'well', reason: 'by its newest watch record' };
}
