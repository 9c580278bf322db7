/** Who is told of what. Where no route fits, everybody is: a page too many is better than one too few. */
import { minute } from './basics/time';
import { isForHelpers, isForSubscribers } from './config/channels/channel';
import type { Config, Escalation, Monitor, Route, Severity } from './config/config';
import { isPublic } from './feed/public-words';
import { type Incident, type IncidentTransition, idsOf } from './incident';
import type { About, LogEntry } from './log';
import { monitorsBySubject } from './monitors-by-subject';
import { isIn } from './scope';

/** Names of channels, sorted; `all`: whoever listens. */
export type Channels = 'all' | readonly string[];

/** What a route looks at. */
export interface Matter {
  /** Undefined where it is about a watcher. */
  readonly monitor: Monitor | undefined;
  readonly severity: Severity;
  /** Such as `down`. */
  readonly condition: string;
}

/** The first that fits, and those after it for as long as routes say to go on. */
export function routesFor(matter: Matter, routes: readonly Route[]): readonly Route[] {
  const fitting: Route[] = [];
  for (const route of routes) {
    if (!fits(matter, route)) continue;
    fitting.push(route);
    if (!route.goesOn) break;
  }
  return fitting;
}

function fits({ monitor, severity, condition }: Matter, { of, severities, verdicts, labels }: Route): boolean {
  if (severities !== undefined && !severities.includes(severity)) return false;
  if (verdicts !== undefined && !verdicts.includes(condition)) return false;
  if (of !== undefined && (monitor === undefined || !isIn(monitor, of))) return false;
  return Object.entries(labels ?? {}).every(([name, value]) => monitor?.labels?.[name] === value);
}

type Routing = Pick<Config, 'monitors' | 'routes'> & Partial<Pick<Config, 'channels'>>;

const matterOf = (
  { subject }: Pick<Incident, 'subject'>,
  { severity, condition }: Pick<IncidentTransition, 'severity' | 'condition'>,
  { monitors }: Routing,
): Matter => ({
  monitor: monitorsBySubject({ monitors }).get(subject),
  severity,
  condition,
});

export interface Telling {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  readonly config: Routing;
  /** What is written down about its key. */
  readonly entries: readonly LogEntry[];
}

/** Subscribers are told what the feed says: no reminders, and nothing of our own trouble. */
export function channelsFor(about: Pick<About, 'as' | 'minutes'>, telling: Telling): Channels {
  const told = insidersFor(about, telling);
  const { channels = [] } = telling.config;
  const isNews = (about.as === undefined || about.as === 'flapping') && isPublic(telling.incident);
  const others = channels.filter((channel) => !isForHelpers(channel) && !(isNews && isForSubscribers(channel))).map(({ name }) => name);
  if (others.length === 0) return told;
  const names = told === 'all' ? channels.map(({ name }) => name).sort() : told;
  return names.filter((name) => !others.includes(name));
}

/** Whoever was told of any step of an incident is told of its end; who was called in is told what comes after. */
function insidersFor(about: Pick<About, 'as' | 'minutes'>, { incident, transition, config, entries }: Telling): Channels {
  const { routes = [] } = config;
  if (routes.length === 0) return 'all';
  const escalations = escalationsOf(incident, config);
  const calledAfter = (minutes: readonly number[]): readonly Escalation[] => escalations.filter(({ afterMs }) => minutes.includes(afterMs / minute));
  if (about.as === 'escalation') return union(calledAfter([about.minutes ?? 0]).map(({ channels }) => channels));
  const steps = transition.kind === 'resolved' ? incident.transitions : [transition];
  const told = steps.map((step) => routesFor(matterOf(incident, step, config), routes));
  if (told.some((some) => some.length === 0)) return 'all';
  return union([...told.flat(), ...calledAfter(escalatedIn(incident, entries))].map(({ channels }) => channels));
}

/** After how many minutes others were called in. */
const escalatedIn = (incident: Incident, entries: readonly LogEntry[]): readonly number[] =>
  entries.flatMap(({ body }) => (body.kind === 'announced' && body.as === 'escalation' && idsOf(incident).includes(body.incident) ? [body.minutes ?? 0] : []));

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort();

/** Who is called in when nobody takes an incident as grave as it is now, the soonest first. */
export function escalationsOf(incident: Incident, config: Routing): readonly Escalation[] {
  const last = incident.transitions.findLast(({ kind }) => kind !== 'resolved');
  if (last === undefined || config.routes === undefined) return [];
  return routesFor(matterOf(incident, last, config), config.routes)
    .flatMap(({ escalations }) => escalations)
    .toSorted((one, other) => one.afterMs - other.afterMs);
}
