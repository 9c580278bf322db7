/**
 * What is not told for now because it was arranged so. Whatever is still wrong afterwards is told then, and of what was told the end is
 * told at once: quiet hides beginnings, and never leaves anybody with half a story.
 */
import type { Instant } from './basics/brand';
import type { Severity } from './config/config';
import { type Incident, type IncidentTransition, isOpen } from './incident';
import type { Arranged } from './orders/arranged';

export type QuietReason = 'in-maintenance' | 'silenced-by-order' | 'its-parent-is-down';
export type PassedReason = 'over-before-anybody-was-told' | 'a-later-one-tells-it';

/** The incident on which another one hangs at a time, where whoever is told of that one need not be told of this one. */
export type ParentOf = (incident: Pick<Incident, 'subject' | 'openedAt'>, severity: Severity, at: Instant) => string | undefined;

export interface Surroundings {
  readonly now: Instant;
  readonly arranged: Arranged;
  readonly parentOf: ParentOf;
}

export interface Untold {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  /** Whether anybody was told anything of this incident. */
  readonly isKnown: boolean;
}

/** Of a step that was not told: why it need not be, or nothing where it must be. */
export function quietReason({ incident, transition, isKnown }: Untold, surroundings: Surroundings): QuietReason | PassedReason | undefined {
  const { now } = surroundings;
  const reasonAt = (at: Instant): QuietReason | undefined => reasonOf(incident, { at, severity: transition.severity, isKnown }, surroundings);
  if (incident.resolvedAt !== undefined && !isKnown && reasonAt(incident.openedAt) !== undefined && reasonAt(incident.resolvedAt) !== undefined)
    return 'over-before-anybody-was-told';
  if (transition.kind === 'resolved') return undefined;
  const isLast = incident.transitions.at(-1) === transition;
  if (!isLast && reasonAt(transition.entries[0].at) !== undefined) return 'a-later-one-tells-it';
  return isOpen(incident) || !isKnown ? reasonAt(now) : undefined;
}

interface Asked {
  readonly at: Instant;
  readonly severity: Severity;
  readonly isKnown: boolean;
}

export function reasonOf(incident: Incident, { at, severity, isKnown }: Asked, { arranged, parentOf }: Surroundings): QuietReason | undefined {
  const quiet = arranged.quietAt(incident.subject, at);
  if (quiet !== undefined) return quiet.kind === 'maintenance' ? 'in-maintenance' : 'silenced-by-order';
  return isKnown || parentOf(incident, severity, at) === undefined ? undefined : 'its-parent-is-down';
}
