/**
 * Incidents are a pure fold over the union of all regions' logs: any order, duplication or split of the logs gives
 * the same incidents. What closes what is decided by evidence; clock time only orders what evidence leaves open.
 */
import { type IncidentId, type Instant, incidentId } from './basics/brand';
import { hashHex } from './basics/hash';
import type { Condition, Family } from './condition';
import type { Severity } from './config/config';
import { type About, type Changed, type EvidenceSlots, entryId, type LogEntry, type Opened, type Resolved, type TransitionBody } from './log';
import type { Certainty } from './verdict';

/** A log entry with one kind of body. */
export type EntryOf<Body> = Omit<LogEntry, 'body'> & { readonly body: Body };

export interface Incident {
  readonly id: IncidentId;
  /** Ids under which it may have been told before an earlier opening became known. */
  readonly aliases: readonly IncidentId[];
  readonly key: string;
  readonly subject: string;
  readonly family: Family;
  readonly condition: Condition;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly openedAt: Instant;
  readonly resolvedAt?: Instant | undefined;
  /** What happened to it, in order: one opening, its changes, one resolution. */
  readonly transitions: readonly IncidentTransition[];
}

/** One step of an incident, with every region's entry that says so, earliest first. */
export interface IncidentTransition {
  readonly kind: TransitionBody['kind'];
  readonly condition: Condition;
  readonly entries: readonly [EntryOf<TransitionBody>, ...EntryOf<TransitionBody>[]];
}

/** All incidents, open and resolved, oldest first. */
export function foldIncidents(entries: readonly LogEntry[]): readonly Incident[] {
  const byKey = new Map<string, Steps>();
  for (const entry of unique(entries)) collect(byKey, entry);
  const incidents = [...byKey.values()].flatMap(incidentsOfKey);
  return incidents.sort((one, other) => one.openedAt - other.openedAt || compareText(one.id, other.id));
}

export const isOpen = (incident: Incident): boolean => incident.resolvedAt === undefined;

/** The open incident of each key, or the newest resolved one. */
export function latestByKey(incidents: readonly Incident[]): ReadonlyMap<string, Incident> {
  const latest = new Map<string, Incident>();
  for (const incident of incidents) {
    const known = latest.get(incident.key);
    if (known === undefined || !isOpen(known)) latest.set(incident.key, incident);
  }
  return latest;
}

/** Whether evidence is newer: further on in at least one region that both know, and behind in none. */
export function isNewerEvidence(evidence: EvidenceSlots, than: EvidenceSlots): boolean {
  const common = Object.keys(evidence).filter((region) => region in than) as (keyof EvidenceSlots)[];
  return common.some((region) => (evidence[region] ?? 0) > (than[region] ?? 0)) && common.every((region) => (evidence[region] ?? 0) >= (than[region] ?? 0));
}

/** Whether evidence lags behind in any region that both know: whoever sees so little is not in a position to open anything. */
export function isBehind(evidence: EvidenceSlots, than: EvidenceSlots): boolean {
  const common = Object.keys(evidence).filter((region) => region in than) as (keyof EvidenceSlots)[];
  return common.some((region) => (evidence[region] ?? 0) < (than[region] ?? 0));
}

/** Whether something was said about this transition of this incident, under its id or an alias. */
export function isAbout(about: About, incident: Incident, transition: IncidentTransition): boolean {
  const known = about.incident === incident.id || incident.aliases.includes(about.incident);
  return known && about.key === incident.key && about.transition === transition.kind && about.condition === transition.condition;
}

interface Steps {
  readonly opened: EntryOf<Opened>[];
  readonly changed: EntryOf<Changed>[];
  readonly resolved: EntryOf<Resolved>[];
}

function unique(entries: readonly LogEntry[]): readonly LogEntry[] {
  const byId = new Map(entries.map((entry) => [entryId(entry), entry]));
  return [...byId.values()].sort((one, other) => one.at - other.at || compareText(entryId(one), entryId(other)));
}

