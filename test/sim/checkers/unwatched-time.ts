/** S3: what nobody knows is shown as unknown. S4: every millisecond of a report is accounted for, and unwatched ones are told. */
import type { ReportView } from '../../../src/core/views';
import type { Look } from '../inspection';
import { roundSlackMs } from './bounds';
import { type Checker, darkTimes, type Evidence, type Interval, type Violation } from './evidence';

export const unwatchedTime: Checker = (evidence) => [
  ...evidence.inspection.looks.flatMap((look) => shownUp(look, evidence)),
  ...evidence.inspection.reports.flatMap((report) => [...leaks(report, evidence), ...hidden(report, evidence)]),
];

function shownUp({ at, status }: Look, { config, history }: Evidence): readonly Violation[] {
  const lastRound = Math.max(0, ...history.rounds.filter((round) => round.at <= at).map((round) => round.at));
  const silentMs = at - lastRound;
  if (silentMs <= config.watch.tolerateMs + 2 * config.beatIntervalMs + roundSlackMs(config)) return [];
  const wrong = status.monitors.filter((monitor) => monitor.verdict !== 'unknown');
  return wrong.map(({ id, verdict }) => ({
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

/** An observation holds for one interval and a little; from then on time that nobody watched must be unknown. */
function hidden(report: ReportView, evidence: Evidence): readonly Violation[] {
  const { config } = evidence;
  const blindMs = blindTimes(evidence).map(({ begins, ends }) => Math.max(0, ends - begins - config.beatIntervalMs - roundSlackMs(config)));
  const leastMs = blindMs.reduce((sum, ms) => sum + ms, 0);
  if (report.unknownMs >= leastMs) return [];
  return [{ promise: 'S4', at: evidence.to, what: `${report.monitor}: only ${report.unknownMs} ms are unknown though nobody watched for ${leastMs} ms` }];
}

/** When every prober was dark at once. */
function blindTimes({ config, faults }: Evidence): readonly Interval[] {
  return config.regions.probers
    .map((prober) => darkTimes(faults, prober))
    .reduce((common, dark) => common.flatMap((one) => dark.flatMap((other) => overlap(one, other))));
}

function overlap(one: Interval, other: Interval): readonly Interval[] {
  const [begins, ends] = [Math.max(one.begins, other.begins), Math.min(one.ends, other.ends)];
  return begins < ends ? [{ begins, ends }] : [];
}
