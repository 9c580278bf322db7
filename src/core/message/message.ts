/** The words of an announcement: a subject for a small screen, a text for people, one JSON object for programs. */
import type { Instant, RegionId } from '../basics/brand';
import { ageText, isoTime, utcTime } from '../basics/time';
import { rowOf } from '../condition';
import type { Incident, IncidentTransition } from '../incident';

export interface Words {
  /** ASCII, no line break, under 100 characters: the limits of SNS. */
  readonly subject: string;
  readonly text: string;
  readonly json: string;
}

export interface Telling {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  /** Why it is said, and said now by this region. */
  readonly reason: string;
  readonly by: RegionId;
  readonly now: Instant;
}

export function wordsFor(telling: Telling): Words {
  const headline = headlineOf(telling);
  return { subject: asciiSubject(headline), text: [headline, ...linesOf(telling)].join('\n'), json: JSON.stringify(jsonOf(telling, headline)) };
}

/** The one line that can be read on a watch. */
export function headlineOf({ incident, transition }: Pick<Telling, 'incident' | 'transition'>): string {
  const certainty = incident.certainty === 'single-witness' ? 'single witness' : 'confirmed';
  if (transition.kind === 'resolved') return `RESOLVED ${incident.subject} ${rowOf(transition.condition).resolved}`;
  return `${incident.severity.toUpperCase()} ${incident.subject} ${rowOf(transition.condition).opened} (${certainty})`;
}

function linesOf({ incident, transition, reason, by, now }: Telling): readonly string[] {
  const { body } = transition.entries[0];
  const lines = [...body.facts];
  lines.push(`since: ${utcTime(incident.openedAt)} (${ageText(now - incident.openedAt)} ago)`);
  if (incident.resolvedAt !== undefined) lines.push(`resolved: ${utcTime(incident.resolvedAt)}, after ${ageText(incident.resolvedAt - incident.openedAt)}`);
  lines.push(`concluded because: ${body.reason}`);
  if (incident.family === 'availability') lines.push('identity not proven: do not power-cycle on this evidence');
  lines.push(`told by: ${by} (${reason})`, `incident: ${incident.id}`, `dedup key: ${incident.key}`, `runbook: docs/runbook.md#${runbookSection(incident)}`);
  return lines;
}

const runbookSection = (incident: Incident): string => (incident.family === 'availability' ? `monitor-${incident.condition}` : incident.condition);

function jsonOf(telling: Telling, headline: string): Readonly<Record<string, unknown>> {
  const { incident, transition, reason, by, now } = telling;
  const { body } = transition.entries[0];
  return {
    version: 1,
    kind: transition.kind,
    incident: incident.id,
    aliases: incident.aliases,
    key: incident.key,
    subject: incident.subject,
    family: incident.family,
    ...(incident.family === 'availability' ? { monitor: incident.subject } : {}),
    condition: transition.kind === 'resolved' ? 'well' : transition.condition,
    severity: incident.severity,
    certainty: incident.certainty,
    openedAt: isoTime(incident.openedAt),
    resolvedAt: incident.resolvedAt === undefined ? null : isoTime(incident.resolvedAt),
    at: isoTime(now),
    region: by,
    reason,
    concludedBecause: body.reason,
    evidence: body.evidence,
    facts: body.facts,
    headline,
  };
}

function asciiSubject(headline: string): string {
  const printable = headline.replace(/[^ -~]/g, '?');
  return printable.length < 100 ? printable : `${printable.slice(0, 96)}...`;
}
