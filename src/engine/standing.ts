/** What was last said of a monitor: an open incident's condition, or nothing. */
import { type Incident, isOpen } from '../core/incident';
import type { Verdict } from '../core/verdict';

export function standingOf(incident: Incident | undefined): Verdict {
  if (incident === undefined || !isOpen(incident)) return 'unknown';
  return incident.condition === 'down' || incident.condition === 'partial' ? incident.condition : 'unknown';
}
