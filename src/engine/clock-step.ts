/** A clock that is set while an invocation runs: all that was remembered by it moves along, so that a step is neither silence nor its end. */
import { type Instant, instant, type RegionId } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { Arrivals } from '../core/freshness';
import type { Invoked, Memory } from './memory';
import type { World } from './world';

/** Clocks drift, and are corrected little by little; more than this at once is a step. */
const leastStepMs = 1 * second;

/**
 * Compares the clock with one that nobody sets. Only within one invocation: between two, an environment may be frozen, and
 * what counts on meanwhile differs from place to place.
 */
export function noteClock({ memory, ports, invocation }: World, now: Instant): void {
  // What stands still while the machine sleeps is no step.
  const elapsedMs = ports.clock.elapsedMs() + ports.machine.sleptMs();
  const before = memory.steady;
  memory.steady = { now, elapsedMs, invocation };
  memory.isClockJustSet = false;
  if (before?.invocation !== invocation) return;
  const stepMs = now - before.now - (elapsedMs - before.elapsedMs);
  if (Math.abs(stepMs) < leastStepMs) return;
  ports.diary.note('clock stepped', { stepMs });
  memory.isClockJustSet = true;
  moveAlong(memory, stepMs);
}

/** Both clocks went on by the same since the last look: it was the delivery that was late. Of an absence in between the pause itself tells. */
export function isClockUnset({ memory: { steady }, ports }: World): boolean {
  if (steady === undefined) return false;
  const elapsedMs = ports.clock.elapsedMs() + ports.machine.sleptMs() - steady.elapsedMs;
  return Math.abs(ports.clock.now() - steady.now - elapsedMs) < leastStepMs;
}

function moveAlong(memory: Memory, stepMs: number): void {
  const moved = <T extends Instant | undefined>(at: T): T => (at === undefined ? at : (instant(at + stepMs) as T));
  const since = <T extends { readonly since: Instant }>(known: T): T => ({ ...known, since: moved(known.since) });
  const arrived = (known: Arrivals): Arrivals => ({
    ...known,
    firstSeenAt: moved(known.firstSeenAt),
    lagsMs: known.lagsMs.map((lagMs) => lagMs + stepMs),
    lateLagsMs: known.lateLagsMs.map((lagMs) => lagMs + stepMs),
    earlier: known.earlier === undefined ? undefined : { ...known.earlier, lagMs: known.earlier.lagMs + stepMs },
  });
  moveEach(memory.arrivals, arrived);
  moveEach(memory.vigils, arrived);
  moveEach(memory.watches, since);
  moveEach(memory.watchdogs, since);
  moveEach(memory.works, since);
  moveEach(memory.answering, moved);
  moveEach(memory.poked, ({ begun, ...known }) => ({ ...known, begun: begun === undefined ? undefined : { ...begun, foundAt: moved(begun.foundAt) } }));
  moveEach(memory.reporting, (known) => ({ ...since(known), unbrokenSince: moved(known.unbrokenSince) }));
  memory.self = memory.self === undefined ? undefined : since(memory.self);
  memory.invoked = memory.invoked === undefined ? undefined : delivered(memory.invoked, stepMs);
  memory.watchingSince = moved(memory.watchingSince);
  memory.evaluatedAt = moved(memory.evaluatedAt);
  memory.triedAt = moved(memory.triedAt);
  memory.homeUnreadSince = moved(memory.homeUnreadSince);
  memory.lookedBefore = moved(memory.lookedBefore);
}

const delivered = (known: Invoked, stepMs: number): Invoked => ({
  ...known,
  lateMs: known.lateMs + stepMs,
  lateBeforeMs: known.lateBeforeMs === undefined ? undefined : known.lateBeforeMs + stepMs,
});

function moveEach<T>(known: Map<RegionId, T>, move: (one: T) => T): void {
  for (const [region, one] of known) known.set(region, move(one));
}
