/**
 * Incidents are a pure fold over the union of all regions' logs: any order, duplication or split of the logs gives
 * the same incidents. What opens, changes and closes what is decided by evidence; clock time only orders what evidence leaves open.
 */
import { type IncidentId, type Instant, incidentId, instant } from './basics/brand';
import { hashHex } from './basics/hash';
import { type Certainty, type Condition, type Family, isGraver } from './condition';
import type { Severity } from './config/config';
import { evidenceText, inOrderOfEvidence, isNewerEvidence, knewLess } from './evidence';
import { type About, type Changed, type EvidenceSlots, entryId, type LogEntry, type Opened, type Resolved, type Restated, type TransitionBody } from './log';
import { withRestated } from './log-parts';

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

/** One step of an incident, with every region's entry that says so. */
export interface IncidentTransition {
  readonly kind: TransitionBody['kind'];
  readonly condition: Condition;
  /** Of the end it is the gravest that the incident ever was. */
  readonly severity: Severity;
  readonly entries: readonly [EntryOf<TransitionBody>, ...EntryOf<TransitionBody>[]];
}

/** All incidents, open and resolved, oldest first. */
export const foldIncidents = (entries: readonly LogEntry[]): readonly Incident[] => foldFurther(entries, nothingFolded).incidents;

/** What is known of one key: the same object for as long as nothing new is known of it. */
export interface KeyFold {
  readonly entries: readonly LogEntry[];
  readonly incidents: readonly Incident[];
}

export interface Folded {
  readonly keys: ReadonlyMap<string, KeyFold>;
  readonly incidents: readonly Incident[];
}

export const nothingFolded: Folded = { keys: new Map(), incidents: [] };

/** The same fold, of logs that have grown since: a key that nothing was added to is left as it was. */
export function foldFurther(entries: readonly LogEntry[], before: Folded): Folded {
  const byKey = new Map<string, LogEntry[]>();
  for (const entry of withRestated(entries)) {
    const known = byKey.get(entry.body.key);
    if (known === undefined) byKey.set(entry.body.key, [entry]);
    else known.push(entry);
  }
  const keys = new Map([...byKey].map(([key, known]) => [key, foldOfKey(known, before.keys.get(key))]));
  const incidents = [...keys.values()].flatMap((fold) => fold.incidents);
  return { keys, incidents: incidents.sort((one, other) => one.openedAt - other.openedAt || compareText(one.id, other.id)) };
}

function foldOfKey(entries: readonly LogEntry[], before: KeyFold | undefined): KeyFold {
  if (before !== undefined && areSame(entries, before.entries)) return before;
  const telling = entries.filter(isTelling);
  if (before !== undefined && areSame(telling, before.entries.filter(isTelling))) return { entries, incidents: before.incidents };
  return { entries, incidents: incidentsOfKey(knownOf(inOrder(telling))) };
}

/** What else is written about a key was only said of its incidents. */
const isTelling = ({ body }: LogEntry): boolean => (body.kind === 'announced' ? body.of !== undefined : tellingKinds.includes(body.kind));
const tellingKinds: readonly LogEntry['body']['kind'][] = ['opened', 'changed', 'resolved', 'restated'];

const areSame = (some: readonly LogEntry[], others: readonly LogEntry[]): boolean =>
  some.length === others.length && some.every((entry, index) => entry === others[index]);

export const isOpen = (incident: Incident): boolean => incident.resolvedAt === undefined;

/** Every id that an incident has or had. */
export const idsOf = (incident: Pick<Incident, 'id' | 'aliases'>): readonly IncidentId[] => [incident.id, ...incident.aliases];

const latest = new WeakMap<readonly Incident[], ReadonlyMap<string, Incident>>();

/** The open incident of each key, or the one that was resolved last, by evidence. */
export function latestByKey(incidents: readonly Incident[]): ReadonlyMap<string, Incident> {
  const found = latest.get(incidents) ?? latestOf(incidents);
  latest.set(incidents, found);
  return found;
}

function latestOf(incidents: readonly Incident[]): ReadonlyMap<string, Incident> {
  const latest = new Map<string, Incident>();
  for (const incident of incidents) {
    const known = latest.get(incident.key);
    if (known === undefined || isOpen(incident) || !(isOpen(known) || isNewerEvidence(lastEvidence(known), lastEvidence(incident))))
      latest.set(incident.key, incident);
  }
  return latest;
}

const lastEvidence = ({ transitions }: Incident): EvidenceSlots => transitions.at(-1)?.entries[0].body.evidence ?? {};

/** What is written down when something is said about this step. */
export const aboutStep = (incident: Incident, { kind, condition, severity, entries }: IncidentTransition): About => ({
  key: incident.key,
  incident: incident.id,
  transition: kind,
  condition,
  severity,
  entry: entryId(entries[0]),
});

/**
 * Whether something was said about this step. Of a step it is enough that any of its entries was meant: more entries may have
 * become known since. An incident has one end, however many regions concluded it.
 */
export function isAbout(about: About, incident: Incident, step: IncidentTransition, as?: About['as']): boolean {
  if (about.as !== as) return false;
  if (about.key !== incident.key || (about.transition === 'resolved') !== (step.kind === 'resolved')) return false;
  if (step.kind !== 'resolved' && about.entry !== undefined) return step.entries.some((entry) => entryId(entry) === about.entry);
  if (!idsOf(incident).includes(about.incident)) return false;
  return (
    step.kind === 'resolved' || (about.transition === step.kind && about.condition === step.condition && (about.severity ?? step.severity) === step.severity)
  );
}

