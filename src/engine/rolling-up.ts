/**
 * Each prober region's watchdog writes down what its region saw in an hour, a while after its end, since beats expire. It looks
 * again later: beats that came late make a further revision, beside the one before. Nobody else writes for it.
 */
import { type Instant, instant } from '../core/basics/brand';
import { day, hour, minute, second } from '../core/basics/time';
import type { Beat } from '../core/beat';
import { allRegions } from '../core/config/config';
import { encodeHour, type HourItem, type HourRollUp, hourBefore } from '../core/hour';
import { hourOfTime, monitorHour, patienceOf, workIn } from '../core/roll-up';
import { encodeRoster } from '../core/roster';
import type { Item, Writer } from '../core/table';
import { slackMs } from '../core/watch';
import { begunOnce, knownBeginnings } from './beginnings';
import { begunAt, type Library, marksIn, unpacked } from './marks';
import { store, writersOf } from './store';
import { readBeats } from './stored-beats';
import { lastRevision, newestHour } from './stored-hours';
import { hasTime } from './time-left';
import { homeLimitMs, remoteLimitMs, type World } from './world';

/** So long after its end an hour is rolled up: what held at its end is known by then. */
const settledMs = 10 * minute;
/** So long after its end beats of other replicas are counted again, which are there when a link or a store is whole again. */
const laterLooksMs = [70 * minute, 25 * hour];
/** Where a region was away for long, its hours are caught up with a few at a time. */
const mostAtOnce = 3;

/** To be called after each vigil, when all that is urgent is done. Does nothing but compare times unless an hour is due. */
export async function rollUp(world: World): Promise<void> {
  const { self, ports, memory } = world;
  if (!self.config.regions.probers.includes(self.region)) return;
  const now = ports.clock.now();
  const latest = hourBefore(instant(now - settledMs));
  const { rollUps } = memory;
  rollUps.next ??= await firstToDo(world, latest);
  if (rollUps.next === undefined) return;
  for (let done = 0; rollUps.next <= latest && done < mostAtOnce && hasTime(world); done += 1) {
    if ((await look(world, rollUps.next, 'home')) === 'failed') return;
    rollUps.next = instant(rollUps.next + hour);
  }
  for (const afterMs of laterLooksMs) {
    const begins = hourBefore(instant(now - afterMs));
    if (rollUps.looked.get(afterMs) === begins || begins >= rollUps.next || begins < (rollUps.beginnings?.since ?? rollUps.next)) continue;
    if ((await look(world, begins, 'everywhere')) === 'failed') return;
    rollUps.looked.set(afterMs, begins);
  }
}

/** The hour after the newest that is stored; where none is, that of the oldest beat. Undefined where the replica at home does not answer. */
async function firstToDo(world: World, latest: Instant): Promise<Instant | undefined> {
  if ((await knownBeginnings(world)) === 'no-answer') return undefined;
  for (const backMs of [36 * hour, 35 * day]) {
    const newest = await newestHour(world, { from: instant(latest - backMs), to: latest });
    if (newest === 'no-answer') return undefined;
    if (newest !== undefined) return instant(newest + hour);
  }
  const oldest = await oldestWorked(world, latest);
  // Whoever asks for a report before anything is rolled up need not look for beats in a month of empty hours.
  if (oldest !== undefined) world.memory.rollUps.beginnings = await begunOnce(world, { begins: oldest, marks: new Map() });
  return oldest;
}

/** Goes back day by day for as long as there are beats. */
async function oldestWorked(world: World, latest: Instant): Promise<Instant | undefined> {
  let oldest = instant(latest + hour);
  for (let to = oldest; ; to = instant(to - day)) {
    const { items, isWhole } = await beatsAt(world, { from: instant(to - day), to, where: 'home' });
    if (!isWhole) return undefined;
    const first = unpacked(items)[0];
    if (first === undefined) return oldest;
    oldest = instant(Math.floor(begunAt(world.self, first) / hour) * hour);
  }
}

type Where = 'home' | 'everywhere';

