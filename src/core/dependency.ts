/** Monitors that cannot be well without others: while those are down, and somebody was told, nobody is told of these. */
import { instant } from './basics/brand';
import { isGraver } from './condition';
import type { Config, Monitor } from './config/config';
import { type Incident, isOpen } from './incident';
import { monitorSubject } from './log';
import { dependsOnAny, hasDependencies, monitorsBySubject } from './monitors-by-subject';
import type { ParentOf } from './quiet';

/** The parent that is down: nobody is spared a page by what wakes nobody. */
export function parentsIn(config: Pick<Config, 'monitors'>, incidents: readonly Incident[]): ParentOf {
  if (!hasDependencies(config)) return () => undefined;
  const bySubject = monitorsBySubject(config);
  const downs = downBySubject(incidents);
  return ({ subject }, severity, at) => {
    const child = bySubject.get(subject);
    if (child === undefined || !dependsOnAny(child)) return undefined;
    const graceMs = graceMsOf(child);
    const spares = (parent: Incident): boolean =>
      at >= parent.openedAt - graceMs && at < instant(parent.resolvedAt ?? Number.POSITIVE_INFINITY) + graceMs && !isGraver(severity, parent.severity);
    return ancestorsOf(child, bySubject).find((name) => downs.get(name)?.some(spares));
  };
}

/** What hangs on another is seen to mend a little later, and may be seen to break a little earlier. */
const graceMsOf = ({ upAfter, intervalMs, timeoutMs }: Monitor): number => (upAfter + 1) * intervalMs + timeoutMs;

function downBySubject(incidents: readonly Incident[]): ReadonlyMap<string, readonly Incident[]> {
  const downs = new Map<string, Incident[]>();
  for (const incident of incidents) {
    if (incident.family !== 'availability' || !incident.transitions.some(({ condition }) => condition === 'down')) continue;
    downs.set(incident.subject, [...(downs.get(incident.subject) ?? []), incident]);
  }
  return downs;
}

/** The nearest first. */
function ancestorsOf(child: Monitor, bySubject: ReadonlyMap<string, Monitor>): readonly string[] {
  const found = new Set<string>();
  let nearest: readonly string[] = child.dependsOn ?? [];
  while (nearest.length > 0) {
    const fresh = nearest.map((id) => monitorSubject(id)).filter((subject) => !found.has(subject));
    for (const subject of fresh) found.add(subject);
    nearest = fresh.flatMap((subject) => bySubject.get(subject)?.dependsOn ?? []);
  }
  return [...found];
}

/** Monitors that are down beside it, and are not told because of it. */
export function childrenOf(
  { subject, severity, openedAt }: Incident,
  { monitors, incidents }: { readonly monitors: Config['monitors']; readonly incidents: readonly Incident[] },
) {
  if (!hasDependencies({ monitors })) return [];
  const bySubject = monitorsBySubject({ monitors });
  return incidents.flatMap((incident): string[] => {
    const child = bySubject.get(incident.subject);
    if (child === undefined || !dependsOnAny(child) || !isOpen(incident) || incident.family !== 'availability') return [];
    const hangsOnIt = ancestorsOf(child, bySubject).includes(subject) && !isGraver(incident.severity, severity);
    return hangsOnIt && incident.openedAt >= openedAt - graceMsOf(child) ? [incident.subject] : [];
  });
}
