/** The words of an announcement: a subject for a small screen, a text for people, one JSON object for programs. */
import type { Instant, RegionId } from '../basics/brand';
import { ageText, isoTime, minute, utcTime } from '../basics/time';
import { type Certainty, isOfMonitor, rowOf } from '../condition';
import { courseOf, stepBefore } from '../course';
import type { Flaps } from '../flapping';
import { proofRemark } from '../identity';
import type { Incident, IncidentTransition } from '../incident';
import type { About } from '../log';
import { runbookAddress, runbookSection } from '../names';
import { noLongerWatched } from '../no-longer-watched';
import { baseOf, nextReminderAt } from '../repeat';

export interface Words {
  /** ASCII, no line break, under 100 characters: the limits of SNS. */
  readonly subject: string;
  readonly text: string;
  readonly json: string;
}

export interface Telling {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  /** Where it is said that the subject goes to and fro, and not what the step says by itself. */
  readonly flaps?: Flaps | undefined;
  /** Where it is said that it still is so. */
  readonly again?: Again | undefined;
  /** Monitors that are down with it, and not told apart because they depend on it. */
  readonly children?: readonly string[] | undefined;
  /** Why it is said, and said now by this region. */
  readonly reason: string;
  readonly by: RegionId;
  readonly now: Instant;
  /** Where the runbook can be read. */
  readonly runbookUrl?: string | undefined;
}

/** As it stands in what is written down: so many minutes after the step. */
type Again = Pick<About, 'as' | 'minutes'>;

export function wordsFor(telling: Telling): Words {
  const headline = headlineOf(telling);
  return { subject: asciiSubject(headline), text: [headline, ...linesOf(telling)].join('\n'), json: JSON.stringify(tellingJson(telling, headline)) };
}

/** The one line that can be read on a watch. */
export function headlineOf({ incident, transition, flaps, again }: Pick<Telling, 'incident' | 'transition' | 'flaps' | 'again'>): string {
  if (flaps !== undefined)
    return `${transition.severity.toUpperCase()} ${incident.subject} is FLAPPING: ${flaps.changes} changes in ${Math.max(1, Math.round(flaps.withinMs / minute))} min`;
  if (transition.kind === 'resolved')
    return `RESOLVED ${incident.subject} ${isNoLongerWatched(transition) ? 'is no longer watched' : rowOf(transition.condition).resolved}`;
  // What is said again is what it is now, not what it was when it began.
  const step = isAgain(again) ? (incident.transitions.at(-1) ?? transition) : transition;
  const certainty = certaintyOf(incident, step) === 'single-witness' ? 'single witness' : 'confirmed';
  const how = isAgain(again) ? againText(again) : courseOf(incident, step);
  const remark = how === 'opened' ? certainty : `${how}, ${certainty}`;
  return `${step.severity.toUpperCase()} ${incident.subject} ${rowOf(step.condition).opened} (${remark})`;
}

const isAgain = (again: Again | undefined): again is Again => again?.as === 'reminder' || again?.as === 'escalation';

function againText({ as, minutes = 0 }: Again): string {
  const age = ageText(minutes * minute);
  return as === 'escalation' ? `nobody took it for ${age}` : `for ${age}`;
}

const isNoLongerWatched = ({ entries }: IncidentTransition): boolean => entries[0].body.reason === noLongerWatched;

/** Of a step that several regions concluded, as the last of them saw it. */
function certaintyOf(incident: Incident, { entries }: IncidentTransition): Certainty {
  const body = entries.at(-1)?.body;
  return body === undefined || body.kind === 'resolved' ? incident.certainty : body.certainty;
}

