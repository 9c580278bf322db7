/** What is due to be said by this region now, with its reason; what is not, with its reason too. */
import type { IncidentId } from './basics/brand';
import type { Decision, Listener, SilenceReason } from './decision';
import { type Flaps, hushOf, type Step, stormsIn } from './flapping';
import { type EntryOf, type Incident, isOpen } from './incident';
import { isLater, isToldAfter, pagesThatCameLate } from './late-page';
import { type About, type LogEntry, proberSubject } from './log';
import { withRestated } from './log-parts';
import { aboutMatter, isOfMatter, type Matter } from './matter';
import { nothingArranged } from './orders/arranged';
import { quietReason, reasonOf } from './quiet';
import { decideRepeats } from './repeat';
import { isBeingSaidElsewhere, nothingSaid, receiptPatienceMs, type Said, saidByKey, wasTold } from './said';
import { turnMs, waitMs } from './speaker';

/** Decides for each transition of each incident; the work left is the same whoever asks, and however often. */
export const decideAnnouncements = (incidents: readonly Incident[], entries: readonly LogEntry[], listener: Listener): readonly Decision[] =>
  decideAll(incidents, entries, listener).decisions;

export interface Decided {
  readonly decisions: readonly Decision[];
  /** What is said again of what is open, or why it is not: besides the decisions about each transition. */
  readonly repeats: ReadonlyMap<IncidentId, readonly Decision[]>;
  /** Keys of which this region has nothing left to say, whatever the time, until more is written about them. */
  readonly settled: ReadonlySet<string>;
}

/** Keys do not depend on each other: it may be asked of some alone, with all that was written about them. */
export function decideAll(incidents: readonly Incident[], entries: readonly LogEntry[], listener: Listener): Decided {
  const saidOf = saidByKey(withRestated(entries));
  const saidAbout = ({ key }: Incident): Said => saidOf.get(key) ?? nothingSaid();
  const storms = stormsIn(incidents, {
    now: listener.now,
    wasTold: (step) => wasTold(saidAbout(step.incident), step, 'flapping'),
    wasQuiet: (step) => wasQuietAt(step, saidAbout(step.incident), listener),
  });
  const settled = new Set(incidents.map(({ key }) => key));
  const repeats = new Map<IncidentId, readonly Decision[]>();
  const decisions = incidents.flatMap((incident) => {
    const said = saidAbout(incident);
    const storm = storms.get(incident.transitions.at(-1) ?? ('' as never));
    if (isOpen(incident) && incident.severity !== 'note') {
      settled.delete(incident.key);
      repeats.set(incident.id, decideRepeats({ incident, said, listener, isMuted: storm !== undefined && storm.calmAt === undefined }));
    }
    const lastTold = incident.transitions.findLastIndex((transition) => wasTold(said, { incident, transition }));
    return incident.transitions.map((transition, index) => {
      const storm = storms.get(transition);
      const decision = decideStep({ incident, transition, said, listener, storm }, index < lastTold);
      if (storm !== undefined || !isFinal(decision)) settled.delete(incident.key);
      return decision;
    });
  });
  return { decisions, repeats, settled };
}

const finalReasons: readonly SilenceReason[] = [
  'told',
  'told-by-its-end',
  'a-later-one-was-told',
  'a-later-one-tells-it',
  'over-before-anybody-was-told',
  'only-noted-on-the-page',
];

/** Outside of a storm, which ends by itself, these are the same at any time. */
const isFinal = (decision: Decision): boolean => decision.kind === 'silence' && finalReasons.includes(decision.reason);

function decideStep(matter: Matter, isLaterTold: boolean): Decision {
  const quiet = isToldAtAll(matter) ? undefined : quietReason({ ...matter, isKnown: isKnown(matter) }, surroundingsOf(matter.listener));
  if (quiet !== undefined) return { kind: 'silence', reason: quiet };
  const hush = matter.storm === undefined ? 'free' : hushOf(matter.storm, matter.transition);
  if (hush === 'told-as-flapping') return decide({ ...matter, as: 'flapping' });
  if (hush === 'muted') return passedOver(matter, 'muted-while-flapping');
  return isLaterTold ? passedOver(matter, 'a-later-one-was-told') : decide(matter);
}

const isToldAtAll = (matter: Pick<Matter, 'said' | 'incident' | 'transition'>): boolean =>
  wasTold(matter.said, matter) || wasTold(matter.said, matter, 'flapping');

/** Whether anybody was told anything of this incident. */
const isKnown = ({ said, incident }: Pick<Matter, 'said' | 'incident'>): boolean =>
  incident.transitions.some((transition) => isToldAtAll({ said, incident, transition }));

