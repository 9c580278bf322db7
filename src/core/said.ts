/** What the logs know of what was said, by the key of its incident. */
import { second } from './basics/time';
import { type EntryOf, type Incident, type IncidentTransition, isAbout } from './incident';
import type { About, Announced, LogEntry, Noted, Receipt } from './log';

export interface Said {
  readonly receipts: readonly EntryOf<Receipt>[];
  readonly announced: readonly EntryOf<Announced>[];
  readonly noted: readonly EntryOf<Noted>[];
}

/** Whether some topic is known to have accepted it. */
export const wasTold = ({ receipts }: Said, { incident, transition }: Step, as?: About['as']): boolean =>
  receipts.some((entry) => isAbout(entry.body, incident, transition, as));

interface Step {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
}

/** How long an announcement may be on its way before it is sent again. */
export const receiptPatienceMs = 30 * second;

export const nothingSaid = (): { receipts: EntryOf<Receipt>[]; announced: EntryOf<Announced>[]; noted: EntryOf<Noted>[] } => ({
  receipts: [],
  announced: [],
  noted: [],
});

export function saidByKey(entries: readonly LogEntry[]): ReadonlyMap<string, Said> {
  const byKey = new Map<string, ReturnType<typeof nothingSaid>>();
  for (const entry of entries) {
    const said = byKey.get(entry.body.key) ?? nothingSaid();
    byKey.set(entry.body.key, said);
    if (entry.body.kind === 'receipt') said.receipts.push({ ...entry, body: entry.body });
    if (entry.body.kind === 'announced') said.announced.push({ ...entry, body: entry.body });
    if (entry.body.kind === 'noted') said.noted.push({ ...entry, body: entry.body });
  }
  return byKey;
}
