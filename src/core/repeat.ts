/**
 * What is said again of an incident that is still open: on a grid of time that follows from the log alone, so that a late or repeated
 * look finds the same work, and says nothing twice.
 */
import { type Instant, instant, type RegionId } from './basics/brand';
import { hour, minute } from './basics/time';
import type { Severity } from './config/config';
import type { Decision, Listener, SilenceReason } from './decision';
import { aboutStep, type Incident, type IncidentTransition, idsOf, isAbout } from './incident';
import { type About, proberSubject } from './log';
import { nothingArranged } from './orders/arranged';
import { reasonOf } from './quiet';
import { isBeingSaidElsewhere, receiptPatienceMs, type Said, wasTold } from './said';
import { speakersInOrder, turnMs, waitMs } from './speaker';

interface Open {
  readonly incident: Incident;
  readonly said: Said;
  readonly listener: Listener;
  /** Whether it goes to and fro. */
  readonly isMuted: boolean;
}

/** After so long a page is said again, and then every so often; a ticket once a day. */
const firstMs: readonly number[] = [30 * minute, hour];
const everyMs: Readonly<Record<'page' | 'ticket', number>> = { page: 4 * hour, ticket: 24 * hour };

/** The newest reminder that is due. */
export function decideRepeats(open: Open): readonly Decision[] {
  const step = baseOf(open.incident);
  if (step === undefined) return [];
  const after = open.listener.escalateAfter?.(open.incident) ?? [];
  return [decideReminder(open, step), ...after.flatMap((minutes) => decideEscalation(open, { step, minutes }))];
}

/** The step from which time is counted: the one since which it has been so grave. */
export function baseOf({ transitions }: Incident): IncidentTransition | undefined {
  const last = transitions.at(-1);
  if (last === undefined || last.kind === 'resolved') return undefined;
  const before = transitions.findLastIndex(({ severity }) => severity !== last.severity);
  return transitions[before + 1];
}

function decideReminder(open: Open, step: IncidentTransition): Decision {
  const { incident, said, listener } = open;
  const { now, arranged = nothingArranged } = listener;
  const quietUntil = arranged.quietEndedBefore(incident.subject, now);
  // What was told since then was told by itself.
  const wasSilent = quietUntil !== undefined && !said.receipts.some(({ body, at }) => at >= quietUntil && idsOf(incident).includes(body.incident));
  const due = dueOf(step, { now, quietUntil: wasSilent ? quietUntil : undefined });
  if (due === undefined) return silence('not-yet-due');
  if (isSaid(said, { incident, step, minutes: due.minutes })) return silence('told');
  const why = whyNot(open);
  if (why !== undefined) return silence(why);
  return ownTurn(open, { ...aboutStep(incident, step), as: 'reminder', minutes: due.minutes }, due.at);
}

/** Nobody can take what nobody was told: its time counts from then, and before it there is nothing to decide. */
function decideEscalation(open: Open, { step, minutes }: Pick<Due, 'step' | 'minutes'>): readonly Decision[] {
  const { incident, said, listener } = open;
  const toldAt = Math.min(...said.receipts.flatMap(({ at, body }) => (isToldBy(body, incident, step) ? [at] : [])));
  const dueAt = instant(toldAt + minutes * minute);
  if (!(listener.now >= dueAt)) return [];
  const isDone = said.receipts.some(({ body }) => isAbout(body, incident, step, 'escalation') && body.minutes === minutes);
  if (isDone) return [silence('told')];
  const why = whyNot(open);
  const about: About = { ...aboutStep(incident, step), as: 'escalation', minutes };
  return [why === undefined ? ownTurn(open, about, dueAt) : silence(why)];
}

const isToldBy = (body: About, incident: Incident, step: IncidentTransition): boolean =>
  isAbout(body, incident, step) || isAbout(body, incident, step, 'flapping');

const silence = (reason: SilenceReason): Decision => ({ kind: 'silence', reason });

function whyNot(open: Open): SilenceReason | undefined {
  const { incident, said, listener, isMuted } = open;
  const { now, arranged = nothingArranged, parentOf = () => undefined } = listener;
  if (isMuted) return 'muted-while-flapping';
  const last = incident.transitions.at(-1);
  if (last === undefined || !isStepTold(said, incident, last)) return 'not-told-yet';
  const quiet = reasonOf(incident, { at: now, severity: incident.severity, isKnown: true }, { now, arranged, parentOf });
  if (quiet !== undefined) return quiet;
  return arranged.takenAt(incident, now) === undefined ? undefined : 'taken';
}

