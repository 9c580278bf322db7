/** The grid of rounds: which slot a time belongs to, when a region begins it, and which monitors are due in it. */
import { type Instant, instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { hashUnit } from './basics/hash';
import { minute, second } from './basics/time';
import type { Config, Monitor } from './config/config';

/** A round whose slot is older than this records nothing as current. */
export const staleSlotMs = 90 * second;

/** Whether a prober loops inside its invocation, because the scheduler knows only minutes. */
export const isLooping = (config: Config): boolean => config.beatIntervalMs < minute;

/** Regions take turns: each begins its slots by this much later than the grid, so that two places look at different moments. */
export function phaseMs(config: Config, region: RegionId): number {
  if (!isLooping(config)) return 0;
  const rank = Math.max(0, config.regions.probers.indexOf(region));
  return (config.beatIntervalMs * rank) / config.regions.probers.length;
}

/** The slot that `at` falls into for this region. */
export function slotOf(config: Config, region: RegionId, at: Instant): Slot {
  const grid = Math.floor((at - phaseMs(config, region)) / config.beatIntervalMs);
  return slotAt((grid * config.beatIntervalMs) / second);
}

export const slotAfter = (config: Config, slot: Slot): Slot => slotAt(slot + config.beatIntervalMs / second);

export const laterSlot = (one: Slot, other: Slot): Slot => (one > other ? one : other);

/** When this region begins a slot. */
export const slotBegins = (config: Config, region: RegionId, slot: Slot): Instant => instant(slot * second + phaseMs(config, region));

/** Monitors with longer intervals than the beat are spread over its slots by a hash of their id. */
export function isDue(config: Config, monitor: Monitor, slot: Slot): boolean {
  const beats = monitor.intervalMs / config.beatIntervalMs;
  if (beats === 1) return true;
  const offset = Math.floor(hashUnit(monitor.id) * beats);
  return Math.round((slot * second) / config.beatIntervalMs) % beats === offset;
}
