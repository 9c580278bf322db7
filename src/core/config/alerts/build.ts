/** Maintenance, routes and what monitors are called together, from a file without mistakes. Absent where nothing is written. */
import type { MonitorId } from '../../basics/brand';
import { monitorId } from '../../basics/brand';
import { minute } from '../../basics/time';
import type { Scope } from '../../scope';
import type { Config, Maintenance, Monitor, Route } from '../config';
import { parseDuration } from '../durations';
import type { SourceConfig, SourceMonitor } from '../schema';
import { readTime } from './local-time';

type Arranged = Pick<Config, 'maintenance' | 'routes' | 'cap'>;

const usualTitle = 'twinwatch';
const usualCap = { messages: 20, withinMs: 10 * minute };

export function arrangedIn({ maintenance, routes, cap }: SourceConfig): Arranged {
  return {
    ...(maintenance === undefined ? {} : { maintenance: maintenance.map(planOf) }),
    ...(routes === undefined ? {} : { routes: routes.map(routeOf) }),
    ...(cap === undefined ? {} : { cap: { messages: cap.messages ?? usualCap.messages, withinMs: parseDuration(cap.within) ?? usualCap.withinMs } }),
  };
}

/** What subscribers may see changes nothing that is observed or decided. */
export function feedIn({ feed }: SourceConfig): Pick<Config, 'feed'> {
  if (feed === undefined) return {};
  const { title = usualTitle, url } = feed;
  return { feed: { of: scopeOf(feed) ?? { kind: 'all' }, title, ...(url === undefined ? {} : { url }) } };
}

/** What changes nothing of what is seen of a monitor: its history goes on. */
export function belongingOf({ group, labels, dependsOn }: SourceMonitor, { defaults }: SourceConfig): Pick<Monitor, 'group' | 'labels' | 'dependsOn'> {
  const all = { ...defaults?.labels, ...labels };
  return {
    ...(group === undefined ? {} : { group }),
    ...(Object.keys(all).length === 0 ? {} : { labels: all }),
    ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map((id): MonitorId => monitorId(id)) }),
  };
}

type Planned = NonNullable<SourceConfig['maintenance']>[number];

function planOf({ monitors, groups, from, until, cron, for: lasts, timezone = 'UTC', why }: Planned): Maintenance {
  const of = { of: scopeOf({ monitors, groups }) ?? ({ kind: 'all' } as const), ...(why === undefined ? {} : { why }) };
  if (cron !== undefined) return { ...of, times: { kind: 'cron', cron, timezone, forMs: parseDuration(lasts) ?? 0 } };
  const [begins, ends] = [readTime(from ?? '', timezone), readTime(until ?? '', timezone)];
  if (typeof begins !== 'number' || typeof ends !== 'number') throw new Error('a configuration without mistakes has a time that is none');
  return { ...of, times: { kind: 'once', from: begins, to: ends } };
}

const scopeOf = ({ monitors = [], groups = [] }: Pick<Planned, 'monitors' | 'groups'>): Scope | undefined =>
  monitors.length + groups.length === 0 ? undefined : { kind: 'some', monitors, groups };

function routeOf(route: NonNullable<SourceConfig['routes']>[number]): Route {
  const { monitors, groups, severity, verdict, labels, channels, continue: goesOn = false, escalate = [] } = route;
  const of = scopeOf({ monitors, groups });
  return {
    ...(of === undefined ? {} : { of }),
    ...(severity === undefined ? {} : { severities: severity }),
    ...(verdict === undefined ? {} : { verdicts: verdict }),
    ...(labels === undefined ? {} : { labels }),
    channels,
    goesOn,
    escalations: escalate
      .map(({ after, channels: others }) => ({ afterMs: parseDuration(after) ?? 0, channels: others }))
      .toSorted((one, other) => one.afterMs - other.afterMs),
  };
}
