/** What this region finds of every monitor, from the newest heads of all regions. */
import { doubtfulIn } from '../core/all-well';
import { availabilityFinding } from '../core/availability-finding';
import type { Finding } from '../core/conclusion';
import { isOfMonitor } from '../core/condition';
import { identityFindings } from '../core/identity-finding';
import type { Incident } from '../core/incident';
import { monitorSubject } from '../core/log';
import { removedFindings } from '../core/no-longer-watched';
import { standingOf, standings } from '../core/standing';
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

/** Whoever is cut off from everybody has nothing to say about targets. Of what is well and was never spoken of nothing has to be said. */
export function monitorFindings({ self, memory }: World, { picture, watched }: Looked, latest: ReadonlyMap<string, Incident>): readonly Finding[] {
  if (watched.self.state === 'isolated') return [];
  const { config, region: me } = self;
  const chorus = chorusOf(config, { now: picture.now, heads: picture.heads, arrivals: memory.arrivals });
  const doubtful = doubtfulIn(chorus);
  // The last incident of a monitor may still have to be told as over.
  const spokenOf = spokenOfIn(latest);
  const concerned = config.monitors.filter(({ id }) => doubtful.has(id) || spokenOf.has(monitorSubject(id)));
  if (concerned.length === 0 && spokenOf.size === 0) return [];
  const standing = standings(incidentsOf(memory.log));
  const judged = concerned.map((monitor) => {
    const voices = voicesOf(chorus, monitor);
    return { monitor, voices, judgement: judgeMonitor({ monitor, voices, standing: standingOf(standing, monitorSubject(monitor.id)) }) };
  });
  const ofMonitors = judged.map((one) => availabilityFinding({ ...one, config, me, now: picture.now }));
  const ofAnswerers = identityFindings(judged, { config, me, now: picture.now, latest });
  return [...ofMonitors, ...ofAnswerers, ...removedFindings(config, picture.heads, latest.values())];
}

const known = new WeakMap<ReadonlyMap<string, Incident>, ReadonlySet<string>>();

/** The subjects of all incidents of monitors, looked for once as long as the same are known. */
function spokenOfIn(latest: ReadonlyMap<string, Incident>): ReadonlySet<string> {
  const found = known.get(latest) ?? new Set([...latest.values()].flatMap(({ family, subject }) => (isOfMonitor(family) ? [subject] : [])));
  known.set(latest, found);
  return found;
}