type Statement = EntryOf<Opened> | EntryOf<Changed>;

interface Known {
  readonly statements: Statement[];
  readonly resolved: EntryOf<Resolved>[];
  readonly restated: Restated[];
}

const inOrder = (entries: readonly LogEntry[]): readonly LogEntry[] =>
  [...entries].sort((one, other) => one.at - other.at || compareText(entryId(one), entryId(other)));

function knownOf(entries: readonly LogEntry[]): Known {
  const known: Known = { statements: [], resolved: [], restated: [] };
  for (const entry of entries) {
    const { body } = entry;
    if (body.kind === 'opened' || body.kind === 'changed') known.statements.push(entry as Statement);
    if (body.kind === 'resolved') known.resolved.push({ ...entry, body });
    if (body.kind === 'announced' && body.of !== undefined) known.resolved.push({ ...entry, body: body.of });
    if (body.kind === 'restated') known.restated.push(body);
  }
  return known;
}

/**
 * What the same resolution closes first is one incident: overlapping openings coalesce. A change that the resolution did
 * not know of is not over with it: it goes on as an incident of its own.
 */
function incidentsOfKey(known: Known): readonly Incident[] {
  const groups = new Map<string, Group>();
  for (const statement of known.statements) {
    const closer = closerOf(statement, known.resolved);
    const name = closer === undefined ? 'open' : evidenceText(closer.body.evidence);
    groups.set(name, { closer, statements: [...(groups.get(name)?.statements ?? []), statement] });
  }
  return [...groups.values()].flatMap((group) => incidentOf(group, known));
}

interface Group {
  readonly statements: readonly Statement[];
  readonly closer: EntryOf<Resolved> | undefined;
}

/** Of all resolutions that knew more than this statement, the one that knew least. */
function closerOf(statement: Statement, resolved: readonly EntryOf<Resolved>[]): EntryOf<Resolved> | undefined {
  let closer: EntryOf<Resolved> | undefined;
  for (const entry of resolved) {
    if (!isNewerEvidence(entry.body.evidence, statement.body.evidence)) continue;
    if (closer === undefined || knewLess(entry.body.evidence, closer.body.evidence)) closer = entry;
  }
  return closer;
}

function incidentOf({ statements, closer }: Group, known: Known): readonly Incident[] {
  const ordered = inOrderOfEvidence(statements);
  const [first] = ordered;
  const last = ordered.at(-1);
  const steps = stepsOf(ordered);
  const lastStep = steps.at(-1);
  if (first === undefined || last === undefined || lastStep === undefined) return [];
  const { key, subject, family } = first.body;
  const { condition, severity } = lastStep;
  return [
    {
      id: idOf(first),
      aliases: aliasesOf(ordered, known),
      key,
      subject,
      family,
      condition,
      severity,
      certainty: last.body.certainty,
      openedAt: first.at,
      resolvedAt: closer && instant(Math.max(first.at, closer.at)),
      transitions: closer === undefined ? steps : [...steps, end(steps, condition, [closer, ...closersOf(statements, closer, known)])],
    },
  ];
}

const ids = new WeakMap<Statement, IncidentId>();

function idOf(statement: Statement): IncidentId {
  const id = ids.get(statement) ?? incidentId(hashHex(`${statement.body.key} ${entryId(statement)}`));
  ids.set(statement, id);
  return id;
}

/** Each statement might have been the first that somebody knew, and was told under its own id then. */
function aliasesOf(ordered: readonly Statement[], { statements, restated }: Known): readonly IncidentId[] {
  const own = ordered.map(idOf);
  const elsewhere = new Set(statements.map(idOf));
  const leftOut = restated.flatMap((body) => (own.includes(body.incident) ? body.aliases.filter((id) => !elsewhere.has(id)) : []));
  return [...own.slice(1), ...[...new Set(leftOut)].sort()];
}

/** Statements in a row of the same condition are one step, said by several regions; a new one begins where it becomes graver. */
function stepsOf(statements: readonly Statement[]): readonly IncidentTransition[] {
  const steps: IncidentTransition[] = [];
  for (const entry of statements) {
    const step = steps.at(-1);
    const { condition, severity } = entry.body;
    if (step === undefined || step.condition !== condition || isGraver(severity, step.severity))
      steps.push({ kind: step === undefined ? 'opened' : 'changed', condition, severity, entries: [entry] });
    else steps[steps.length - 1] = { ...step, entries: [...step.entries, entry] };
  }
  return steps;
}

/** Other regions' resolutions of the same incident: they knew more than all its statements, and not more than the one that closes it. */
function closersOf(statements: readonly Statement[], closer: EntryOf<Resolved>, { resolved }: Known): readonly EntryOf<Resolved>[] {
  return resolved.filter(
    (entry) =>
      entry !== closer &&
      !isNewerEvidence(entry.body.evidence, closer.body.evidence) &&
      statements.every((statement) => isNewerEvidence(entry.body.evidence, statement.body.evidence)),
  );
}

function end(steps: readonly IncidentTransition[], condition: Condition, entries: IncidentTransition['entries']): IncidentTransition {
  const severity = steps.reduce<Severity>((gravest, step) => (isGraver(step.severity, gravest) ? step.severity : gravest), 'note');
  return { kind: 'resolved', condition, severity, entries };
}

/** No two of them are the same. */
const compareText = (one: string, other: string): number => (one < other ? -1 : 1);
