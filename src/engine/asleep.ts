/** Noticing that the machine slept: by how long it says that it has slept in all, beside what it said at the look before. */
import { type AwakeMark, asleepBetween } from '../core/asleep';
import type { Instant } from '../core/basics/brand';
import { isoTime } from '../core/basics/time';
import type { WatchRecord } from '../core/watch-record';
import type { World } from './world';

/** To be called once in each look. A function that is frozen between its invocations does not sleep: its machine goes on. */
export function noticeSleep({ ports, memory }: World, own: WatchRecord | undefined, now: Instant): 'awake' | 'was-asleep' {
  const before = newer(memory.awake, own?.sleptMs === undefined ? undefined : { at: own.at, sleptMs: own.sleptMs });
  const mark: AwakeMark = { at: now, sleptMs: ports.machine.sleptMs() };
  const asleep = before === undefined ? undefined : asleepBetween(before, mark);
  memory.awake = mark;
  if (asleep === undefined) return 'awake';
  memory.asleep = asleep;
  ports.diary.note('was asleep', { from: isoTime(asleep.from), to: isoTime(asleep.to) });
  return 'was-asleep';
}

function newer(one: AwakeMark | undefined, other: AwakeMark | undefined): AwakeMark | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.at >= other.at ? one : other;
}