/** Writes the first revision of an hour, or one more where more is known now. */
async function look(world: World, begins: Instant, where: Where): Promise<'done' | 'failed'> {
  const { config } = world.self;
  const last = await lastRevision(world, begins);
  const beginnings = await knownBeginnings(world);
  const { from, to } = hourOfTime(begins);
  const aroundMs = Math.max(...config.monitors.map((monitor) => patienceOf(monitor).intervalMs + patienceOf(monitor).toleranceMs)) + config.beatIntervalMs;
  const { items, isWhole } = await beatsAt(world, { from: instant(from - aroundMs), to: instant(to + aroundMs), where });
  if (last === 'no-answer' || beginnings === 'no-answer' || !isWhole) return 'failed';
  const rounds = new Set(items.map(({ seq }) => seq)).size;
  const isBegun = (beginnings?.firstAt.size ?? 0) > 0 || items.some(({ seq }) => Number(seq) * second < to);
  if (last === undefined && !isBegun) return 'done';
  if (last !== undefined && (rounds < last.rounds || (rounds === last.rounds && last.configHash === config.hash))) return 'done';
  return write(world, { begins, last, beats: unpacked(items) });
}

interface Known {
  readonly begins: Instant;
  readonly last: HourItem | undefined;
  readonly beats: readonly Beat[];
}

async function write(world: World, { begins, last, beats }: Known): Promise<'done' | 'failed'> {
  const { self, ports, memory } = world;
  const { config, region } = self;
  const now = ports.clock.now();
  const marks = await marksIn(libraryOf(world), beats, config.monitors);
  const within = { ...hourOfTime(begins), now };
  const begun = beats.map((beat) => begunAt(self, beat));
  const rollUp: HourRollUp = {
    ...{ region, begins, revision: last === undefined ? 0 : last.revision + 1, writtenAt: now, configHash: config.hash, rounds: beats.length },
    work: workIn(begun, { cycleMs: config.beatIntervalMs, slackMs: slackMs(config.beatIntervalMs) }),
    monitors: config.monitors.map((monitor) => monitorHour(monitor, marks.get(monitor.id) ?? [], within)),
  };
  if (last !== undefined && isSame(encodeHour(rollUp, region)[0], last)) return 'done';
  if (!(await hasStored(world, rollUp))) return 'failed';
  ports.diary.note('hour rolled up', { begins, revision: rollUp.revision, rounds: rollUp.rounds });
  memory.rollUps.beginnings = await begunOnce(world, { begins, marks });
  return 'done';
}

/** Of the same bytes a report would show the same. */
function isSame(item: Item | undefined, last: HourItem): boolean {
  if (item === undefined || last.parts > 1 || !(item.packed instanceof Uint8Array)) return false;
  const { packed } = item;
  return packed.length === last.packed.length && packed.every((byte, index) => byte === last.packed[index]) && item.whys === JSON.stringify(last.whys);
}

/** Whoever of this region was first with a revision has written the same. */
async function hasStored(world: World, rollUp: HourRollUp): Promise<boolean> {
  const { self, memory } = world;
  const parts = encodeHour(rollUp, self.region).length;
  for (let part = 0; part < parts; part += 1) {
    const stored = await store(world, 'if-absent', (writer: Writer) => partOf(rollUp, writer, part));
    if (stored.kind === 'failed') return false;
  }
  if (memory.rosters.has(self.config.hash)) return true;
  const roster = await store(world, 'if-absent', (writer) => encodeRoster(self.config, writer));
  if (roster.kind !== 'failed') memory.rosters.add(self.config.hash);
  return true;
}

function partOf(rollUp: HourRollUp, writer: Writer, part: number): Item {
  const item = encodeHour(rollUp, writer)[part];
  if (item === undefined) throw new Error(`a roll-up has no part ${part}`);
  return item;
}

interface BeatsWanted {
  readonly from: Instant;
  readonly to: Instant;
  readonly where: Where;
}

/** `isWhole`: the replica at home answered, so what this region could store there is not missing. */
async function beatsAt(world: World, { where, ...time }: BeatsWanted): Promise<{ readonly items: readonly Item[]; readonly isWhole: boolean }> {
  const { self, ports } = world;
  const { replicas, regions } = libraryOf(world, where);
  const limitMs = where === 'home' ? homeLimitMs : remoteLimitMs;
  const { items, answered } = await readBeats({ clock: ports.clock, replicas, limitMs }, { writers: writersOf(self.region, regions), ...time });
  return { items, isWhole: answered.has(self.region) };
}

function libraryOf({ self, ports, memory }: World, where: Where = 'home'): Library {
  const regions = allRegions(self.config.regions);
  const replicas = where === 'home' ? [ports.replica(self.region)] : regions.map((region) => ports.replica(region));
  return { config: self.config, clock: ports.clock, replicas, regions, rosters: memory.rollUps.rosters };
}
