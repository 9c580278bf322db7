/** Pings and questions about them, with what tests do not care about left to be usual. */
import { type Instant, instant, type RegionId } from '../../../src/core/basics/brand';
import { hour, minute } from '../../../src/core/basics/time';
import { type Found, judgeHeartbeat, type Times } from '../../../src/core/heartbeat/judging';
import type { Ping, Signal } from '../../../src/core/heartbeat/ping';
import type { Receiving } from '../../../src/core/heartbeat/receiving';
import { west } from '../builders';

export const ping = (at: Instant, signal: Signal = 'success', over: Partial<Ping> = {}): Ping => ({ signal, at, ...over });

export const every = (everyMs: number, graceMs: number): Times => ({
  nextAfter: (after) => instant(after + everyMs),
  graceMs,
  earlyMs: graceMs,
});

export const hourly = every(hour, 5 * minute);

/** An inbox that was at work from one time to another, or for ever until then. */
export const atWork = (to: Instant, from: Instant = instant(0)): Receiving => [{ from, to }];

/** One region with an inbox that was always at work. */
export function foundOf(
  pings: readonly Ping[],
  now: Instant,
  over: { readonly times?: Times; readonly receiving?: Receiving; readonly region?: RegionId } = {},
): Found {
  const region = over.region ?? west;
  return judgeHeartbeat({
    times: over.times ?? hourly,
    pings: new Map([[region, pings]]),
    receiving: new Map([[region, over.receiving ?? atWork(now)]]),
    now,
    mostPauseMs: 25_000,
  });
}
