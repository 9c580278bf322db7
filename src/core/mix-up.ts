/** Which monitors were mixed up with each other: two that were swapped, or one that answers for two. They are told together. */
import type { MonitorId } from './basics/brand';
import { isGraver } from './condition';
import type { Monitor, Severity } from './config/config';
import { identityOf } from './identity';

/** A monitor that somebody else answers for. */
export interface Impersonated {
  readonly monitor: Monitor;
  /** As whom they answered, wherever it was seen. */
  readonly answerers: readonly string[];
  /** An incident that is open about it already, and how grave it was told to be. */
  readonly told?: Severity | undefined;
}

export interface MixUp {
  /** What is known of others, in lines. */
  readonly facts: readonly string[];
  /** The monitor whose announcement tells of this one too; itself where there is none. */
  readonly teller: MonitorId;
}

/** Of each of the impersonated. `monitors`: all that there are. */
export function mixUps(impersonated: readonly Impersonated[], monitors: readonly Monitor[]): ReadonlyMap<MonitorId, MixUp> {
  return new Map(impersonated.map((one) => [one.monitor.id, { facts: factsOf(one, impersonated, monitors), teller: tellerOf(one, impersonated) }]));
}

const expects = ({ probe }: Monitor, answerers: readonly string[]): boolean => identityOf(probe)?.equals.some((name) => answerers.includes(name)) === true;

function factsOf(one: Impersonated, impersonated: readonly Impersonated[], monitors: readonly Monitor[]): readonly string[] {
  const owners = monitors.filter(({ id, probe }) => id !== one.monitor.id && expects({ ...one.monitor, probe }, one.answerers));
  const ofOwners = owners.map((owner) => {
    const other = impersonated.find(({ monitor }) => monitor.id === owner.id);
    if (other === undefined) return `mixed up: ${owner.id} is answered by it as well, and rightly`;
    if (expects(one.monitor, other.answerers)) return `SWAPPED: ${one.monitor.id} is answered by what should answer ${owner.id}, and the other way round`;
    return `mixed up: it is what should answer ${owner.id}, which somebody else answers as well`;
  });
  const sharers = impersonated.filter((other) => other !== one && other.answerers.some((name) => one.answerers.includes(name)));
  return [...ofOwners, ...sharers.map(({ monitor }) => `mixed up: ${monitor.id} is answered by the same, and wrongly too`)];
}

/** All that are mixed up with each other, however many are in between. */
function groupOf(one: Impersonated, impersonated: readonly Impersonated[]): readonly Impersonated[] {
  const group = [one];
  for (const member of group) group.push(...impersonated.filter((other) => !group.includes(other) && areMixedUp(member, other)));
  return group;
}

const areMixedUp = (one: Impersonated, other: Impersonated): boolean =>
  expects(one.monitor, other.answerers) || expects(other.monitor, one.answerers) || one.answerers.some((name) => other.answerers.includes(name));

/** Who was told already goes on telling; else the gravest, and of equals the first by name. Nobody graver is left to it. */
function tellerOf(one: Impersonated, impersonated: readonly Impersonated[]): MonitorId {
  const [teller = one] = groupOf(one, impersonated).toSorted(inOrderOfTelling);
  return isGraver(one.monitor.severity, teller.monitor.severity) ? one.monitor.id : teller.monitor.id;
}

function inOrderOfTelling(one: Impersonated, other: Impersonated): number {
  if (isTold(one) !== isTold(other)) return isTold(one) ? -1 : 1;
  if (one.monitor.severity !== other.monitor.severity) return isGraver(one.monitor.severity, other.monitor.severity) ? -1 : 1;
  return one.monitor.id < other.monitor.id ? -1 : 1;
}

const isTold = ({ told }: Impersonated): boolean => told !== undefined && told !== 'note';