/** At the time at which it is decided that it need not be told: were a step of a storm loud by another one, nobody would tell of that storm. */
function wasQuietAt({ incident, transition }: Step, said: Said, listener: Listener): boolean {
  const asked = { at: transition.entries[0].at, severity: transition.severity, isKnown: isKnown({ incident, said }) };
  return reasonOf(incident, asked, surroundingsOf(listener)) !== undefined;
}

const surroundingsOf = ({ now, arranged = nothingArranged, parentOf = () => undefined }: Listener) => ({ now, arranged, parentOf });

/** A page must never be the last word on what has been told as resolved. */
function passedOver(matter: Matter, reason: SilenceReason): Decision {
  return { kind: 'silence', reason: wasTold(matter.said, matter) ? 'told' : reason };
}

function decide(matter: Matter): Decision {
  const { transition, said, listener } = matter;
  const ofThis = <Body extends About>(entry: EntryOf<Body>): boolean => isOfMatter(entry.body, matter);
  const told = said.receipts.filter(ofThis);
  const latePages = told.length > 0 ? pagesThatCameLate(matter) : [];
  const owesIt = !isToldAfter(
    latePages,
    told.filter((entry) => entry.region === listener.me),
  );
  if (told.length > 0 && !owesIt) return { kind: 'silence', reason: 'told' };
  if (transition.entries.every(({ body }) => body.kind === 'opened' && body.isOver === true)) return { kind: 'silence', reason: 'told-by-its-end' };
  const about = aboutMatter(matter);
  if (about.severity === 'note') return { kind: 'silence', reason: 'only-noted-on-the-page' };
  const mine = said.announced.filter((entry) => ofThis(entry) && entry.region === listener.me);
  const last = mine.filter((entry) => latePages.every((page) => isLater(entry, page))).at(-1);
  if (last === undefined) return owesIt ? sayAgain(matter, about) : ownTurn(matter, about);
  if (listener.now - last.at < receiptPatienceMs) return { kind: 'silence', reason: 'being-sent' };
  return { kind: 'say', reason: 'no-receipt-yet', about, ...flapsOf(matter) };
}

/** What others have told, after a page of this region that came late. That it is flapping is news that a quiet hides, and an end is none. */
function sayAgain(matter: Matter, about: About): Decision {
  const { incident, listener, as } = matter;
  const severity = about.severity ?? incident.severity;
  const quiet = as === undefined ? undefined : reasonOf(incident, { at: listener.now, severity, isKnown: true }, surroundingsOf(listener));
  return quiet === undefined ? { kind: 'say', reason: 'my-page-came-late', about, ...flapsOf(matter) } : { kind: 'silence', reason: quiet };
}

const flapsOf = ({ as, storm }: Matter): { readonly flaps?: Flaps | undefined } => (as === undefined ? {} : { flaps: storm?.told });

function ownTurn(matter: Matter, about: About): Decision {
  const { incident, transition, said, listener, storm, as } = matter;
  const { me, now } = listener;
  const regions = listener.regions.filter((region) => proberSubject(region) !== incident.subject);
  const [entry] = transition.entries;
  const first = entry.body.speaker;
  const own = transition.entries.some((written) => written.region === me);
  const isCurrent = own || listener.finds.get(incident.key) === (transition.kind === 'resolved' ? 'well' : transition.condition);
  const sent = said.announced.filter(({ body }) => isOfMatter(body, matter));
  const isElsewhere = isBeingSaidElsewhere(sent, listener);
  if (me === first && isCurrent && !isElsewhere) return { kind: 'say', reason: as ?? 'first-speaker', about, ...flapsOf(matter) };
  const known = [...transition.entries, ...said.noted.filter((noted) => isOfMatter(noted.body, matter))].filter((written) => written.region === me);
  if (known.length === 0) return { kind: 'note', reason: 'just-learnt', about };
  const quietUntil = listener.arranged?.quietEndedBefore(incident.subject, now);
  const since = Math.max(storm?.calmAt ?? 0, quietUntil ?? 0, Math.min(...known.map((written) => written.at)));
  const wait = Math.max(turnMs, waitMs(incident.key, { me, first, regions })) + (listener.slackMs ?? 0);
  if (now - since >= wait && !isElsewhere) return { kind: 'say', reason: 'others-stayed-silent', about, ...flapsOf(matter) };
  return { kind: 'silence', reason: me === first && !isCurrent ? 'not-found-by-me' : 'waiting-for-my-turn' };
}