/** What it is about, since when, who sees what, why that is concluded, and what to do. */
function linesOf({ incident, transition: told, flaps, again, children = [], reason, by, now, runbookUrl }: Telling): readonly string[] {
  const transition = isAgain(again) ? (incident.transitions.at(-1) ?? told) : told;
  const { body } = transition.entries[0];
  const isTarget = (fact: string): boolean => fact.startsWith('target: ');
  const lines = body.facts.filter(isTarget);
  lines.push(`since: ${utcTime(incident.openedAt)} (${ageText(now - incident.openedAt)} ago)`);
  if (incident.resolvedAt !== undefined) lines.push(`resolved: ${utcTime(incident.resolvedAt)}, after ${ageText(incident.resolvedAt - incident.openedAt)}`);
  const before = transition.kind === 'changed' ? stepBefore(incident, transition) : undefined;
  if (before !== undefined) lines.push(`before: ${before.severity}, ${before.condition}`);
  if (isAgain(again)) lines.push(`as it was concluded at ${utcTime(transition.entries[0].at)}:`);
  lines.push(...body.facts.filter((fact) => !isTarget(fact)), `concluded because: ${body.reason}`);
  if (children.length > 0) lines.push(`with it, and not told apart: ${children.join(', ')}`);
  lines.push(`dedup key: ${incident.key}`, `incident: ${incident.id}`, `told by: ${by} (${reason})`);
  lines.push(`runbook: ${runbookAddress(runbookSection(incident.family, transition.condition), runbookUrl)}`);
  lines.push(...nextLines({ incident, flaps, now }));
  if (flaps !== undefined) lines.push('muted: nothing more is told of it before it was calm for 30 minutes, unless it becomes graver');
  if (isOfMonitor(incident.family) && !isSureWhoAnswered(transition)) lines.push('identity not proven: do not power-cycle on this evidence');
  return lines;
}

/** Whether an answer that failed came from the one that should give it. At the end nobody needs to know. */
const isSureWhoAnswered = ({ entries }: IncidentTransition): boolean => entries.some(({ body }) => body.facts.some((fact) => fact.includes(proofRemark)));
/** When it is said again, and how somebody keeps it from that. */
function nextLines({ incident, flaps, now }: Pick<Telling, 'incident' | 'flaps' | 'now'>): readonly string[] {
  const base = baseOf(incident);
  const next = flaps === undefined && base !== undefined ? nextReminderAt(base, now) : undefined;
  return next === undefined ? [] : [`next reminder: ${utcTime(next)}, unless somebody takes it: twinwatch ack ${incident.id}`];
}

/** What programs are told of one incident. */
export function tellingJson(telling: Telling, headline: string): Readonly<Record<string, unknown>> {
  const { incident, transition: told, flaps, again, children = [], reason, by, now } = telling;
  const transition = isAgain(again) ? (incident.transitions.at(-1) ?? told) : told;
  const { body } = transition.entries[0];
  const isEnd = transition.kind === 'resolved';
  return {
    version: 1,
    kind: isAgain(again) ? again.as : flaps === undefined ? transition.kind : 'changed',
    course: isAgain(again) ? again.as : flaps === undefined ? courseOf(incident, transition) : 'changed',
    ...(isAgain(again) ? { minutes: again.minutes } : {}),
    incident: incident.id,
    aliases: incident.aliases,
    key: incident.key,
    subject: incident.subject,
    family: incident.family,
    ...(isOfMonitor(incident.family) ? { monitor: incident.subject } : {}),
    condition: flaps !== undefined ? 'flapping' : isEnd ? 'well' : transition.condition,
    ...(flaps === undefined ? {} : { changes: flaps.changes }),
    severity: isEnd ? incident.severity : transition.severity,
    severityBefore: isEnd ? incident.severity : (stepBefore(incident, transition)?.severity ?? null),
    certainty: isEnd ? incident.certainty : certaintyOf(incident, transition),
    openedAt: isoTime(incident.openedAt),
    resolvedAt: incident.resolvedAt === undefined ? null : isoTime(incident.resolvedAt),
    at: isoTime(now),
    region: by,
    reason,
    concludedBecause: body.reason,
    evidence: body.evidence,
    facts: body.facts,
    ...(children.length === 0 ? {} : { children }),
    headline,
  };
}

export function asciiSubject(headline: string): string {
  const printable = headline.replace(/[^ -~]/g, '?');
  return printable.length < 100 ? printable : `${printable.slice(0, 96)}...`;
}
