/** What was last said of a monitor's availability, and up to where it has been told as over. */
import { type Incident, isOpen, latestByKey } from './incident';
import type { EvidenceSlots } from './log';

/** What all fresh regions together say of a monitor. */
export type Verdict = 'up' | 'partial' | 'down' | 'unknown';

export interface Standing {
  /** The condition of an open incident; `unknown` where nothing bad was said. */
  readonly verdict: Verdict;
  /** Whether it is told as flaky. */
  readonly isFlaky: boolean;
  /** The evidence of the newest resolution: what was seen up to there is over. */
  readonly resolvedOn?: EvidenceSlots | undefined;
}

export const nothingSaid: Standing = { verdict: 'unknown', isFlaky: false };

const known = new WeakMap<readonly Incident[], ReadonlyMap<string, Standing>>();

/** By key; what is not in it was never spoken of. */
export function standings(incidents: readonly Incident[]): ReadonlyMap<string, Standing> {
  const found = known.get(incidents) ?? standingsOf(incidents);
  known.set(incidents, found);
  return found;
}

function standingsOf(incidents: readonly Incident[]): ReadonlyMap<string, Standing> {
  const resolved = latestByKey(incidents.filter((incident) => !isOpen(incident)));
  return new Map([...latestByKey(incidents)].map(([key, incident]) => [key, standingOf(incident, resolved.get(key))]));
}

function standingOf({ condition, ...latest }: Incident, resolved: Incident | undefined): Standing {
  const resolvedOn = resolved?.transitions.at(-1)?.entries[0].body.evidence;
  if (latest.resolvedAt !== undefined) return { ...nothingSaid, resolvedOn };
  const verdict = condition === 'down' || condition === 'partial' ? condition : 'unknown';
  return { verdict, isFlaky: condition === 'flaky', resolvedOn };
}
