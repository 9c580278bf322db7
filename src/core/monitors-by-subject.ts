/** The monitor that an incident is about: looked up for each incident at each look, so it is put in order once. */
import type { Config, Monitor } from './config/config';
import { monitorSubject } from './log';

const known = new WeakMap<Config['monitors'], ReadonlyMap<string, Monitor>>();

export function monitorsBySubject({ monitors }: Pick<Config, 'monitors'>): ReadonlyMap<string, Monitor> {
  const found = known.get(monitors) ?? new Map(monitors.map((monitor) => [monitorSubject(monitor.id), monitor]));
  known.set(monitors, found);
  return found;
}

const dependent = new WeakMap<Config['monitors'], boolean>();

/** Whether any monitor depends on another. */
export function hasDependencies({ monitors }: Pick<Config, 'monitors'>): boolean {
  const found = dependent.get(monitors) ?? monitors.some(dependsOnAny);
  dependent.set(monitors, found);
  return found;
}

export const dependsOnAny = ({ dependsOn }: Monitor): boolean => dependsOn !== undefined && dependsOn.length > 0;