function collect(byKey: Map<string, Steps>, entry: LogEntry): void {
  const steps = byKey.get(entry.body.key) ?? { opened: [], changed: [], resolved: [] };
  byKey.set(entry.body.key, steps);
  if (entry.body.kind === 'opened') steps.opened.push({ ...entry, body: entry.body });
  if (entry.body.kind === 'changed') steps.changed.push({ ...entry, body: entry.body });
  if (entry.body.kind === 'resolved') steps.resolved.push({ ...entry, body: entry.body });
  if (entry.body.kind === 'announced' && entry.body.of !== undefined) steps.resolved.push({ ...entry, body: entry.body.of });
}

type Statement = EntryOf<Opened> | EntryOf<Changed>;

/**
 * What the same resolution closes first is one incident: overlapping openings coalesce. A change that the resolution did
 * not know of is not over with it: it goes on as an incident of its own.
 */
function incidentsOfKey(steps: Steps): readonly Incident[] {
  const groups = new Map<string, Statement[]>();
  for (const statement of [...steps.opened, ...steps.changed]) {
    const closer = firstCloser(statement, steps.resolved);
    const name = closer === undefined ? 'open' : entryId(closer);
    groups.set(name, [...(groups.get(name) ?? []), statement]);
  }
  return [...groups.values()].flatMap((statements) => incidentOf(statements, steps));
}

const firstCloser = (statement: Statement, resolved: readonly EntryOf<Resolved>[]): EntryOf<Resolved> | undefined =>
  resolved.find((entry) => isNewerEvidence(entry.body.evidence, statement.body.evidence));

/** Openings come before changes, each by time. */
function incidentOf(statements: readonly Statement[], steps: Steps): readonly Incident[] {
  const [first] = statements;
  if (first === undefined) return [];
  const openings = statements.filter((entry) => entry.body.kind === first.body.kind && entry.body.condition === first.body.condition);
  const changes = statements.filter((entry) => !openings.includes(entry));
  const closer = firstCloser(first, steps.resolved);
  const closers = closer === undefined ? [] : steps.resolved.filter((entry) => closes(entry, statements, closer));
  const last = changes.at(-1) ?? first;
  const transitions = [step(first.body.condition, [first, ...openings.slice(1)]), ...stepsOfChanges(changes, first.body.condition)];
  if (closer !== undefined) transitions.push(step(last.body.condition, [closer, ...closers.filter((entry) => entry !== closer)]));
  const { key, subject, family } = first.body;
  const { condition, severity, certainty } = last.body;
  const aliases = openings.slice(1).map(idOf);
  return [{ id: idOf(first), aliases, key, subject, family, condition, severity, certainty, openedAt: first.at, resolvedAt: closer?.at, transitions }];
}

const idOf = (opened: Statement): IncidentId => incidentId(hashHex(`${opened.body.key} ${entryId(opened)}`));

/** Other regions' resolutions of the same incident: they are newer than its openings and no later opening separates them from the first. */
function closes(entry: EntryOf<Resolved>, openings: readonly Statement[], closer: EntryOf<Resolved>): boolean {
  const overlaps = !isNewerEvidence(entry.body.evidence, closer.body.evidence) || entry === closer;
  return overlaps && openings.every((opened) => isNewerEvidence(entry.body.evidence, opened.body.evidence));
}

/** Changes in a row to the same condition are one step, said by several regions. */
function stepsOfChanges(changes: readonly Statement[], opening: Condition): IncidentTransition[] {
  const transitions: IncidentTransition[] = [];
  let condition = opening;
  for (const entry of changes) {
    const previous = transitions.at(-1);
    if (entry.body.condition !== condition) transitions.push(step(entry.body.condition, [entry]));
    else if (previous !== undefined) transitions[transitions.length - 1] = { ...previous, entries: [...previous.entries, entry] };
    condition = entry.body.condition;
  }
  return transitions;
}

function step(condition: Condition, entries: readonly [EntryOf<TransitionBody>, ...EntryOf<TransitionBody>[]]): IncidentTransition {
  return { kind: entries[0].body.kind, condition, entries };
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
