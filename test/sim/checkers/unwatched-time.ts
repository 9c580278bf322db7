/** S3: what nobody knows is shown as unknown. S4: every millisecond of a report is accounted for, and unwatched ones are told. */
import { second } from '../../../src/core/basics/time';
import type { ReportView } from '../../../src/core/views';
import { type Look, readEveryMs } from '../inspection';
import { roundSlackMs } from './bounds';
import type { Checker, Evidence, Violation } from './evidence';
import { harmedTimes } from './harm';
import { pausesBetween } from './intervals';
import { countUpTo } from './sightings';

export const unwatchedTime: Checker = (evidence) => {
  const rounds = honestRounds(evidence);
  return [
    ...evidence.inspection.looks.flatMap((look) => shownUp(look, rounds, evidence)),
    ...evidence.inspection.reports.flatMap((report) => [...leaks(report, evidence), ...hidden(report, rounds, evidence)]),
  ];
};

/** Rounds of all regions but those whose words were worth nothing. What ended within an interval of the harm had begun before it, and may have seen much by then. */
function honestRounds({ config, sightings, harms }: Evidence): readonly number[] {
  const honest = config.regions.probers.flatMap((region) => {
    const worthless = harmedTimes(harms, region, ['truth', 'everything-expected']);
    return sightings.rounds(region).filter((at) => worthless.every((harm) => at <= harm.begins + config.beatIntervalMs || at > harm.ends));
  });
  return honest.sort((one, other) => one - other);
}

/** By how much less than it takes from one look to the next a clock was ahead that named a round, nobody can tell who looks so seldom. */
function shownUp({ at, verdicts }: Look, rounds: readonly number[], { config, harms }: Evidence): readonly Violation[] {
  const newestAt = rounds[countUpTo(rounds, at) - 1] ?? 0;
  const silentMs = at - newestAt;
  const wasClockWrong = harms.some((harm) => harm.takes === 'clock' && harm.begins <= newestAt && harm.ends > newestAt);
  const holdsMs = config.watch.tolerateMs + 2 * config.beatIntervalMs + roundSlackMs(config) + (wasClockWrong ? readEveryMs : 0);
  if (silentMs <= holdsMs) return [];
  const wrong = Object.entries(verdicts).filter(([, verdict]) => verdict !== 'unknown');
  return wrong.map(([id, verdict]) => ({
    promise: 'S3',
    at,
    what: `${id} was shown ${verdict} though nobody had looked for ${Math.round(silentMs / 1000)} s`,
  }));
}

function leaks(report: ReportView, { from, to }: Evidence): readonly Violation[] {
  const { upMs, downMs, unknownMs, pausedMs, gaps } = report;
  const told = upMs + downMs + unknownMs + pausedMs;
  const gapsMs = gaps.reduce((sum, gap) => sum + Date.parse(gap.to) - Date.parse(gap.from), 0);
  const wrong: Violation[] = [];
  if (told !== to - from) wrong.push({ promise: 'S4', at: to, what: `${report.monitor}: ${told} ms are told of a window of ${to - from} ms` });
  if (gapsMs !== unknownMs) wrong.push({ promise: 'S4', at: to, what: `${report.monitor}: gaps of ${gapsMs} ms are told for ${unknownMs} unknown ms` });
  return wrong;
}

/** A report is told in the time of the regions: where one of them had the time wrong, its observations stand where it believed to be. */
const isTimeDisputed = ({ harms, config }: Evidence): boolean => harms.some((harm) => harm.takes === 'clock' && config.regions.probers.includes(harm.region));

/** An observation is of the beginning of its slot, and a loop that begins anew may be behind it by so much. */
const behindMs = 10 * second;

/** An observation holds for one interval and a little; from then on time that nobody watched must be unknown. */
function hidden(report: ReportView, rounds: readonly number[], evidence: Evidence): readonly Violation[] {
  const { config, from, to } = evidence;
  if (isTimeDisputed(evidence)) return [];
  const holdsMs = config.beatIntervalMs + roundSlackMs(config);
  const pauses = pausesBetween(rounds, { begins: from, ends: to }, holdsMs + behindMs);
  const leastMs = pauses.reduce((sum, { begins, ends }) => sum + ends - begins - holdsMs - behindMs, 0);
  if (report.unknownMs >= leastMs) return [];
  return [{ promise: 'S4', at: to, what: `${report.monitor}: only ${report.unknownMs} ms are unknown though nobody watched for ${leastMs} ms` }];
}
