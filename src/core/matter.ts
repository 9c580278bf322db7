/** What is decided about at one time: a transition by itself, or the storm of changes that it belongs to. */
import type { Listener } from './decision';
import type { Storm } from './flapping';
import { aboutStep, type Incident, type IncidentTransition, isAbout } from './incident';
import type { About } from './log';
import type { Said } from './said';

export interface Matter {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  readonly said: Said;
  readonly listener: Listener;
  /** The storm of changes that the transition belongs to. */
  readonly storm?: Storm | undefined;
  /** What is to be said: that the subject is flapping, or the transition by itself. */
  readonly as?: 'flapping' | undefined;
}

/** Of a storm, whichever of its changes was told as flapping: it is the same storm. */
export function isOfMatter(about: About, { incident, transition, storm, as }: Matter): boolean {
  if (as === undefined || storm === undefined) return isAbout(about, incident, transition);
  return storm.steps.some((step) => isAbout(about, step.incident, step.transition, as));
}

export function aboutMatter({ incident, transition, storm, as }: Matter): About {
  const about = aboutStep(incident, transition);
  return as === undefined ? about : { ...about, as, severity: storm?.severity };
}
