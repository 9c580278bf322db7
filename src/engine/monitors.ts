/** What this region finds of every monitor, from the newest heads of all regions. */
import { isAllWell } from '../core/all-well';
import { availabilityFinding } from '../core/availability-finding';
import type { Finding } from '../core/conclusion';
import { type Incident, isOpen } from '../core/incident';
import { dedupKey, monitorSubject } from '../core/log';
import { removedFindings } from '../core/no-longer-watched';
import { nothingSaid, standings } from '../core/standing';
import { judgeMonitor } from '../core/verdict';
import { chorusOf, voicesOf } from '../core/voices';
import type { Picture } from './gather';
import { incidentsOf } from './region-log';
import type { Watched } from './watching';
import type { World } from './world';

interface Looked {
  readonly picture: Picture;
  readonly watched: Watched;
}

/** Whoever is cut off from everybody has nothing to say about targets. Where all is well and nothing is open, nothing has to be said. */
export function monitorFindings({ self, memory }: World, { picture, watched }: Looked, latest: ReadonlyMap<string, Incident>): readonly Finding[] {
  if (watched.self.state === 'isolated') return [];
  const { config, region: me } = self;
  const chorus = chorusOf(config, { now: picture.now, heads: picture.heads, arrivals: memory.arrivals });
  const spokenOf = [...latest.values()].filter((incident) => incident.family === 'availability');
  const isQuiet = !spokenOf.some(isOpen) && isAllWell(chorus);
  const concerned = isQuiet ? monitorsOf(spokenOf, config.monitors) : config.monitors;
  if (concerned.length === 0 && isQuiet) return [];
  const standing = standings(incidentsOf(memory.log));
  const ofMonitors = concerned.map((monitor) => {
    const voices = voicesOf(chorus, monitor);
    const judgement = judgeMonitor({ monitor, voices, standing: standing.get(dedupKey(monitorSubject(monitor.id), 'availability')) ?? nothingSaid });
    return availabilityFinding({ monitor, judgement, voices, config, me, now: picture.now });
  });
  return [...ofMonitors, ...removedFindings(config, picture.heads, latest.values())];
}

/** Their last incident may still have to be told as over. */
function monitorsOf<Monitor extends { readonly id: string }>(incidents: readonly Incident[], monitors: readonly Monitor[]): readonly Monitor[] {
  if (incidents.length === 0) return [];
  const subjects = new Set(incidents.map((incident) => incident.subject));
  return monitors.filter(({ id }) => subjects.has(monitorSubject(id)));
}
