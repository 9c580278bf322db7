/** Planned work: what is refused, and when it holds. */
import { Cron } from 'croner';
import { instant } from '../../../src/core/basics/brand';
import { minute } from '../../../src/core/basics/time';
import { arrange } from '../../../src/core/orders/arranged';
import { calendarName, plannedIn } from '../../../src/core/orders/planned';
import { type Mark, spansOf, tellSpans } from '../../../src/core/timeline';
import { at } from '../../core/builders';
import { configOf, mistakesOf, textWith } from '../../core/config/config-text';
import type { Proof, Proofs } from '../proof';

const refusedPlan =
  (plan: string, words: string): Proof =>
  () => {
    expect(mistakesOf(textWith({ maintenance: `[{ all: true, ${plan} }]` })).join('\n')).toContain(words);
  };

/** Whether this plan holds at a time. */
function isQuiet(plan: string, time: string): boolean {
  const config = configOf(textWith({ maintenance: `[{ all: true, ${plan} }]` }));
  const { maintenance = [] } = config;
  const calendars = new Map(
    maintenance.flatMap(({ times }) => {
      if (times.kind !== 'cron') return [];
      const calendar = new Cron(times.cron, { timezone: times.timezone, paused: true });
      return [[calendarName(times), (after: number) => instant(calendar.nextRun(new Date(after))?.getTime() ?? Number.NaN)] as const];
    }),
  );
  const now = instant(Date.parse(time));
  const planned = plannedIn({ from: now, to: instant(now + 1) }, { maintenance, calendars });
  return arrange({ config, orders: [], planned }).quietAt('shop', now) !== undefined;
}

const weekend = 'cron: "0 20 * * FRI", for: 51h, timezone: America/New_York';

export const maintenance: Proofs = {
  P224: refusedPlan('from: 2026-11-21T0000Z, until: 2026-11-22T00:00Z', 'maintenance[0].from: "2026-11-21T0000Z" is no time'),
  P226: refusedPlan('from: 2026-11-21T00:61Z, until: 2026-11-22T00:00Z', 'maintenance[0].from: "2026-11-21T00:61Z" is no time'),
  P228: refusedPlan('cron: "0 2 * * *", for: 1h, timezone: Invalid/Timezone', '"Invalid/Timezone" is no time zone'),
  P230() {
    expect(isQuiet('cron: "0 22 * * *", for: 8h', '2026-11-21T02:00:00Z')).toBe(true);
  },
  P232() {
    expect(isQuiet('cron: "0 22 * * *", for: 3h', '2026-11-21T02:00:00Z')).toBe(false);
  },
  P234() {
    expect(isQuiet('cron: "0 12 * * *", for: 1h, timezone: America/Los_Angeles', '2026-11-21T12:30:00Z')).toBe(false);
    expect(isQuiet('cron: "0 12 * * *", for: 1h', '2026-11-21T12:30:00Z')).toBe(true);
  },
  P258: refusedPlan('cron: "2000 FRI", for: 1h', '"2000 FRI" is no calendar that can be read'),
  P260() {
    expect([isQuiet(weekend, '2026-11-21T00:59:00Z'), isQuiet(weekend, '2026-11-21T01:00:00Z')]).toEqual([false, true]);
  },
  P320() {
    expect(spentAround('ok').segments.map(({ state }) => state)).toEqual(['paused', 'up']);
  },
};

/** Ten minutes, of which the first five are planned. */
function spentAround(outcome: Mark['outcome']) {
  const marks = Array.from({ length: 10 }, (_, index): Mark => ({ at: instant(at('00:00') + index * minute), outcome }));
  const window = { from: at('00:00'), to: at('00:10'), now: at('00:10') };
  const spans = spansOf(marks, { intervalMs: minute, toleranceMs: minute, now: window.now });
  return tellSpans({ ...window, spans, pauses: [{ from: at('00:00'), to: at('00:05') }] });
}

/** Probing goes on, so that what is still wrong afterwards is known at once. */
export function probedAndPaused(): void {
  expect([isQuiet(weekend, '2026-11-22T12:00:00Z'), isQuiet(weekend, '2026-11-23T12:00:00Z')]).toEqual([true, false]);
  expect(isQuiet('cron: "0 9 * * TUE", for: 1h, timezone: Europe/London', '2026-11-24T09:30:00Z')).toBe(true);
  expect(spentAround('failed')).toMatchObject({ pausedMs: 5 * minute, downMs: 5 * minute });
}