const isStepTold = (said: Said, incident: Incident, transition: IncidentTransition): boolean =>
  wasTold(said, { incident, transition }) || wasTold(said, { incident, transition }, 'flapping');

interface Due {
  readonly incident: Incident;
  readonly step: IncidentTransition;
  readonly minutes: number;
}

/** A later one tells what an earlier one would have told. */
const isSaid = ({ receipts }: Said, { incident, step, minutes }: Due): boolean =>
  receipts.some(({ body }) => isAbout(body, incident, step, 'reminder') && (body.minutes ?? 0) >= minutes);

export interface DueTime {
  /** Whole minutes since the step. */
  readonly minutes: number;
  readonly at: Instant;
}

/** The newest time at which it is to be said again; the end of a quiet time is one as well, for nobody was told anything during it. */
export function dueOf(
  { severity, entries }: IncidentTransition,
  { now, quietUntil }: { readonly now: Instant; readonly quietUntil?: Instant | undefined },
): DueTime | undefined {
  const [{ at }] = entries;
  const onGrid = newestOnGrid(now - at, severity);
  const grid = onGrid === undefined ? undefined : { minutes: onGrid / minute, at: instant(at + onGrid) };
  const edge = quietUntil === undefined || quietUntil - at < minute ? undefined : { minutes: Math.floor((quietUntil - at) / minute), at: quietUntil };
  if (grid === undefined || edge === undefined) return grid ?? edge;
  return edge.at > grid.at ? edge : grid;
}

function newestOnGrid(ms: number, severity: Severity): number | undefined {
  if (severity === 'note') return undefined;
  const every = everyMs[severity];
  const early = severity === 'page' ? firstMs : [];
  const last = early.at(-1) ?? 0;
  return ms >= last + every ? last + Math.floor((ms - last) / every) * every : early.findLast((after) => ms >= after);
}

/** When it is said again, if nothing changes. */
export function nextReminderAt({ severity, entries }: IncidentTransition, now: Instant): Instant | undefined {
  if (severity === 'note') return undefined;
  const [{ at }] = entries;
  const early = severity === 'page' ? firstMs : [];
  const last = early.at(-1) ?? 0;
  const next = early.find((after) => at + after > now) ?? last + (Math.floor(Math.max(0, now - at - last) / everyMs[severity]) + 1) * everyMs[severity];
  return instant(at + next);
}

/** Everybody counts from the same moment, which the log tells: nobody has to note since when it knows. */
function ownTurn(open: Open, about: About, dueAt: Instant): Decision {
  const { incident, said, listener } = open;
  const { me, now, finds } = listener;
  const isOfThis = (body: About): boolean => body.as === about.as && body.minutes === about.minutes && body.entry === about.entry;
  const sent = said.announced.filter(({ body }) => isOfThis(body));
  const last = sent.filter(({ region }) => region === me).at(-1);
  if (last !== undefined) return now - last.at < receiptPatienceMs ? silence('being-sent') : { kind: 'say', reason: 'no-receipt-yet', about };
  // A look may come long after it fell due, and whoever looked before speaks in the same seconds.
  if (isBeingSaidElsewhere(sent, listener)) return silence('waiting-for-my-turn');
  const first = firstSpeaker(incident, listener.regions);
  if (me === first && finds.get(incident.key) !== 'well') return { kind: 'say', reason: about.as === 'escalation' ? 'nobody-took-it' : 'still-so', about };
  const wait = Math.max(turnMs, waitMs(incident.key, { me, first, regions: listener.regions })) + (listener.slackMs ?? 0);
  if (now - dueAt < wait) return silence('waiting-for-my-turn');
  return { kind: 'say', reason: 'others-stayed-silent', about };
}

/** Never the region that it is about. */
function firstSpeaker({ key, subject }: Incident, regions: readonly RegionId[]): RegionId {
  const others = regions.filter((region) => proberSubject(region) !== subject);
  return speakersInOrder(key, others.length === 0 ? regions : others)[0] ?? ('' as RegionId);
}
