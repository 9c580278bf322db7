/** Open incidents are said again when a month begins: logs are kept by month, and nobody reads further back than the month before. */
import { type EntryOf, type Incident, type IncidentTransition, idsOf, isAbout, isOpen } from './incident';
import { entryId, type LogBody, type LogEntry, type Receipt, type Restated, type RestatedEntry } from './log';
import { withRestated } from './log-parts';

/** What happened in between is left out of an incident that went to and fro so often. */
const mostLateSteps = 20;

export interface Restating {
  readonly incidents: readonly Incident[];
  /** All entries that the incidents were folded from. */
  readonly entries: readonly LogEntry[];
  /** The region that restates. */
  readonly region: LogEntry['region'];
  /** The month that is. */
  readonly month: string;
}

/** What this region has to restate now: each open incident of an earlier month once, and the end of what was restated after it. */
export function restatementsDue(question: Restating): readonly Restated[] {
  const restated = question.entries.flatMap((entry) =>
    entry.body.kind === 'restated' && entry.month === question.month ? [{ ...entry, body: entry.body }] : [],
  );
  const due = question.incidents.filter((incident) => {
    const ofThis = restated.filter(({ body }) => idsOf(incident).includes(body.incident));
    return isOpen(incident)
      ? goesOn(incident, question) && !ofThis.some((entry) => entry.region === question.region)
      : isEndForgotten(incident, ofThis, question);
  });
  if (due.length === 0) return [];
  const unsaved = unsavedIn(question.entries);
  const receipts = receiptsIn(withRestated(question.entries)).filter((entry) => !unsaved.has(entryId(entry)));
  return due.filter((incident) => !restsOn(incident, unsaved)).flatMap((incident) => restatementOf(incident, receipts));
}

/** The incidents that rest on entries which no store has: so they can be written down once one accepts it, under the ids by which they were told. */
export function unsavedIncidents({ incidents, entries }: Pick<Restating, 'incidents' | 'entries'>): readonly Restated[] {
  const unsaved = unsavedIn(entries);
  if (unsaved.size === 0) return [];
  const receipts = receiptsIn(withRestated(entries));
  return incidents.filter((incident) => restsOn(incident, unsaved)).flatMap((incident) => restatementOf(incident, receipts));
}

const unsavedIn = (entries: readonly LogEntry[]): ReadonlySet<string> => new Set(entries.filter(({ n }) => n <= 0).map(entryId));

const restsOn = ({ transitions }: Incident, unsaved: ReadonlySet<string>): boolean =>
  unsaved.size > 0 && transitions.some((step) => step.entries.some((entry) => unsaved.has(entryId(entry))));

const goesOn = ({ transitions }: Incident, { month }: Restating): boolean => transitions.some((step) => step.entries.some((entry) => entry.month < month));

/** Somebody restated this month what had ended before it: whoever reads no further back would hold it for open. */
function isEndForgotten(incident: Incident, restated: readonly EntryOf<Restated>[], { month }: Restating): boolean {
  const closers = incident.transitions.at(-1)?.entries ?? [];
  const isRestated = restated.some(({ body }) => body.entries.some((entry) => entry.body.kind === 'resolved'));
  return restated.length > 0 && !isRestated && !closers.some((entry) => entry.month >= month);
}

const receiptsIn = (entries: readonly LogEntry[]): readonly EntryOf<Receipt>[] =>
  entries.flatMap((entry) => (entry.body.kind === 'receipt' ? [{ ...entry, body: entry.body }] : []));

function restatementOf(incident: Incident, receipts: readonly EntryOf<Receipt>[]): readonly Restated[] {
  const { key, id, transitions } = incident;
  const [first, ...later] = transitions;
  if (first === undefined) return [];
  const kept = [first, ...later.slice(-mostLateSteps)];
  const leftOut = later.slice(0, -mostLateSteps);
  const entries = kept.flatMap((step) => [...step.entries.map(asRestated), ...receiptsOf(incident, step, receipts).map(asRestated)]);
  return [{ kind: 'restated', key, incident: id, aliases: aliasesOf(incident, leftOut), entries }];
}

/** One receipt of each step is enough to know that it was told, and one to know that it was told as flapping; of reminders the last. */
function receiptsOf(incident: Incident, step: IncidentTransition, receipts: readonly EntryOf<Receipt>[]): readonly EntryOf<Receipt>[] {
  const told = [...receipts].sort((one, other) => (entryId(one) < entryId(other) ? -1 : 1));
  const first = (as: Receipt['as']): readonly EntryOf<Receipt>[] => told.filter((entry) => isAbout(entry.body, incident, step, as)).slice(0, 1);
  const repeats = told.filter((entry) => isAbout(entry.body, incident, step, 'reminder')).sort((one, other) => minutesOf(one) - minutesOf(other));
  const escalations = told.filter((entry) => isAbout(entry.body, incident, step, 'escalation'));
  return [...first(undefined), ...first('flapping'), ...repeats.slice(-1), ...escalations];
}

const minutesOf = ({ body }: EntryOf<Receipt>): number => body.minutes ?? 0;

const asRestated = <Body extends RestatedEntry['body'] & LogBody>({ writer, month, n, at, by, body }: EntryOf<Body>): RestatedEntry => ({
  writer,
  month,
  n,
  at,
  by,
  body,
});

/** All of them are kept where entries are left out: which id belongs to which entry need not be known. */
const aliasesOf = ({ aliases }: Incident, leftOut: readonly IncidentTransition[]): Incident['aliases'] => (leftOut.length === 0 ? [] : aliases);
