/** When a loop of a prober runs the slot that it has claimed. */
import type { Instant, Slot } from '../core/basics/brand';
import { minute, second } from '../core/basics/time';
import { slotBegins } from '../core/slots';
import { lastHead } from './own-head';
import type { World } from './world';

/**
 * A slot that is further ahead than the next one may be so because the clock was set back: then nobody waits for its turn. Where the
 * round before had its turn, loops have only pushed one another on: whoever claimed the slots in between runs them.
 */
export async function untilTurnMs(world: World, slot: Slot): Promise<number> {
  const { self, ports } = world;
  const { config, region } = self;
  const inMs = slotBegins(config, region, slot) - ports.clock.now();
  const before = inMs > config.beatIntervalMs ? (await lastHead(world)).head : undefined;
  const now = ports.clock.now();
  const hadItsTurn = before !== undefined && before.startedAt <= now && before.startedAt >= slotBegins(config, region, before.slot) - second;
  if (hadItsTurn && inMs <= longestWaitMs(world)) return slotBegins(config, region, slot) - now;
  return untilMs(world, slot, before?.startedAt ?? now);
}

/** Whether this invocation lasts until a slot has had its turn. */
export const livesForTurn = async (world: World, slot: Slot): Promise<boolean> =>
  world.invocation.remainingMs() - (await untilTurnMs(world, slot)) >= world.self.config.beatIntervalMs + 2 * second;

/** Should it be the clock all the same, by which nothing was stored, rounds are missed for no longer: within a minute another loop begins. */
const longestWaitMs = ({ self: { config } }: World): number => Math.max(2 * config.beatIntervalMs, Math.min(config.watch.tolerateMs, minute));

/**
 * Little more than one interval after the round before: a clock that was set back must not stop the rounds until it has caught up.
 * It catches up slowly, so that nobody finds the rounds late.
 */
export function untilMs({ self, ports }: World, slot: Slot, begunAt: Instant): number {
  const pace = self.config.beatIntervalMs * catchUpPace;
  const now = ports.clock.now();
  return Math.min(pace, slotBegins(self.config, self.region, slot) - now, begunAt + pace - now);
}

const catchUpPace = 1.01;
