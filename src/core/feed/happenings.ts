/** What subscribers are told of: each incident of a service, and each time in which nobody watched, with its state. */
import { type Instant, instant } from '../basics/brand';
import { hashHex } from '../basics/hash';
import { ageText, utcTime } from '../basics/time';
import { firstOf, hullOf, isTold, type KnownGap, lastOf, lengthMs, monitoringKey } from '../gap';
import { type Incident, type IncidentTransition, isOpen } from '../incident';
import type { Stretch } from '../timeline';
import { gravestOf, isPublic, publicWords } from './public-words';

export interface Happening {
  /** Of no other one: `incident/<id>` or `gap/<id>`. */
  readonly id: string;
  /** What else it may have been published as, before more became known of it. */
  readonly formerIds: readonly string[];
  readonly state: 'begun' | 'changed' | 'ended' | 'revised';
  readonly title: string;
  /** Its course, step by step. */
  readonly lines: readonly string[];
  readonly publishedAt: Instant;
  readonly updatedAt: Instant;
}

export interface Public {
  readonly incidents: readonly Incident[];
  readonly gaps: readonly KnownGap[];
  /** Whether subscribers may hear of this monitor. */
  readonly isShown: (monitor: string) => boolean;
}

/** The newest change first. */
export function happeningsOf({ incidents, gaps, isShown }: Public): readonly Happening[] {
  const ofServices = incidents.filter(
    (incident) => incident.severity !== 'note' && incident.key !== monitoringKey && isPublic(incident) && isShown(incident.subject),
  );
  const ofGaps = incidents.filter(({ key }) => key === monitoringKey);
  const gapsOf = (incident: Incident): readonly KnownGap[] => gaps.filter((gap) => tellerOf(gap, ofGaps) === incident);
  return [
    ...ofServices.map(serviceHappening),
    ...ofGaps.map((incident) => unwatchedHappening(incident, gapsOf(incident))),
    ...gaps.filter((gap) => tellerOf(gap, ofGaps) === undefined).map(gapHappening),
  ].sort((one, other) => other.updatedAt - one.updatedAt || (one.id < other.id ? -1 : 1));
}

function serviceHappening(incident: Incident): Happening {
  const { subject, openedAt, resolvedAt } = incident;
  const steps = incident.transitions.filter(({ kind }) => kind !== 'resolved');
  const lines = steps.map((step) => `${utcTime(atOf(step))}: ${subject} ${publicWords(step.condition).now}.`);
  const named = { ...namesOf(incident), publishedAt: openedAt } as const;
  if (resolvedAt === undefined) {
    const updatedAt = instant(Math.max(openedAt, ...steps.map(atOf)));
    return { ...named, state: steps.length > 1 ? 'changed' : 'begun', title: `${subject} ${publicWords(incident.condition).now}`, lines, updatedAt };
  }
  const { before } = publicWords(gravestOf(steps.map(({ condition }) => condition)));
  const title = `${subject} ${before} for ${ageText(resolvedAt - openedAt)}`;
  return { ...named, state: 'ended', title, lines: [...lines, `${utcTime(resolvedAt)}: ${subject} works again.`], updatedAt: resolvedAt };
}

const atOf = ({ entries }: IncidentTransition): Instant => entries[0].at;

/** That nobody watches is told when it is noticed; when it began is known when it is over. */
function unwatchedHappening(incident: Incident, gaps: readonly KnownGap[]): Happening {
  const { openedAt, resolvedAt } = incident;
  const { id, formerIds } = namesOf(incident);
  const named = { id, formerIds: [...formerIds, ...gaps.map(gapName)], publishedAt: openedAt } as const;
  if (resolvedAt === undefined)
    return {
      ...named,
      state: 'begun',
      title: 'Nobody watches',
      lines: [`${utcTime(openedAt)}: nobody watches; how the services are is unknown.`],
      updatedAt: openedAt,
    };
  if (gaps.length === 0) {
    const lines = [`${utcTime(openedAt)}: nobody watched.`, `${utcTime(resolvedAt)}: watching goes on.`];
    return { ...named, state: 'ended', title: `Nobody watched for ${ageText(resolvedAt - openedAt)}`, lines, updatedAt: resolvedAt };
  }
  return { ...gapsHappening(gaps), ...named, updatedAt: instant(Math.max(resolvedAt, ...gaps.map((gap) => lastOf(gap).at))) };
}

function namesOf(incident: Incident): Pick<Happening, 'id' | 'formerIds'> {
  const formerIds = incident.aliases.map((alias) => `incident/${alias}`);
  return { id: `incident/${incident.id}`, formerIds };
}

const gapName = ({ of }: KnownGap): string => `gap/${hashHex(of)}`;

const gapHappening = (gap: KnownGap): Happening => ({
  ...gapsHappening([gap]),
  id: gapName(gap),
  formerIds: [],
  publishedAt: firstOf(gap).at,
  updatedAt: lastOf(gap).at,
});

function gapsHappening(gaps: readonly KnownGap[]): Pick<Happening, 'state' | 'title' | 'lines'> {
  const firstMs = gaps.reduce((sum, gap) => sum + lengthMs(firstOf(gap).body.stretches), 0);
  const leftMs = gaps.reduce((sum, gap) => sum + lengthMs(lastOf(gap).body.stretches), 0);
  const lines = gaps.flatMap((gap) =>
    firstOf(gap).body.stretches.map(({ from, to }) => `${utcTime(from)} to ${utcTime(to)}: nobody watched; how the services were is unknown.`),
  );
  const revisions = gaps.flatMap(({ revisions: [, ...later] }) =>
    later.map(({ at, body }) => `${utcTime(at)}: what was seen came late; ${leftWords(body.stretches)}.`),
  );
  if (revisions.length === 0) return { state: 'ended', title: `Nobody watched for ${ageText(firstMs)}`, lines };
  const title = leftMs === 0 ? 'No time was unwatched after all' : `Nobody watched for ${ageText(leftMs)}, and not for ${ageText(firstMs)}`;
  return { state: 'revised', title, lines: [...lines, ...revisions] };
}

const leftWords = (stretches: readonly Stretch[]): string =>
  stretches.length === 0 ? 'none of that time is unknown any more' : `unknown is still ${ageText(lengthMs(stretches))}`;

/** The incident that tells of a gap: then both are one thing. */
function tellerOf(gap: KnownGap, incidents: readonly Incident[]): Incident | undefined {
  const first = firstOf(gap);
  const hull = hullOf(first);
  return hull === undefined ? undefined : incidents.find((incident) => !isOpen(incident) && isTold(hull, first.body.before, [incident]));
}
