/**
 * Accounting for time that nobody watched. A watchdog whose newest known beat jumps ahead reads what was stored in between:
 * what is missing is written down as a gap, told once when it has settled, and looked at again later. Nobody is accused.
 */
import { asleepCause, explains } from '../core/asleep';
import { type Instant, instant, slotAt } from '../core/basics/brand';
import { isoTime, second } from '../core/basics/time';
import { allRegions } from '../core/config/config';
import {
  awaitedMs,
  firstOf,
  hullOf,
  isTold,
  type KnownGap,
  knownBefore,
  knownGaps,
  lastOf,
  lengthMs,
  looksDue,
  monitoringKey,
  noProberReported,
  notYetIn,
  remaining,
  toldAfterwards,
  unwatchedStretches,
  type Work,
} from '../core/gap';
import { isAnythingSaid, sayProbers } from '../core/gap-cause';
import type { EvidenceSlots, GapRevision } from '../core/log';
import { speakersInOrder, turnOf } from '../core/speaker';
import type { Stretch } from '../core/timeline';
import { slackMs } from '../core/watch';
import type { Picture } from './gather';
import { type Jump, jumpOf, leastFar, workOf } from './jump';
import { append, catchUp, incidentsOf, logEntries } from './region-log';
import { writersOf } from './store';
import { readBeats } from './stored-beats';
import { everywhereMs, hasTimeFor, hasTimeToWrite } from './time-left';
import { remoteLimitMs, type World } from './world';

/** What looking at one gap again may take; however many regions there are, whoever has just begun has time for it. */
const oneGapMs = ({ self }: World): number => Math.min(remoteLimitMs + 3 * everywhereMs(self.config), 20 * second);

/**
 * To be called in each vigil after judging and before the watch record is written: a jump is seen against the record before.
 * Reads nothing unless there was one, or a gap was found lately. `pending`: something was written that is to be told soon.
 */
export async function account(world: World, picture: Picture): Promise<'done' | 'pending'> {
  const jump = jumpOf(world, picture);
  if (jump !== undefined) await lookInto(world, jump);
  let told = false;
  for (const gap of knownGaps(logEntries(world.memory.log))) {
    if (!hasTimeFor(world, oneGapMs(world))) break;
    told = (await lookAgain(world, gap)) === 'told' || told;
  }
  return told ? 'pending' : 'done';
}

/** Writes down each stretch of which no replica has any beat, unless somebody has done so before. */
async function lookInto(world: World, jump: Jump): Promise<void> {
  const { self, ports } = world;
  const { config } = self;
  const { work } = await workBetween(world, { from: jump.from.begunAt, to: jump.to.begunAt });
  const begun = [jump.from, ...work.filter((one) => one.begunAt > jump.from.begunAt), jump.to].map((one) => one.begunAt);
  const stretches = unwatchedStretches(begun, { cycleMs: config.beatIntervalMs, slackMs: config.watch.tolerateMs });
  ports.diary.note('beats jumped', { from: jump.from.slot, to: jump.to.slot, found: work.length, unwatched: stretches });
  for (const stretch of stretches) await writeDown(world, stretch, jump.before);
}

/**
 * Only what is not written down: another region may have found some of it, and not all, as it believes in a round of its own that no store took. By the next
 * look the jump is past, so where the other function of this region wrote first it is tried again at once.
 */
async function writeDown(world: World, stretch: Stretch, before: EvidenceSlots): Promise<void> {
  const { tolerateMs } = world.self.config.watch;
  const known = (): readonly Stretch[] => knownGaps(logEntries(world.memory.log)).flatMap((gap) => firstOf(gap).body.stretches);
  for (let tries = 1; tries <= mostTries && hasTimeToWrite(world); tries += 1) {
    const [first] = notYetIn(stretch, known(), tolerateMs);
    if (first === undefined) return;
    const written = await append(world, { ...revisionOf(world, [first], before), of: isoTime(first.from), revision: 0 });
    if (written === 'overtaken') await catchUp(world);
  }
}

const mostTries = 3;

function revisionOf(world: World, stretches: readonly Stretch[], before: EvidenceSlots): Omit<GapRevision, 'of' | 'revision'> {
  const [first, ...others] = stretches;
  const cause = first === undefined ? 'beats of that time came late' : causeOf(world, [first, ...others]);
  return { kind: 'gap', key: monitoringKey, stretches, cause, before };
}

