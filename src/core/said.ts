/** What the logs know of what was said, by the key of its incident. */
import type { RegionId } from './basics/brand';
import { second } from './basics/time';
import { type EntryOf, type Incident, type IncidentTransition, isAbout } from './incident';
import type { About, Announced, LogEntry, Noted, Receipt } from './log';
import { turnMs } from './speaker';

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

/**
 * Whether another region began to say it a turn ago at most, so that its receipt may still be on its way. `sent`: of this matter alone, by whomever.
 * The first time of each region counts: nobody waits again for one that cannot send. A clock that is far off holds nobody up.
 */
export const isBeingSaidElsewhere = (sent: readonly EntryOf<Announced>[], { me, now }: { readonly me: RegionId; readonly now: number }): boolean =>
  sent.some(({ region, at }) => region !== me && Math.abs(now - at) < turnMs && !sent.some((earlier) => earlier.region === region && earlier.at < at));

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
