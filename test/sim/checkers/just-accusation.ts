/** S1: whatever is said of somebody was true in the time before. Finishing no round and being cut off from an observer add up. */
import type { RegionId } from '../../../src/core/basics/brand';
import { hour, minute, second } from '../../../src/core/basics/time';
import type { Claim } from '../history';
import { type Accusation, accusationsOf, regionOf } from './accusations';
import { leastSilenceMs, leastUnfinishedMs, leastWithoutRecordMs, roundSlackMs } from './bounds';
import type { Checker, Evidence } from './evidence';
import { type Harm, harmedTimes, isOf, type Taken } from './harm';
import { touches } from './intervals';
import { isMissing, measured } from './missing';
import { countUpTo, longestPause } from './sightings';

export const justAccusation: Checker = (evidence) =>
  accusationsOf(evidence).flatMap((accusation) => {
    if (isMeasuredByNobody(accusation, evidence)) return [];
    const wrong =
      whatIsWrong(accusation, evidence) ?? (isFromIsolation(accusation, evidence) ? 'by a region that reached nobody and nothing at all' : undefined);
    if (wrong === undefined) return [];
    return [{ promise: 'S1', at: accusation.at, what: `${accusation.by} called ${accusation.subject} ${accusation.condition} ${wrong}` }];
  });

function isMeasuredByNobody({ condition, by, subject, at }: Accusation, evidence: Evidence): boolean {
  const accused = regionOf(subject);
  return measured.includes(condition) && (isMissing(by, at, evidence) || (accused !== undefined && isMissing(accused, at, evidence)));
}

type Judge = (accusation: Accusation, evidence: Evidence) => string | undefined;

/** A conclusion may come a tick late, when what it rests on is just over. */
const tickMs = minute;

/** Whoever could not tell it when it concluded it may do so later: it was true then. */
const justBefore = ({ at, concludedAt }: Accusation): { readonly recent: number; readonly at: number } => ({
  recent: Math.min(at, concludedAt ?? at) - tickMs,
  at,
});

const judges: Readonly<Record<string, Judge>> = {
  down: targetWasDown(2),
  partial: targetWasDown(2),
  flaky: targetWasDown(20),
  misidentified: targetWasDown(2),
  silent: wasSilent,
  hung: (accusation, evidence) => wasSilent(accusation, evidence) ?? hadBegunARound(accusation, evidence),
  stopped: (accusation, evidence) => wasSilent(accusation, evidence) ?? wasNotInvoked(accusation, evidence),
  'store-down': accusedHad(['store', 'rights']),
  'link-lost': wasAnythingBetween(10 * minute),
  'replication-stuck': wasAnythingBetween(5 * minute),
  skewed: accusedHad(['newest-configuration', 'everything-expected', 'truth']),
  'watcher-silent': watcherWasSilent,
  alone: reachedNobody,
  refused: wasAnythingRefused,
  skipping: accusedHad(['cover', 'everything-expected', 'some-rounds']),
  lying: accusedHad(['truth', 'anchors', 'store']),
  unwatched: nobodyWatched,
  untold: wasUntold,
  flapping: changedOften,
};

const whatIsWrong: Judge = (accusation, evidence) => {
  const judge = judges[accusation.condition];
  return judge === undefined ? 'and no checker knows whether that is just' : judge(accusation, evidence);
};

function wasSilent(accusation: Accusation, evidence: Evidence): string | undefined {
  const { subject, by } = accusation;
  const accused = regionOf(subject);
  if (accused === undefined) return 'which is no prober';
  const longest = evidence.sightings.longestWithoutRound(accused, by, justBefore(accusation));
  return longest >= leastSilenceMs(evidence.config) ? undefined : `though it had not missed it for more than ${Math.round(longest / second)} s`;
}

/**
 * A slot was claimed, by a loop up to one beat ahead, and in the time that its round may take neither it nor a later one was finished. Loops
 * that push one another on have each claimed one, and as many rounds as claims prove nothing: the last loop may have ended before its turn.
 */
function hadBegunARound({ subject, by, at }: Accusation, evidence: Evidence): string | undefined {
  const { sightings, config, harms } = evidence;
  const accused = regionOf(subject) as RegionId;
  const rounds = sightings.shownRounds(accused);
  const takesMs = (config.beatIntervalMs < minute ? config.beatIntervalMs : 0) + config.watch.tolerateMs / 2;
  const isOpen = (claim: Claim): boolean => !rounds.some((round) => round.seq >= claim.seq && round.at <= Math.min(at, claim.at + takesMs));
  const from = awakeSince(at, config.watch.tolerateMs + 4 * config.beatIntervalMs + tickMs, evidence);
  const begun = sightings.claimed(accused).filter((claim) => claim.at >= from && claim.at <= at && isOpen(claim));
  if (begun.length === 0) return 'though it had finished what it began';
  // Slots of a clock that was set tell others nothing of how long ago a round was begun.
  const isClockWrong = harms.some((harm) => harm.takes === 'clock' && [by, accused].includes(harm.region) && touches(harm, { begins: from, ends: at }));
  const longestMs = at - Math.min(...begun.map((claim) => claim.at));
  return isClockWrong || longestMs >= leastUnfinishedMs(config) ? undefined : `though it had begun only ${Math.round(longestMs / second)} s before`;
}

