/** Whether anybody watches at all: said once for all monitors, when no path shows anything fresh of any prober. */
import { type Instant, instant, type RegionId, type Slot, slotAt } from './basics/brand';
import { ageText, second, utcTime } from './basics/time';
import type { Finding } from './conclusion';
import { severityOf } from './condition';
import { monitoringKey } from './gap';
import { type Incident, isOpen } from './incident';
import { type EvidenceSlots, monitoringSubject, type Opened } from './log';
import { speakersInOrder } from './speaker';
import type { WatchState } from './watch';

export interface UnwatchedQuestion {
  /** What the observer finds of every prober. */
  readonly probers: readonly ProberFound[];
  /** How many monitors nobody looks at meanwhile. */
  readonly monitors: number;
  readonly cycleMs: number;
  /** The newest incident of this key. */
  readonly latest: Incident | undefined;
  /** All regions, and the one among them that shares the fate of no prober. */
  readonly regions: readonly RegionId[];
  readonly witness: RegionId | undefined;
  readonly me: RegionId;
  readonly now: Instant;
}

export interface ProberFound {
  readonly region: RegionId;
  readonly state: WatchState;
  readonly reason: string;
  /** Whether any path answered that shows its beats, however old: where all of them fail, nothing was looked at. */
  readonly hasAnswer: boolean;
  /** Since when the observer has found the same. */
  readonly since: Instant;
  readonly newest: Slot | undefined;
}

export function unwatchedFinding(question: UnwatchedQuestion): Finding {
  const { probers, me } = question;
  const condition = conditionOf(probers);
  const causes = probers.map(({ region, state }) => `${region} ${state}`).join(', ');
  return {
    condition,
    reason: condition === 'well' ? 'a prober reports again' : `no path shows a fresh beat of any prober (${causes})`,
    evidence: newestSlots(probers),
    about: {
      key: monitoringKey,
      subject: monitoringSubject,
      family: 'coverage',
      severity: severityOf('unwatched', { lastsMs: 0 }),
      certainty: 'single-witness',
      speaker: question.witness ?? speakersInOrder(monitoringKey, question.regions)[0] ?? me,
    },
    facts: () => (condition === 'well' ? factsOfEnd(question) : factsOfOpening(question)),
  };
}

/**
 * No path shows anything fresh of a prober in these states, and nothing is known to be wrong with the observer. One whose store
 * is down is not among them: it answers that it works, and tells what it sees by itself.
 */
const unseen: readonly WatchState[] = ['silent', 'hung', 'stopped', 'alone'];
/** A beat of it is fresh on some path, whatever else may be wrong. */
const seen: readonly WatchState[] = ['reporting', 'skewed', 'skipping', 'lying', 'link-lost', 'replication-stuck'];

function conditionOf(probers: readonly ProberFound[]): Finding['condition'] {
  if (probers.some(({ state }) => seen.includes(state))) return 'well';
  return probers.length > 0 && probers.every(({ state, hasAnswer }) => hasAnswer && unseen.includes(state)) ? 'unwatched' : undefined;
}

/** A prober that was never seen counts from the beginning of all slots: its first beat is newer. */
const newestSlots = (probers: readonly ProberFound[]): EvidenceSlots => Object.fromEntries(probers.map(({ region, newest }) => [region, newest ?? slotAt(0)]));

function factsOfOpening({ probers, monitors, me, now }: UnwatchedQuestion): readonly string[] {
  const isAlone = probers.some(({ state }) => state === 'alone');
  return [
    `no path shows ${me} a fresh beat of any prober${isAlone ? '; it sees nobody at all, and it may be that region itself' : ''}`,
    ...probers.map(({ region, state, reason, since, newest }) => {
      const beat = newest === undefined ? 'no beat was ever seen' : `newest beat: slot ${newest}, ${ageText(now - newest * second)} ago`;
      return `${region}: ${state} since ${utcTime(since)} (${reason}); ${beat}`;
    }),
    `${monitors === 1 ? '1 monitor is' : `${monitors} monitors are`} unknown meanwhile`,
  ];
}

/** The end announces the gap: from when to when, how long, and why. What an observer did not see may yet be found in a store. */
function factsOfEnd({ probers, latest, cycleMs, me }: UnwatchedQuestion): readonly string[] {
  const openings = latest === undefined || !isOpen(latest) ? [] : latest.transitions.flatMap(({ entries }) => entries.map(({ body }) => body));
  const over = openings.find((body): body is Opened => body.kind === 'opened' && body.isOver === true);
  if (over !== undefined) return over.facts;
  const known = openings.flatMap(({ evidence }) => Object.values(evidence));
  if (known.length === 0) return ['a prober reports again'];
  const last = Math.max(...known);
  const back = probers.filter(({ newest }) => newest !== undefined && newest > last);
  const first = back.length === 0 ? last : Math.min(...back.map(({ newest }) => newest ?? last));
  const [from, to] = [instant(last * second + cycleMs), instant(first * second)];
  return [
    last === 0 || from >= to ? 'a prober reports again' : `${me} saw nobody watch from ${utcTime(from)} to ${utcTime(to)}: ${ageText(to - from)}`,
    ...openings.slice(0, 1).map(({ reason }) => `cause: ${reason}`),
    ...back.map(({ region, newest }) => `${region} reports again: slot ${newest}`),
    'the reports show as unknown what nobody observed of that time',
  ];
}
