/** Pages of ours about a prober that is alive. Calm time is passed over: only where a beat could look overdue, every look is made. */
import { minute, second } from '../../src/core/basics/time';
import { type Stretch, yearMs } from './blackouts';
import { Episode } from './episode';
import { firstPage } from './watching';
import type { World } from './world';

/** A total loss of A up to this length must not page; who pages about a longer one is right. */
const tolerateMs = minute;
/** What detectors must have seen to know what is usual. */
export const warmUpMs = (world: World): number => 36 * world.scale.cycleMs;

/** How many there were in all the years of the world. */
export function countFalsePages(world: World): number {
  let count = 0;
  let judgedTo = 0;
  for (const { from, to } of suspects(world)) {
    if (to <= judgedTo) continue;
    const start = Math.max(from, judgedTo);
    const page = firstPage(new Episode(world, undefined), { from: start - warmUpMs(world), judgedFrom: start, to: to + 3 * minute });
    judgedTo = to + 3 * minute;
    if (page !== undefined && !isCutOffLong(world, page.at)) count += 1;
  }
  return count;
}

/** Whether nothing of A could be reached for longer than is tolerated, up to `at` or a moment before. */
export function isCutOffLong(world: World, at: number): boolean {
  return world.cutOff.stretches.some(({ from, to }) => to - from > tolerateMs && from <= at && at <= to + minute);
}

function suspects(world: World): readonly Stretch[] {
  const lost = [world.linkAB, world.linkAC].flatMap(({ stretches }) => stretches.filter(({ from, to }) => to - from > 5 * second));
  const late = world.scale.cycleMs < minute ? gapsOfLoops(world) : lateBeats(world);
  return [...lost, ...late].sort((one, other) => one.from - other.from);
}

/** Beats that are seen so late at B or W that somebody might speak before. */
function lateBeats(world: World): readonly Stretch[] {
  const { years, cycleMs } = world.scale;
  const found: Stretch[] = [];
  const latestMs = world.setting.jitter === 'worst' ? 69 * second : 29 * second;
  for (let index = 1; index * cycleMs < years * yearMs; index += 1) {
    if (world.tickLatenessMs(index) > latestMs || world.isThrottled(index)) found.push({ from: index * cycleMs, to: index * cycleMs + 3 * minute });
  }
  return found;
}

/** Loops overlap: only where no tick came in time is a beat missing. */
function gapsOfLoops(world: World): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let index = 0; index * minute < world.scale.years * yearMs; index += 1) {
    if (world.tickLatenessMs(index) > minute) found.push({ from: index * minute, to: (index + 3) * minute });
  }
  return found;
}