/** So long before `at`, not counting the time in which all machines slept: what had begun before it is still begun after it. */
function awakeSince(at: number, ms: number, { faults }: Evidence): number {
  const sleeps = faults.filter((fault) => fault.kind === 'asleep' && fault.begins < at).sort((one, other) => other.begins - one.begins);
  return sleeps.reduce((from, { begins, ends }) => (Math.min(ends, at) > from ? from - (Math.min(ends, at) - begins) : from), at - ms);
}

/** Rounds that a clock which was set named ahead look later than those begun since: who finishes none may be taken for one that begins none. */
function wasNotInvoked({ subject, at }: Accusation, { sightings, config, harms }: Evidence): string | undefined {
  const accused = regionOf(subject) as RegionId;
  const moment = { recent: at - tickMs, at };
  const sinceFinished = { begins: at - longestPause(sightings.rounds(accused), moment) - tickMs, ends: at };
  const wasClockWrong = harms.some((harm) => harm.takes === 'clock' && harm.region === accused && touches(harm, sinceFinished));
  return wasClockWrong || longestPause(sightings.claims(accused), moment) >= leastSilenceMs(config) ? undefined : 'though it kept on beginning rounds';
}

function watcherWasSilent(accusation: Accusation, evidence: Evidence): string | undefined {
  const { subject, by, at } = accusation;
  const { sightings, config, harms } = evidence;
  const accused = regionOf(subject);
  if (accused === undefined) return 'which is no watchdog';
  // Who measured by a clock that is set, or what one stamped, may be a record off for as long as that is remembered.
  const remembered = { begins: at - rememberedRecords * Math.max(config.beatIntervalMs, tickMs), ends: at };
  const isClockWrong = harms.some((harm) => harm.takes === 'clock' && [by, accused].includes(harm.region) && touches(harm, remembered));
  const leastMs = isClockWrong ? config.watch.tolerateMs - second : leastWithoutRecordMs(config);
  const longest = sightings.longestWithoutVigil(accused, by, { recent: at - tickMs, at });
  if (longest < leastMs) return `though it had not missed a record of it for more than ${Math.round(longest / second)} s`;
  const backMs = at - backSince(sightings.rounds(accused), at, 2 * config.beatIntervalMs + roundSlackMs(config));
  return backMs >= config.watch.tolerateMs - second ? undefined : `though the whole region had been back for only ${Math.round(backMs / second)} s`;
}

/** From so many an observer knows how late they come. */
const rememberedRecords = 32;

/** The end of the last long pause before `at`: a region that was gone, and not only cut off, needs a moment until its watchdog runs, too. */
function backSince(rounds: readonly number[], at: number, longMs: number): number {
  for (let index = countUpTo(rounds, at) - 1; index > 0; index -= 1) {
    const round = rounds[index] ?? 0;
    if (round - (rounds[index - 1] ?? 0) > longMs) return round;
  }
  return 0;
}

/** What an observer could hear of decides, its own prober included, unless its own store kept that from it. */
function nobodyWatched(accusation: Accusation, evidence: Evidence): string | undefined {
  const { by, at, isOver } = accusation;
  const { config, sightings } = evidence;
  // What is told afterwards is told in the time of the regions' own clocks.
  if (isOver && evidence.harms.some((harm) => harm.takes === 'clock')) return undefined;
  if (isOver) return wasThereAGap(at, evidence) ? undefined : 'though there was no gap between the rounds of all';
  const isBlindAtHome = evidence.harms.some(
    (harm) =>
      isOf(harm, by) && harm.takes === 'store' && touches(harm, { begins: Math.min(at, accusation.concludedAt ?? at) - leastSilenceMs(config), ends: at }),
  );
  const heard = config.regions.probers
    .filter((prober) => prober !== by || !isBlindAtHome)
    .filter((prober) => sightings.longestWithoutRound(prober, by, justBefore(accusation)) < leastSilenceMs(config));
  return heard.length === 0 ? undefined : `though it had heard of ${heard.join(' and ')}`;
}

/** Opened and resolved, and again: so much at least had been written down of it by then. */
function changedOften({ key, at }: Accusation, { history }: Evidence): string | undefined {
  const changes = history.logged.filter(
    (entry) => entry.at <= at && entry.body.key === key && ['opened', 'changed', 'resolved'].includes(String(entry.body.kind)),
  );
  return changes.length >= 4 ? undefined : `though it had changed only ${changes.length} times`;
}

/** Told afterwards, from what was written down: no prober finished a round for longer than a round is valid. */
function wasThereAGap(at: number, { config, sightings }: Evidence): boolean {
  const rounds = config.regions.probers.flatMap((prober) => sightings.rounds(prober)).sort((one, other) => one - other);
  return longestPause(rounds, { recent: at - hour, at }) > config.beatIntervalMs;
}

