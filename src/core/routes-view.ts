/** The JSON of `twinwatch routes`: who would be told of a monitor at a time, of each thing that may be said of it. */
import type { Instant } from './basics/brand';
import { isoTime, minute } from './basics/time';
import { type Condition, severityOf } from './condition';
import { alwaysOnOf, type Channel } from './config/channels/channel';
import type { Config, Monitor, Route, Severity } from './config/config';
import type { Quiet } from './orders/arranged';
import { routesFor } from './route';
import { scopeText } from './scope';

export interface RoutesView {
  readonly monitor: string;
  readonly at: string;
  /** Why nothing new would be told then. */
  readonly quiet: { readonly kind: Quiet['kind']; readonly by: string; readonly until: string } | null;
  readonly dependsOn: readonly string[];
  readonly told: readonly ToldView[];
  /** Of every channel of the file, such as `slack`. */
  readonly kinds: Readonly<Record<string, Channel['kind']>>;
}

export interface ToldView {
  readonly condition: string;
  readonly severity: Severity;
  /** `all`: no route fits, or there are none. Nobody where it is only noted on the page. */
  readonly channels: 'all' | readonly string[];
  /** The routes that fit, as they stand in the file, counted from 1. */
  readonly because: readonly string[];
  readonly escalations: readonly { readonly afterMinutes: number; readonly channels: readonly string[] }[];
}

const conditions: readonly Condition[] = ['down', 'partial', 'flaky'];

export function routesView(
  monitor: Monitor,
  { config, at, quiet }: { readonly config: Config; readonly at: Instant; readonly quiet: Quiet | undefined },
): RoutesView {
  return {
    monitor: monitor.id,
    at: isoTime(at),
    quiet: quiet === undefined ? null : { kind: quiet.kind, by: quiet.by, until: isoTime(quiet.to) },
    dependsOn: monitor.dependsOn ?? [],
    told: conditions.map((condition) => toldOf(monitor, condition, config)),
    kinds: Object.fromEntries(config.channels.map(({ name, kind }) => [name, kind])),
  };
}

function toldOf(monitor: Monitor, condition: Condition, { routes = [], channels }: Config): ToldView {
  const severity = severityOf(condition, { lastsMs: 0, configured: monitor.severity });
  if (severity === 'note') return { condition, severity, channels: [], because: ['a note is only shown'], escalations: [] };
  const fitting = routesFor({ monitor, severity, condition }, routes);
  const escalations = fitting
    .flatMap((route) => route.escalations)
    .map(({ afterMs, channels: names }) => ({ afterMinutes: afterMs / minute, channels: names }));
  if (fitting.length > 0) {
    const names = [...new Set(fitting.flatMap((route) => route.channels))].sort();
    return { condition, severity, channels: names, because: fitting.map((route) => routeText(route, routes.indexOf(route))), escalations };
  }
  const why = routes.length === 0 ? 'there are no routes' : 'no route fits';
  return {
    condition,
    severity,
    channels: 'all',
    because: [
      `${why}: ${
        channels
          .filter((channel) => alwaysOnOf(channel) === undefined)
          .map(({ name, kind }) => `${kind} ${name}`)
          .join(', ') || 'nobody listens'
      }`,
    ],
    escalations,
  };
}

function routeText({ of, severities, verdicts, labels, goesOn }: Route, index: number): string {
  const wants = [
    ...(of === undefined ? [] : [scopeText(of)]),
    ...(severities ?? []),
    ...(verdicts ?? []),
    ...Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`),
  ];
  return `route ${index + 1} (${wants.length === 0 ? 'everything' : wants.join(', ')})${goesOn ? ', which goes on' : ''}`;
}
