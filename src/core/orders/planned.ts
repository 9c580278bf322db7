/** Maintenance as it stands in the configuration, as times: a calendar says when each begins, and it lasts as long as it lasts. */
import { type Instant, instant } from '../basics/brand';
import type { Maintenance } from '../config/config';
import { overlaps, type Stretch } from '../timeline';
import type { Quiet } from './arranged';

/** When each calendar comes next, by `<cron> <timezone>`. */
export type Calendars = ReadonlyMap<string, (after: Instant) => Instant | undefined>;

export const calendarName = ({ cron, timezone }: { readonly cron: string; readonly timezone: string }): string => `${cron} ${timezone}`;

/** More often than this in one look it cannot be meant. */
const mostWindows = 5000;

/** Every window that touches a stretch, oldest first. A calendar that is not known plans nothing: then somebody is told too much. */
export function plannedIn(stretch: Stretch, { maintenance, calendars }: { readonly maintenance: readonly Maintenance[]; readonly calendars: Calendars }) {
  const planned = maintenance.flatMap(({ of, times, why }) =>
    (times.kind === 'once' ? [times] : windowsOf(times, { stretch, next: calendars.get(calendarName(times)) }))
      .filter((window) => overlaps(window, stretch))
      .map(({ from, to }): Quiet => ({ kind: 'maintenance', of, from, to, name: 'twinwatch.yaml', by: 'twinwatch.yaml', why })),
  );
  return planned.sort((one, other) => one.from - other.from);
}

type Repeated = Extract<Maintenance['times'], { kind: 'cron' }>;

interface Within {
  readonly stretch: Stretch;
  readonly next: ((after: Instant) => Instant | undefined) | undefined;
}

function windowsOf({ forMs }: Repeated, { stretch, next }: Within): readonly Stretch[] {
  const windows: Stretch[] = [];
  let from = next?.(instant(stretch.from - forMs - 1));
  while (from !== undefined && from < stretch.to && windows.length < mostWindows) {
    windows.push({ from, to: instant(from + forMs) });
    from = next?.(from);
  }
  return windows;
}