function causeOf({ self, memory }: World, stretches: readonly [Stretch, ...Stretch[]]): string {
  const [first] = stretches;
  const whole = { from: first.from, to: stretches.at(-1)?.to ?? first.to };
  const { probers } = self.config.regions;
  const incidents = incidentsOf(memory.log);
  const slackOfSleepMs = self.config.beatIntervalMs + self.config.watch.tolerateMs;
  if (explains(memory.asleep, stretches, slackOfSleepMs) && !isAnythingSaid(whole, probers, incidents)) return asleepCause;
  return `${noProberReported}: ${sayProbers(whole, probers, incidents)}`;
}

/** Where a look is due: what came late makes the gap smaller, and what is left of it is told, if nobody has told it. */
async function lookAgain(world: World, gap: KnownGap): Promise<'told' | 'nothing'> {
  const { self, memory, ports } = world;
  const hull = hullOf(firstOf(gap));
  const sinceMs = ports.clock.now() - firstOf(gap).at;
  const due = looksDue(sinceMs - myTurnMs(world));
  if (hull === undefined || due <= (memory.accounted.get(gap.of) ?? 0)) return 'nothing';
  const last = lastOf(gap).body;
  if (last.stretches.length === 0) return 'nothing';
  const { config } = self;
  const passed = leastFar(world);
  if (passed === undefined || passed.begunAt < hull.to - config.beatIntervalMs) return 'nothing';
  const { work, isWhole } = await workBetween(world, { from: instant(hull.from - config.beatIntervalMs), to: instant(hull.to + config.beatIntervalMs) });
  const begun = work.map((one) => one.begunAt);
  const left = remaining(last.stretches, begun, { cycleMs: config.beatIntervalMs, slackMs: slackMs(config.beatIntervalMs) });
  if (lengthMs(left) < lengthMs(last.stretches)) {
    const written = await append(world, { ...revisionOf(world, left, last.before), of: gap.of, revision: last.revision + 1 });
    if (written === 'overtaken') return 'nothing';
  }
  const told = isWhole || sinceMs >= awaitedMs ? await tell(world, { stretches: left, work, before: last.before }) : 'nothing';
  if (told !== 'overtaken') memory.accounted.set(gap.of, due);
  return told === 'told' ? 'told' : 'nothing';
}

interface Untold {
  readonly stretches: readonly Stretch[];
  readonly work: readonly Work[];
  readonly before: EvidenceSlots;
}

async function tell(world: World, { stretches, work, before }: Untold): Promise<'told' | 'nothing' | 'overtaken'> {
  const { self, memory } = world;
  const incidents = incidentsOf(memory.log);
  const [first, ...others] = stretches.filter((stretch) => !isTold(stretch, before, incidents));
  if (first === undefined) return 'nothing';
  const { probers } = self.config.regions;
  const { opened, resolved } = toldAfterwards({
    stretches: [first, ...others],
    cause: causeOf(world, [first, ...others]),
    before: knownBefore(first, before, incidents),
    now: Object.fromEntries([...memory.arrivals].map(([region, { newest }]) => [region, newest])),
    work,
    probers,
    monitors: self.config.monitors.length,
    speaker: speakersInOrder(monitoringKey, allRegions(self.config.regions))[0] ?? self.region,
  });
  if ((await append(world, opened)) === 'overtaken') return 'overtaken';
  return (await append(world, resolved)) === 'overtaken' ? 'overtaken' : 'told';
}

/** Regions look one after the other, so that the first has told what there is to tell before the next one looks. */
function myTurnMs({ self }: World): number {
  return turnOf(speakersInOrder(monitoringKey, allRegions(self.config.regions)).indexOf(self.region));
}

interface WorkFound {
  readonly work: readonly Work[];
  /** The replica of every prober's own region answered: nothing that it finished is missing. */
  readonly isWhole: boolean;
}

/** Rounds that began in this time. A region has its turn up to a cycle after the beginning of its slot. */
async function workBetween(world: World, { from: begins, to }: { readonly from: Instant; readonly to: Instant }): Promise<WorkFound> {
  const { self, ports } = world;
  const { config } = self;
  const from = instant(begins - config.beatIntervalMs);
  const regions = allRegions(config.regions);
  const shelves = { clock: ports.clock, replicas: regions.map((region) => ports.replica(region)), limitMs: remoteLimitMs };
  const found = await Promise.all(
    config.regions.probers.map(async (region) => ({ region, ...(await readBeats(shelves, { writers: writersOf(region, regions), from, to })) })),
  );
  const all = found.flatMap(({ region, items }) => items.flatMap(({ seq }) => (typeof seq === 'number' ? workOf(world, region, slotAt(seq)) : [])));
  const work = all.filter((one) => one.begunAt >= begins && one.begunAt <= to);
  const isWhole = found.every(({ answered }) => config.regions.probers.every((region) => answered.has(region)));
  return { work, isWhole };
}
