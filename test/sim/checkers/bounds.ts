/** The promised times, computed from a configuration. */
import { minute, second } from '../../../src/core/basics/time';
import type { Config, Monitor } from '../../../src/core/config/config';

/** A scheduler tick and its jitter, replication, publishing, and one region more that waits for its turn. */
const slackMs = minute;

/** How much longer than the average a round may take: two tries that hang, and the pause between them. */
export function roundSlackMs(config: Config): number {
  const timeoutsMs = config.monitors.map((monitor) => 2 * monitor.timeoutMs);
  return Math.max(0, ...timeoutsMs) + 5 * second;
}

/** A prober that stopped is paged within this time. */
export const stoppedProberMs = (config: Config): number => config.watch.tolerateMs + 2 * config.beatIntervalMs + slackMs;

/** A target that is down from every region is paged within this time, where nothing else is wrong. */
export const downTargetMs = (config: Config, monitor: Monitor): number => (monitor.downAfter + 1) * monitor.intervalMs + roundSlackMs(config) + slackMs / 2;

/** One that is down from some regions only: three rounds more. */
export const partialTargetMs = (config: Config, monitor: Monitor): number => downTargetMs(config, monitor) + 3 * monitor.intervalMs;

/** One region alone must be twice as sure, after it has waited for the other. */
export const loneTargetMs = (config: Config, monitor: Monitor): number =>
  stoppedProberMs(config) + (2 * monitor.downAfter + 1) * monitor.intervalMs + roundSlackMs(config);

/** After the last fault has ended all is resolved within this time. */
export function convergedMs(config: Config): number {
  const resolvedMs = config.monitors.map((monitor) => (monitor.upAfter + 2) * monitor.intervalMs);
  return Math.max(0, ...resolvedMs) + 2 * slackMs + roundSlackMs(config);
}

/**
 * The shortest silence that may be called silence. The last beat may have been lost on its way, so it is what is tolerated, less the
 * round itself; slots are whole seconds, and clocks may differ by another. Where beats are a minute apart, the next one must be due first,
 * and overdue by half of what is tolerated.
 */
export function leastSilenceMs(config: Config): number {
  const { beatIntervalMs, watch } = config;
  const slackMs = roundSlackMs(config);
  const overdueMs = beatIntervalMs + watch.tolerateMs / 2 - slackMs;
  return Math.max(overdueMs, Math.min(watch.tolerateMs - 2 * second, watch.tolerateMs + beatIntervalMs - slackMs));
}

/** The same of a watchdog's records: the next one must be overdue by what is tolerated; it may come a little before its time. */
export const leastWithoutRecordMs = ({ watch: { tolerateMs }, beatIntervalMs }: Config): number =>
  tolerateMs + (beatIntervalMs < minute ? -second : minute - 20 * second);

/** A round that was begun so lately may still be finished, however slow its probes are: they may take most of an interval, and half of what is tolerated at least. */
export const leastUnfinishedMs = ({ watch: { tolerateMs }, beatIntervalMs }: Config): number => Math.min(tolerateMs / 2, 0.75 * beatIntervalMs) - second;
