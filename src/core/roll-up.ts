/** Turning marks into what a roll-up keeps of them. */
import type { Instant } from './basics/brand';
import { instant } from './basics/brand';
import { hour } from './basics/time';
import type { Monitor } from './config/config';
import type { MonitorHour } from './hour';
import { countLatency, noLatency } from './latency';
import { type Mark, type Patience, type Stretch, spansOf, spansWithin } from './timeline';

/** The probe's own timeout and a little slack: so much later than its interval an observation may come and still follow on. */
const lateMs = 2000;

export const patienceOf = ({ intervalMs, timeoutMs }: Monitor): Patience => ({ intervalMs, toleranceMs: timeoutMs + lateMs });

export const hourOfTime = (begins: Instant): Stretch => ({ from: begins, to: instant(begins + hour) });

/** What these marks, and those around the stretch, say of it. */
export function monitorHour(monitor: Monitor, marks: readonly Mark[], within: Stretch & { readonly now: Instant }): MonitorHour {
  const latency = noLatency();
  for (const { at, latencyMs } of marks) if (latencyMs !== undefined && at >= within.from && at < within.to) countLatency(latency, latencyMs);
  return { spans: spansWithin(spansOf(marks, { ...patienceOf(monitor), now: within.now }), within), latency };
}

/** From the first to the last round of each time in which rounds followed on one another; oldest first. */
export function workIn(begun: readonly Instant[], { cycleMs, slackMs }: { readonly cycleMs: number; readonly slackMs: number }): readonly Stretch[] {
  const work: Stretch[] = [];
  for (const at of begun) {
    const last = work.at(-1);
    if (last !== undefined && at - last.to <= cycleMs + slackMs) work[work.length - 1] = { from: last.from, to: at };
    else work.push({ from: at, to: at });
  }
  return work;
}

/** Rounds as far apart as they may have been: they leave the same time unwatched as those that the work was told from. */
export function roundsOf(work: readonly Stretch[], cycleMs: number): readonly Instant[] {
  return work.flatMap(({ from, to }) => {
    const count = Math.floor((to - from) / cycleMs);
    return [...Array.from({ length: count + 1 }, (_, index) => instant(from + index * cycleMs)), to];
  });
}
