/** The chain of one incident: each step, who concluded it from what, who told it, and what everybody else does and why. */
import { decideAll } from '../announcement';
import { instant, type RegionId } from '../basics/brand';
import { isoTime, minute, second } from '../basics/time';
import { channelNews, relayOutcomes } from '../channel-news';
import type { Finding } from '../conclusion';
import { type Condition, conditions } from '../condition';
import { allRegions } from '../config/config';
import { courseOf } from '../course';
import type { Decision } from '../decision';
import { parentsIn } from '../dependency';
import { isHeld, roomIn, usualCap } from '../gathering';
import { type EntryOf, type Incident, type IncidentTransition, isAbout } from '../incident';
import { type Announced, entryId, type LogEntry, outsideSubject, proberSubject, type Receipt, type TransitionBody, watchdogSubject } from '../log';
import { withRestated } from '../log-parts';
import { nothingArranged } from '../orders/arranged';
import { outsideCondition } from '../outside';
import { escalationsOf } from '../route';
import type { Onlooking } from './onlooking';
import { sayWords, silenceWords, unwrittenWords, verdictWords } from './reason-words';
import type { ConcludedWhyView, IncidentWhyView, ReasonView, StepWhyView, ToldWhyView } from './why-view';

/** `finds`: what whoever sees the same as the onlooker finds of the subject, where that can be said. */
export function incidentWhy(incident: Incident, seen: Onlooking, finds?: Finding['condition']): IncidentWhyView {
  const { id, aliases, key, subject, family, severity, condition, certainty, openedAt, resolvedAt } = incident;
  const entries = withRestated(seen.entries);
  const decisions = allRegions(seen.config.regions).map((region) => ({ region, ...decisionsOf(incident, region, { seen, finds }) }));
  return {
    kind: 'incident',
    now: isoTime(seen.now),
    id,
    aliases,
    key,
    subject,
    family,
    severity,
    state: resolvedAt === undefined ? 'open' : 'resolved',
    condition,
    certainty,
    openedAt: isoTime(openedAt),
    resolvedAt: resolvedAt === undefined ? null : isoTime(resolvedAt),
    quiet: quietView(incident, seen),
    taken: takenView(incident, seen),
    again: decisions.flatMap(({ region, again }) => again.flatMap((decision) => doesNow(region, decision))),
    steps: incident.transitions.map((step, index) => ({
      course: courseOf(incident, step),
      condition: step.condition,
      severity: step.severity,
      concluded: conclusionsOf(step, entries).map(concludedView),
      told: toldViews(incident, step, { entries, config: seen.config }),
      now: decisions.flatMap(({ region, of }) => doesNow(region, of[index])),
    })),
  };
}

function quietView({ subject }: Incident, { arranged = nothingArranged, now }: Onlooking): IncidentWhyView['quiet'] {
  const quiet = arranged.quietAt(subject, now);
  return quiet === undefined ? null : { kind: quiet.kind, by: quiet.by, order: quiet.name, why: quiet.why ?? null, until: isoTime(quiet.to) };
}

function takenView(incident: Incident, { arranged = nothingArranged, now }: Onlooking): IncidentWhyView['taken'] {
  const order = arranged.takenAt(incident, now);
  return order === undefined ? null : { kind: 'ack', by: order.by, order: order.id, why: order.why ?? null, until: isoTime(order.to) };
}

/** In the order of the steps. Earlier incidents of the same subject can matter, so all are decided. */
function decisionsOf(
  incident: Incident,
  me: RegionId,
  { seen, finds }: { readonly seen: Onlooking; readonly finds: Finding['condition'] },
): { readonly of: readonly Decision[]; readonly again: readonly Decision[] } {
  const found = finds ?? foundBy(me, incident, seen);
  const { now, arranged } = seen;
  const { config } = seen;
  const listener = {
    me,
    now,
    regions: allRegions(config.regions),
    finds: new Map([[incident.key, found]]),
    arranged,
    parentOf: parentsIn(config, seen.incidents),
    escalateAfter: (one: Incident) => escalationsOf(one, config).map(({ afterMs }) => afterMs / minute),
  };
  const { decisions: all, repeats } = decideAll(seen.incidents, seen.entries, listener);
  const isGathered = incident.family === 'availability' && isHeld(roomIn(seen.entries, { cap: config.cap ?? usualCap, now }));
  const asItLeaves = (decision: Decision): Decision => (isGathered && decision.kind === 'say' ? { kind: 'silence', reason: 'gathered-soon' } : decision);
  const before = seen.incidents.slice(0, seen.incidents.indexOf(incident)).reduce((count, { transitions }) => count + transitions.length, 0);
  const of = all.slice(before, before + incident.transitions.length);
  return { of: of.map(asItLeaves), again: (repeats.get(incident.id) ?? []).map(asItLeaves) };
}

