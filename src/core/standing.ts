/** What was last said of a monitor's availability, and up to where it has been told as over. */
import { type RegionId, slotAt } from './basics/brand';
import { type Incident, isOpen, latestByKey } from './incident';
import { dedupKey, type EvidenceSlots } from './log';

/** What all fresh regions together say of a monitor. */
export type Verdict = 'up' | 'partial' | 'down' | 'misidentified' | 'unknown';

export interface Standing {
  /** The condition of an open incident; `unknown` where nothing bad was said. */
  readonly verdict: Verdict;
  /** Whether it is told as flaky. */
  readonly isFlaky: boolean;
  /** The evidence of the newest resolution: what was seen up to there is over. */
  readonly resolvedOn?: EvidenceSlots | undefined;
}

export const nothingSaid: Standing = { verdict: 'unknown', isFlaky: false };

/** What was said of a monitor, of how it answers and of who does: while somebody else answers, that is what stands. */
export function standingOf(standing: ReadonlyMap<string, Standing>, subject: string): Standing {
  const availability = standing.get(dedupKey(subject, 'availability')) ?? nothingSaid;
  const identity = standing.get(dedupKey(subject, 'identity'));
  if (identity === undefined) return availability;
  const resolvedOn = newestOf(availability.resolvedOn, identity.resolvedOn);
  return { ...availability, resolvedOn, ...(identity.verdict === 'misidentified' ? { verdict: 'misidentified', isFlaky: false } : {}) };
}

/** Of each region the newest slot. */
function newestOf(one: EvidenceSlots | undefined, other: EvidenceSlots | undefined): EvidenceSlots | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Object.fromEntries(Object.entries({ ...one, ...other }).map(([region, slot]) => [region, slotAt(Math.max(slot, one[region as RegionId] ?? slot))]));
}

const known = new WeakMap<readonly Incident[], ReadonlyMap<string, Standing>>();

/** By key; what is not in it was never spoken of. */
export function standings(incidents: readonly Incident[]): ReadonlyMap<string, Standing> {
  const found = known.get(incidents) ?? standingsOf(incidents);
  known.set(incidents, found);
  return found;
}

function standingsOf(incidents: readonly Incident[]): ReadonlyMap<string, Standing> {
  const resolved = latestByKey(incidents.filter((incident) => !isOpen(incident)));
  return new Map([...latestByKey(incidents)].map(([key, incident]) => [key, standingOfKey(incident, resolved.get(key))]));
}

function standingOfKey({ condition, ...latest }: Incident, resolved: Incident | undefined): Standing {
  const resolvedOn = resolved?.transitions.at(-1)?.entries[0].body.evidence;
  if (latest.resolvedAt !== undefined) return { ...nothingSaid, resolvedOn };
  const verdict = condition === 'down' || condition === 'partial' || condition === 'misidentified' ? condition : 'unknown';
  return { verdict, isFlaky: condition === 'flaky', resolvedOn };
}
