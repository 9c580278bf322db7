/** What is due to be said by this region now, with its reason; what is not, with its reason too. */
import type { Instant, RegionId } from './basics/brand';
import { second } from './basics/time';
import type { Finding } from './conclusion';
import { type EntryOf, type Incident, type IncidentTransition, isAbout } from './incident';
import { type About, type Announced, type LogEntry, type Noted, proberSubject, type Receipt } from './log';
import { turnMs, waitMs } from './speaker';

export type SayReason = 'first-speaker' | 'my-page-came-late' | 'others-stayed-silent' | 'no-receipt-yet';
export type SilenceReason = 'told' | 'a-later-one-was-told' | 'only-noted-on-the-page' | 'being-sent' | 'waiting-for-my-turn';

export type Decision =
  | { readonly kind: 'say'; readonly reason: SayReason; readonly about: About }
  /** Remember durably since when this region knows, so that its turn comes even if it restarts. */
  | { readonly kind: 'note'; readonly about: About }
  | { readonly kind: 'silence'; readonly reason: SilenceReason };

export interface Listener {
  readonly me: RegionId;
  readonly now: Instant;
  /** All regions that could speak. */
  readonly regions: readonly RegionId[];
  /** What this region itself finds now, by key: it speaks first only of what it has concluded, or finds too. */
  readonly finds: ReadonlyMap<string, Finding['condition']>;
}

/** What is announced within this time of its conclusion was announced at once. */
const promptMs = 10 * second;
/** How long an announcement may be on its way before it is sent again. */
const receiptPatienceMs = 30 * second;

/** Decides for each transition of each incident; the work left is the same whoever asks, and however often. */
export function decideAnnouncements(incidents: readonly Incident[], entries: readonly LogEntry[], listener: Listener): readonly Decision[] {
  const saidOf = saidByKey(entries);
  return incidents.flatMap((incident) => {
    const said = saidOf.get(incident.key) ?? nothingSaid();
    const lastTold = incident.transitions.findLastIndex((transition) => said.receipts.some((entry) => isAbout(entry.body, incident, transition)));
    return incident.transitions.map((transition, index) =>
      index < lastTold ? outdated(said, incident, transition) : decide({ incident, transition, said, listener }),
    );
  });
}

/** A page must never be the last word on what has been told as resolved. */
function outdated(said: Said, incident: Incident, transition: IncidentTransition): Decision {
  const wasTold = said.receipts.some((entry) => isAbout(entry.body, incident, transition));
  return { kind: 'silence', reason: wasTold ? 'told' : 'a-later-one-was-told' };
}

interface Said {
  readonly receipts: readonly EntryOf<Receipt>[];
  readonly announced: readonly EntryOf<Announced>[];
  readonly noted: readonly EntryOf<Noted>[];
}

interface Matter {
  readonly incident: Incident;
  readonly transition: IncidentTransition;
  readonly said: Said;
  readonly listener: Listener;
}

function decide(matter: Matter): Decision {
  const { incident, transition, said, listener } = matter;
  const ofThis = <Body extends About>(entry: EntryOf<Body>): boolean => isAbout(entry.body, incident, transition);
  const told = said.receipts.filter(ofThis);
  const owesIt = told.length > 0 && transition.kind === 'resolved' && cameLateWithAPage(matter);
  if (told.length > 0 && (!owesIt || told.some((entry) => entry.region === listener.me))) return { kind: 'silence', reason: 'told' };
  if (incident.severity === 'note') return { kind: 'silence', reason: 'only-noted-on-the-page' };
  const about = aboutOf(incident, transition);
  const last = said.announced.filter((entry) => ofThis(entry) && entry.region === listener.me).at(-1);
  if (last === undefined) return owesIt ? { kind: 'say', reason: 'my-page-came-late', about } : ownTurn(matter, about);
  return listener.now - last.at >= receiptPatienceMs ? { kind: 'say', reason: 'no-receipt-yet', about } : { kind: 'silence', reason: 'being-sent' };
}

/**
 * Whether this region told an earlier step out of turn, or long after it concluded it. Others may have told the end before,
 * so it must tell the end itself. Both times are by its own clock: no other clock could be compared with them.
 */
function cameLateWithAPage({ incident, transition, said, listener }: Matter): boolean {
  const mine = said.announced.filter((entry) => entry.region === listener.me);
  return incident.transitions.some((step) => {
    if (step === transition) return false;
    const concludedAt = step.entries.find((entry) => entry.region === listener.me)?.at ?? Number.POSITIVE_INFINITY;
    return mine.some((entry) => isAbout(entry.body, incident, step) && (entry.body.reason !== 'first-speaker' || entry.at - concludedAt > promptMs));
  });
}

function ownTurn({ incident, transition, said, listener }: Matter, about: About): Decision {
  const { me, now } = listener;
  const regions = listener.regions.filter((region) => proberSubject(region) !== incident.subject);
  const [entry] = transition.entries;
  const first = entry.body.speaker;
  const own = transition.entries.some((written) => written.region === me);
  const isCurrent = own || listener.finds.get(incident.key) === (transition.kind === 'resolved' ? 'well' : transition.condition);
  if (me === first && isCurrent) return { kind: 'say', reason: 'first-speaker', about };
  const known = [...transition.entries, ...said.noted.filter((noted) => isAbout(noted.body, incident, transition))].filter((written) => written.region === me);
  if (known.length === 0) return { kind: 'note', about };
  const since = Math.min(...known.map((written) => written.at));
  const wait = Math.max(turnMs, waitMs(incident.key, { me, first, regions }));
  return now - since >= wait ? { kind: 'say', reason: 'others-stayed-silent', about } : { kind: 'silence', reason: 'waiting-for-my-turn' };
}

const aboutOf = (incident: Incident, transition: IncidentTransition): About => ({
  key: incident.key,
  incident: incident.id,
  transition: transition.kind,
  condition: transition.condition,
});

const nothingSaid = (): { receipts: EntryOf<Receipt>[]; announced: EntryOf<Announced>[]; noted: EntryOf<Noted>[] } => ({
  receipts: [],
  announced: [],
  noted: [],
});

function saidByKey(entries: readonly LogEntry[]): ReadonlyMap<string, Said> {
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
