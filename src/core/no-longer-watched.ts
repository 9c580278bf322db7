/** A monitor that was removed while an incident of it was open: nobody will see it well again, so the incident ends with that. */
import type { RegionId } from './basics/brand';
import { isoTime } from './basics/time';
import type { Head } from './beat';
import type { Finding } from './conclusion';
import { isOfMonitor } from './condition';
import { allRegions, type Config } from './config/config';
import { type Incident, isOpen } from './incident';
import { speakersInOrder } from './speaker';

export const noLongerWatched = 'no-longer-watched';

/** Only whoever has the newest configuration knows what was removed from it. */
export function removedFindings(config: Config, heads: ReadonlyMap<RegionId, Head>, latest: Iterable<Incident>): readonly Finding[] {
  const newest = [...heads.values()];
  if (config.monitors.length === 0 || newest.some((head) => head.configMadeAt > config.madeAt)) return [];
  const open = [...latest].filter((incident) => isOpen(incident) && isOfMonitor(incident.family));
  if (open.length === 0) return [];
  const watched = new Set<string>(config.monitors.map(({ id }) => id));
  const evidence = Object.fromEntries(newest.map(({ region, slot }) => [region, slot]));
  return open.filter(({ subject }) => !watched.has(subject)).map((incident) => removedFinding(incident, { config, evidence }));
}

function removedFinding(incident: Incident, { config, evidence }: { readonly config: Config; readonly evidence: Finding['evidence'] }): Finding {
  const { key, subject, family, severity, certainty } = incident;
  const regions = allRegions(config.regions);
  const speaker = speakersInOrder(key, regions)[0] ?? regions[0];
  if (speaker === undefined) throw new Error('a configuration has at least one region');
  return {
    condition: 'well',
    reason: noLongerWatched,
    evidence,
    about: { key, subject, family, severity, certainty, speaker },
    facts: () => [`it is not in the configuration ${config.hash}, made at ${isoTime(config.madeAt)}`],
  };
}