/** What a region's watchdog wrote last of the subject of an incident. */
function foundBy(observer: RegionId, { subject }: Incident, { watchRecords }: Onlooking): Finding['condition'] {
  const record = watchRecords.get(observer);
  if (subject === outsideSubject(observer)) return outsideCondition(record?.outside);
  const found = [...(record?.peers ?? [])].find(({ region }) => proberSubject(region) === subject);
  const watchdog = [...(record?.watchdogs ?? [])].find(({ region }) => watchdogSubject(region) === subject);
  const state = found?.state ?? watchdog?.state;
  if (state === 'reporting' || state === 'watching') return 'well';
  return conditions.find((condition) => condition === state);
}

/** Whoever tells an end repeats it in its announcement; that is no conclusion of its own, unless nothing else is known of it. */
function conclusionsOf({ entries: all }: IncidentTransition, entries: readonly LogEntry[]): IncidentTransition['entries'][number][] {
  const announcements = new Set(entries.flatMap((entry) => (entry.body.kind === 'announced' ? [entryId(entry)] : [])));
  const own = all.filter((entry) => !announcements.has(entryId(entry)));
  return own.length === 0 ? [...all].slice(0, 1) : own;
}

function concludedView({ region, by, at, body }: EntryOf<TransitionBody>): ConcludedWhyView {
  const evidence = Object.fromEntries(Object.entries(body.evidence).map(([name, slot]) => [name, isoTime(instant(slot * second))]));
  return { region, by, at: isoTime(at), ...reasonView(body.reason, verdictWords), evidence, facts: body.facts };
}

/** Reasons of the watch are sentences already. */
const reasonView = (reason: string, words: Readonly<Record<string, string>>): ReasonView => ({ reason, why: words[reason] ?? reason });

function toldViews(incident: Incident, step: IncidentTransition, { entries, config }: Pick<Onlooking, 'entries' | 'config'>): readonly ToldWhyView[] {
  const announced = entries.flatMap((entry) =>
    entry.body.kind === 'announced' && isAbout(entry.body, incident, step, entry.body.as) ? [{ ...entry, body: entry.body }] : [],
  );
  const receipts = entries.flatMap((entry) =>
    entry.body.kind === 'receipt' && entry.body.level === 'accepted' && isAbout(entry.body, incident, step, entry.body.as)
      ? [{ ...entry, body: entry.body }]
      : [],
  );
  const left = [...receipts].sort(inTime);
  const outcomes = relayOutcomes(entries);
  const channelsOf = ({ body: about }: EntryOf<Announced | Receipt>, accepted: EntryOf<Receipt> | undefined): ToldWhyView['channels'] =>
    channelNews({ about, accepted, outcomes }, config);
  const told = [...announced].sort(inTime).map((entry) => {
    const receipt = takeReceipt(left, entry);
    return { ...toldView(entry, receipt), channels: channelsOf(entry, receipt) };
  });
  return [...told, ...left.map((receipt) => ({ ...restatedView(receipt), channels: channelsOf(receipt, receipt) }))];
}

const inTime = (one: Pick<LogEntry, 'at' | 'writer' | 'month' | 'n'>, other: Pick<LogEntry, 'at' | 'writer' | 'month' | 'n'>): number =>
  one.at - other.at || (entryId(one) < entryId(other) ? -1 : 1);

/** A region's own receipt, written after it sent. */
function takeReceipt(left: EntryOf<Receipt>[], { region, at }: EntryOf<Announced>): EntryOf<Receipt> | undefined {
  const index = left.findIndex((receipt) => receipt.region === region && receipt.at >= at);
  return index === -1 ? undefined : left.splice(index, 1)[0];
}

function toldView({ region, at, body }: EntryOf<Announced>, receipt: EntryOf<Receipt> | undefined): Omit<ToldWhyView, 'channels'> {
  return {
    region,
    at: isoTime(at),
    ...reasonView(body.reason, sayWords),
    gathered: body.gathered ?? null,
    receipt: receipt === undefined ? null : receiptView(receipt),
  };
}

const receiptView = ({ at, body }: EntryOf<Receipt>): NonNullable<ToldWhyView['receipt']> => ({
  topic: body.topic,
  at: isoTime(at),
  messageId: body.messageId,
});

const restatedView = (receipt: EntryOf<Receipt>): Omit<ToldWhyView, 'channels'> => ({
  region: receipt.region,
  at: isoTime(receipt.at),
  reason: 'told',
  why: silenceWords.told,
  gathered: null,
  receipt: receiptView(receipt),
});

const does = { say: 'speaks', note: 'notes', silence: 'keeps silent' } as const;

function doesNow(region: RegionId, decision: Decision | undefined): StepWhyView['now'] {
  if (decision === undefined) return [];
  const words = decision.kind === 'say' ? sayWords : silenceWords;
  return [{ region, does: does[decision.kind], ...reasonView(decision.reason, words) }];
}

/** For a finding that is not written down, or is. */
export const unwrittenView = (reason: keyof typeof unwrittenWords): ReasonView => ({ reason, why: unwrittenWords[reason] });
export const asCondition = (state: string): Condition | undefined => conditions.find((condition) => condition === state);
