/** `twinwatch why`: what somebody asks about, and the chain from the evidence to what was said of it. */
import { allRegions } from './config/config';
import { idsOf, isOpen } from './incident';
import { outsideSubject, proberSubject, watchdogSubject } from './log';
import { incidentWhy } from './why/incident-why';
import { monitorWhy } from './why/monitor-why';
import type { Onlooking } from './why/onlooking';
import { regionWhy } from './why/region-why';
import type { WhyView } from './why/why-view';

export type WhyAnswer =
  | { readonly kind: 'found'; readonly view: WhyView }
  /** `known`: everything that can be asked about, open incidents included. */
  | { readonly kind: 'unknown'; readonly known: readonly string[] };

/** A monitor, a region, or an incident by its id or any id that it had; a region also as messages name what runs there. */
export function whyOf(subject: string, seen: Onlooking): WhyAnswer {
  const { config, incidents } = seen;
  const monitor = config.monitors.find(({ id }) => id === subject);
  if (monitor !== undefined) return { kind: 'found', view: monitorWhy(monitor, seen) };
  const region = allRegions(config.regions).find((name) =>
    [name, proberSubject(name), watchdogSubject(name), outsideSubject(name)].some((one) => one === subject),
  );
  if (region !== undefined) return { kind: 'found', view: regionWhy(region, seen) };
  const incident = incidents.find((candidate) => idsOf(candidate).some((id) => id === subject));
  if (incident !== undefined) return { kind: 'found', view: incidentWhy(incident, seen) };
  const open = incidents.filter(isOpen).map(({ id }) => id);
  return { kind: 'unknown', known: [...config.monitors.map(({ id }) => id), ...allRegions(config.regions), ...open] };
}
