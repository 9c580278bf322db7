/** One vigil of a watchdog: judge again, watch the peers, deliver what is pending, write down what is seen. */
import type { Instant } from '../core/basics/brand';
import { second } from '../core/basics/time';
import { encodeWatch, newestRecordOf, type WatchRecord } from '../core/watch-record';
import { account } from './account';
import { sayAlwaysOn } from './always-on';
import { publishBeatMetric } from './beat-metric';
import { writeHeld } from './hold';
import { type Judged, judge } from './judge';
import { vigilCycleOf } from './pace';
import { testWeekly } from './prove';
import { redeliver } from './redeliver';
import { restate } from './restate';
import { saveLater } from './save-later';
import { awayOf, storeSign } from './store';
import { isToTellOutside, tellOutside } from './tell-outside';
import type { World } from './world';

/** `invocationAt`: when this invocation was scheduled. `pending`: look again soon. `handed-over`: a newer invocation has written meanwhile. */
export async function runVigil(world: World, invocationAt: Instant): Promise<'done' | 'pending' | 'handed-over'> {
  const judged = await judge(world);
  if (isHandedOver(world, judged, invocationAt)) return 'handed-over';
  const accounted = await account(world, judged.picture);
  const isToTell = isToTellOutside(world, judged.watched);
  const record = recordOf(world, judged, invocationAt);
  const away = awayOf(world);
  const names = await storeSign(world, (writer) => encodeWatch(record, writer, away));
  for (const name of names) world.memory.log.names.add(name);
  world.memory.couldStore = names.length > 0;
  if (isToTell && world.memory.couldStore) tellOutside(world);
  if (world.memory.couldStore) await saveLater(world);
  await restate(world);
  await writeHeld(world);
  await redeliver(world);
  await testWeekly(world);
  await sayAlwaysOn(world);
  return judged.isPending || accounted === 'pending' ? 'pending' : 'done';
}

/** Whoever writes nothing for so much longer than a vigil takes has handed over to nobody. */
const handoverMs = 15 * second;

/** To one that has gone silent since, nothing is handed over: an event of long ago may be the only one that comes. */
function isHandedOver({ self }: World, { picture }: Judged, invocationAt: Instant): boolean {
  return picture.watchRecords.some(
    (record) => record.region === self.region && record.invocationAt > invocationAt && picture.now - record.at < vigilCycleOf(self.config) + handoverMs,
  );
}

/** Says "this watchdog finished its work" into every region. */
export const publishVigil = (world: World, at: Instant): Promise<void> => publishBeatMetric(world, at);

/**
 * It is of the moment of the look, however much later it is written: a clock that is set in between must not make it younger.
 * Where nothing could be read there was no look, and it is as old as the one before.
 */
function recordOf({ self, memory }: World, judged: Judged, invocationAt: Instant): WatchRecord {
  const { now } = judged.picture;
  const peers = judged.watched.peers.map(({ region, state, reason }) => ({
    region,
    state,
    reason,
    since: memory.watches.get(region)?.since ?? now,
    arrivals: memory.arrivals.get(region),
    reporting: memory.reporting.get(region),
    answersSince: memory.answering.get(region),
  }));
  const watchdogs = judged.watched.watchdogs.map(({ region, state, reason }) => ({
    region,
    state,
    reason,
    since: memory.watchdogs.get(region)?.since ?? now,
    vigils: memory.vigils.get(region),
  }));
  const own = newestRecordOf(self.region, judged.picture.watchRecords);
  return {
    region: self.region,
    at: memory.evaluatedAt ?? now,
    seq: nextSeq(now, own, vigilCycleOf(self.config)),
    watchingSince: memory.watchingSince ?? now,
    invocationAt,
    lateMs: memory.invoked?.lateMs,
    isClockDoubtful: memory.isClockDoubtful ? true : undefined,
    homeUnreadSince: memory.homeUnreadSince,
    self: judged.watched.self.state,
    selfSince: memory.self?.since,
    localHealth: memory.localHealth,
    peers,
    watchdogs,
    outside: memory.pinging,
    sleptMs: memory.awake?.sleptMs,
    asleep: memory.asleep,
  };
}

/** It stands for a time: when the clock was set back it goes on at the pace of time, so that others see its records come when they are due. */
function nextSeq(now: Instant, last: Pick<WatchRecord, 'seq' | 'at'> | undefined, cycleMs: number): number {
  if (last === undefined || now > last.seq) return now;
  return last.seq + Math.max(cycleMs, now - last.at);
}
