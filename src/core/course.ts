/** Which way an incident goes with a step of it. */
import { type Condition, isGraver } from './condition';
import type { Incident, IncidentTransition } from './incident';

/** `changed`: it is something else now, and no graver than before. */
export type Course = 'opened' | 'worsened' | 'eased' | 'changed' | 'resolved';

export function courseOf(incident: Pick<Incident, 'transitions'>, step: IncidentTransition): Course {
  const before = stepBefore(incident, step);
  if (step.kind === 'resolved') return 'resolved';
  if (before === undefined) return 'opened';
  if (isWorse(step, before)) return 'worsened';
  return isWorse(before, step) ? 'eased' : 'changed';
}

export const stepBefore = ({ transitions }: Pick<Incident, 'transitions'>, step: IncidentTransition): IncidentTransition | undefined =>
  transitions[transitions.indexOf(step) - 1];

/** Of a target, from mild to bad. What is wrong with a watcher is not more or less wrong. */
const byBadness: readonly Condition[] = ['flaky', 'partial', 'down'];

function isWorse(one: IncidentTransition, than: IncidentTransition): boolean {
  if (one.severity !== than.severity) return isGraver(one.severity, than.severity);
  return byBadness.indexOf(one.condition) > byBadness.indexOf(than.condition);
}
