/**
 * Time that nobody watched: found from beats that are missing, written down with its cause, told once, and looked at again
 * later, since beats that come late make it smaller. Every revision is kept.
 */
import { type Instant, instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { ageText, hour, minute, second, utcTime } from './basics/time';
import { isNewerEvidence } from './evidence';
import { type Incident, type IncidentTransition, isOpen } from './incident';
import { dedupKey, type EvidenceSlots, entryId, type GapRevision, type LogEntry, monitoringSubject, type Opened, type Resolved } from './log';
import { type GapCause, overlaps, type Stretch } from './timeline';

/** The incident that says that nobody watches, and the record of the time in which nobody did. */
export const monitoringKey = dedupKey(monitoringSubject, 'coverage');

/** That a prober began a round, and finished it. */
export interface Work {
  readonly region: RegionId;
  readonly slot: Slot;
  readonly begunAt: Instant;
}

/** Where no prober begins a round within `cycleMs + slackMs` of the one before: from the end of what that one holds for. Any order. */
export function unwatchedStretches(
  begun: readonly Instant[],
  { cycleMs, slackMs }: { readonly cycleMs: number; readonly slackMs: number },
): readonly Stretch[] {
  const sorted = [...begun].sort((one, other) => one - other);
  return sorted.flatMap((to, index) => {
    const before = sorted[index - 1] ?? to;
    return to - before > cycleMs + slackMs ? [{ from: instant(before + cycleMs), to }] : [];
  });
}

/** What of a gap is still unwatched, now that these rounds are known: never more than before, whoever does not answer now. */
export function remaining(
  stretches: readonly Stretch[],
  begun: readonly Instant[],
  patience: { readonly cycleMs: number; readonly slackMs: number },
): readonly Stretch[] {
  return stretches.flatMap(({ from, to }) => {
    const inside = begun.filter((at) => at > from - patience.cycleMs && at < to);
    return unwatchedStretches([instant(from - patience.cycleMs), ...inside, to], patience);
  });
}

/** What of a stretch lies in none of the others, where it is longer than what is tolerated. */
export function notYetIn({ from, to }: Stretch, others: readonly Stretch[], tolerateMs: number): readonly Stretch[] {
  const pieces = others.reduce<readonly Stretch[]>((left, other) => left.flatMap((piece) => around(other, piece)), [{ from, to }]);
  return pieces.filter((piece) => piece.to - piece.from > tolerateMs);
}

function around(other: Stretch, piece: Stretch): readonly Stretch[] {
  if (!overlaps(other, piece)) return [piece];
  return [
    { from: piece.from, to: other.from },
    { from: other.to, to: piece.to },
  ].filter(({ from, to }) => from < to);
}

export const lengthMs = (stretches: readonly Stretch[]): number => stretches.reduce((sum, { from, to }) => sum + to - from, 0);

export interface KnownRevision {
  /** When it was written down, by its writer's clock. */
  readonly at: Instant;
  readonly body: GapRevision;
}

export interface KnownGap {
  readonly of: string;
  /** Each smaller than the one before. */
  readonly revisions: readonly [KnownRevision, ...KnownRevision[]];
}

/** All gaps of the logs, oldest first, the same for any order, duplication or split of them. Of revisions that say the same the earliest counts. */
export function knownGaps(entries: readonly LogEntry[]): readonly KnownGap[] {
  const found = known.get(entries) ?? gapsIn(entries);
  known.set(entries, found);
  return found;
}

const known = new WeakMap<readonly LogEntry[], readonly KnownGap[]>();

function gapsIn(entries: readonly LogEntry[]): readonly KnownGap[] {
  const byName = new Map<string, Named[]>();
  for (const entry of entries) {
    if (entry.body.kind === 'gap') byName.set(entry.body.of, [...(byName.get(entry.body.of) ?? []), { at: entry.at, id: entryId(entry), body: entry.body }]);
  }
  const gaps = [...byName].flatMap(([of, found]): KnownGap[] => {
    const [first, ...others] = shrinking(found);
    return first === undefined ? [] : [{ of, revisions: [first, ...others] }];
  });
  return gaps.sort((one, other) => (one.of < other.of ? -1 : 1));
}

type Named = KnownRevision & { readonly id: string };

function shrinking(found: readonly Named[]): readonly KnownRevision[] {
  const length = ({ body }: Named): number => lengthMs(body.stretches);
  const sorted = [...found].sort((one, other) => length(other) - length(one) || one.at - other.at || (one.id < other.id ? -1 : 1));
  return sorted.filter((one, index) => index === 0 || length(one) < length(sorted[index - 1] ?? one)).map(({ at, body }) => ({ at, body }));
}

export const firstOf = ({ revisions }: KnownGap): KnownRevision => revisions[0];
export const lastOf = ({ revisions }: KnownGap): KnownRevision => revisions.at(-1) ?? revisions[0];

/** From the beginning to the end of what it was at first. */
export function hullOf({ body }: KnownRevision): Stretch | undefined {
  const [first] = body.stretches;
  return first && { from: first.from, to: body.stretches.at(-1)?.to ?? first.to };
}

/** So long after it was found a gap is looked at again. What replicates late is there by the first time: then it is told. */
const lookedAtAgainMs = [minute, 2 * minute, 5 * minute, 10 * minute, hour];
/** A prober's own replica that does not answer may hold what is missing: it is waited for so long before a gap is told. */
export const awaitedMs = 10 * minute;
/** Whoever was not there at the last of these times does not catch up on it later. */
const latestLookMs = 70 * minute;

/** How many of these looks are due. */
export const looksDue = (sinceFoundMs: number): number => (sinceFoundMs > latestLookMs ? 0 : lookedAtAgainMs.filter((ms) => sinceFoundMs >= ms).length);

/** Whether an incident tells of this time: any of its openings rests on beats from before its end, and its own end on beats from after its beginning. */
export function isTold(stretch: Stretch, before: EvidenceSlots, incidents: readonly Incident[]): boolean {
  return incidents.some((incident) => {
    const [opened] = incident.transitions;
    const ended = incident.transitions.at(-1);
    if (incident.key !== monitoringKey || opened === undefined || ended === undefined) return false;
    return (
      opened.entries.some((entry) => newestEvidence([entry], stretch, before) < stretch.to) &&
      (isOpen(incident) || newestEvidence(ended.entries, stretch, before) > stretch.from)
    );
  });
}

/**
 * The newest slots from before a stretch: what this observer knew, and what was known when an earlier one was told as over. Whoever
 * knew less would rest on evidence that the earlier end has already closed.
 */
export function knownBefore(stretch: Stretch, before: EvidenceSlots, incidents: readonly Incident[]): EvidenceSlots {
  const known = new Map<RegionId, Slot>(Object.entries(before) as [RegionId, Slot][]);
  for (const incident of incidents) {
    const ended = incident.transitions.at(-1);
    if (incident.key !== monitoringKey || isOpen(incident) || ended === undefined || newestEvidence(ended.entries, stretch, before) > stretch.from) continue;
    for (const { body } of ended.entries)
      for (const [region, slot] of Object.entries(body.evidence) as [RegionId, Slot][]) known.set(region, slotAt(Math.max(slot, known.get(region) ?? 0)));
  }
  return Object.fromEntries(known);
}

/** The time of the newest slot that these entries of a step rest on. What was known before a stretch is of no time after its beginning. */
function newestEvidence(entries: readonly IncidentTransition['entries'][number][], { from }: Stretch, before: EvidenceSlots): number {
  const evidence = entries.flatMap(({ body }) => Object.entries(body.evidence) as [RegionId, Slot][]);
  return Math.max(0, ...evidence.map(([region, slot]) => (slot > (before[region] ?? 0) ? slot * second : Math.min(slot * second, from))));
}

export const noProberReported: GapCause = 'no prober reported';

/** A gap that is told when it is over: an opening that nobody could write in time, and the end that tells it all. */
export function toldAfterwards(gap: {
  readonly stretches: readonly [Stretch, ...Stretch[]];
  readonly cause: string;
  /** The newest slot of each prober that was known before it, and that is known now. */
  readonly before: EvidenceSlots;
  readonly now: EvidenceSlots;
  /** Every round that is known of that time. */
  readonly work: readonly Work[];
  readonly probers: readonly RegionId[];
  readonly monitors: number;
  readonly speaker: RegionId;
}): { readonly opened: Opened; readonly resolved: Resolved } {
  const [{ from }] = gap.stretches;
  const to = gap.stretches.at(-1)?.to ?? from;
  const before = newestSlots(gap, (work) => work.begunAt <= from, gap.before);
  const after = newestSlots(gap, (work) => work.begunAt <= to, before);
  const facts = [
    ...gap.stretches.map(sayStretch),
    `cause: ${gap.cause}; nobody could tell it while it lasted`,
    `${gap.monitors === 1 ? '1 monitor is' : `${gap.monitors} monitors are`} unknown for that time, and the reports show it so`,
  ];
  const common = { key: monitoringKey, subject: monitoringSubject, family: 'coverage', speaker: gap.speaker, facts, reason: gap.cause } as const;
  return {
    opened: { ...common, kind: 'opened', condition: 'unwatched', severity: 'page', certainty: 'confirmed', evidence: before, isOver: true },
    resolved: { ...common, kind: 'resolved', evidence: isNewerEvidence(after, before) ? after : gap.now },
  };
}

/** `nobody watched from 2026-11-21 04:02:00 UTC to 2026-11-21 04:12:00 UTC: 10 min` */
const sayStretch = ({ from, to }: Stretch): string => `nobody watched from ${utcTime(from)} to ${utcTime(to)}: ${ageText(to - from)}`;

function newestSlots(
  { work, probers }: { readonly work: readonly Work[]; readonly probers: readonly RegionId[] },
  isMeant: (work: Work) => boolean,
  known: EvidenceSlots,
): EvidenceSlots {
  const newest = probers.map((region) => {
    const slots = work.filter((one) => one.region === region && isMeant(one)).map((one) => one.slot);
    return [region, slotAt(Math.max(known[region] ?? 0, ...slots))] as const;
  });
  return Object.fromEntries(newest);
}