/** Every way out of it was lost at some time: a link may have healed just after the last look. */
function reachedNobody({ by, at, subject }: Accusation, evidence: Evidence): string | undefined {
  if (regionOf(subject) !== by && regionOf(subject) === undefined) return 'which is nobody';
  const time = recently(at, evidence);
  const reached = evidence.regions.filter((other) => other !== by && !evidence.harms.some((harm) => touches(harm, time) && blocks(harm, by, other)));
  return reached.length === 0 ? undefined : `though ${reached.join(' and ')} could be reached all the time`;
}

const blocks = (harm: Harm, from: RegionId, to: RegionId): boolean =>
  (harm.takes === 'calls' && harm.from === from && harm.to === to) ||
  (harm.takes === 'store' && harm.region === to) ||
  (harm.takes === 'rights' && harm.region === from);

/** Its own rights, or a table anywhere that refused it. */
function wasAnythingRefused(accusation: Accusation, evidence: Evidence): string | undefined {
  const time = recently(accusation.at, evidence);
  const isTrue = evidence.harms.some((harm) => (harm.takes === 'rights' || harm.takes === 'store') && touches(harm, time));
  return isTrue ? undefined : 'while nobody refused anything';
}

function accusedHad(kinds: readonly Taken[]): Judge {
  return ({ subject, at }, evidence) => {
    const accused = regionOf(subject);
    const time = recently(at, evidence);
    const isTrue = evidence.harms.some((harm) => accused !== undefined && isOf(harm, accused) && kinds.includes(harm.takes) && touches(harm, time));
    return isTrue ? undefined : 'while nothing of the kind was wrong with it';
  };
}

/** Something lay between the two for most of the time after which it is said. */
function wasAnythingBetween(afterMs: number): Judge {
  return ({ subject, by, at }, evidence) => {
    const accused = regionOf(subject);
    const time = { begins: at - afterMs, ends: at };
    const isTrue = evidence.harms.some(
      (harm) => accused !== undefined && touches(harm, time) && (isBetween(harm, by, accused) || harm.takes === 'store' || harm.takes === 'rights'),
    );
    return isTrue ? undefined : 'while nothing lay between them';
  };
}

const isBetween = (harm: Harm, one: RegionId, other: RegionId): boolean =>
  (harm.takes === 'calls' || harm.takes === 'replication') && [harm.from, harm.to].includes(one) && [harm.from, harm.to].includes(other);

function targetWasDown(intervals: number): Judge {
  return ({ subject, at, concludedAt }, evidence) => {
    const { config, harms } = evidence;
    const monitor = config.monitors.find((one) => one.id === subject);
    if (monitor === undefined) return 'which is no monitor';
    const time = { begins: Math.min(at, concludedAt ?? at) - 2 * tickMs - intervals * monitor.intervalMs - roundSlackMs(config), ends: at };
    return harms.some((harm) => harm.takes === 'target' && harm.monitor === monitor.id && touches(harm, time)) ? undefined : 'while nothing was wrong with it';
  };
}

/** Its own switch, and it had taken no ping for as long as is waited; a clock that steps makes a time look longer. */
function wasUntold({ subject, by, at }: Accusation, { history, harms }: Evidence): string | undefined {
  if (regionOf(subject) !== by) return 'which only that region can know';
  const taken = history.outsidePings.filter((ping) => ping.region === by && ping.at <= at).at(-1)?.at ?? 0;
  const isClockWrong = harmedTimes(harms, by, ['clock']).length > 0;
  return at - taken >= 5 * minute || isClockWrong ? undefined : `though it took a ping ${Math.round((at - taken) / second)} s before`;
}

/** Long enough before that everything could be noticed and confirmed. */
const recently = (at: number, { config }: Evidence): { readonly begins: number; readonly ends: number } => ({
  begins: at - config.watch.tolerateMs - 2 * config.beatIntervalMs - 2 * tickMs,
  ends: at,
});

/** So long before somebody speaks it looked around last. */
const lookMs = 10 * second;

/** Whoever reaches neither a region nor an anchor cannot know who is at fault; only of its own region it may still speak. */
function isFromIsolation({ by, at, subject, key }: Accusation, { harms, regions, config }: Evidence): boolean {
  if (/:(availability|identity)$/.test(key) || regionOf(subject) === by) return false;
  // What a beat says of its own coverage counts as long as that beat does: until the next one is overdue.
  const longMs = key.endsWith(':coverage') ? config.beatIntervalMs + config.watch.tolerateMs : lookMs;
  const holds = (harm: Harm): boolean => harm.begins <= at - longMs && harm.ends >= at;
  const isCut = (other: RegionId): boolean => harms.some((harm) => holds(harm) && harm.takes === 'calls' && harm.from === by && harm.to === other);
  const reachesNoAnchor = harms.some((harm) => holds(harm) && harm.takes === 'anchors' && harm.region === by);
  return reachesNoAnchor && regions.every((other) => other === by || isCut(other));
}
