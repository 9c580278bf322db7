/** A report as people read it in a terminal: a line for each monitor, then what was told, and what nobody knows. */
import { percentText } from '../../src/core/availability';
import { ageText } from '../../src/core/basics/time';
import type { ReportView } from '../../src/core/views';
import { row, table } from '../why/layout';
import { spanText, timeText } from '../why/words';

export interface ReportsShown {
  /** Such as `the last 30d`. */
  readonly window: string;
  readonly from: string;
  readonly to: string;
  readonly reports: readonly ReportView[];
}

/** How many incidents and gaps are shown; the rest is counted. */
const mostShown = 12;

export function reportText({ window, from, to, reports }: ReportsShown): string {
  const lines = [
    ...row('report', `${window}: ${timeText(from)} to ${timeText(to)}`),
    '',
    ...grid([heading, ...reports.map(monitorCells)]),
    '',
    ...told('incidents', incidentRows(reports), 'none was told in this window'),
    '',
    ...told('unknown', gapRows(reports), 'nothing: somebody watched all the time'),
    ...paused(reports),
    ...revised(reports),
  ];
  return `${lines.join('\n')}\n`;
}

const heading = ['monitor', 'known', 'coverage', 'between', 'down', 'unknown', 'incidents', '≈ median / p95'];

function monitorCells(report: ReportView): readonly string[] {
  const { monitor, known, coverage, bounds, downMs, unknownMs, incidents } = report;
  const between = bounds === null || known === null ? '' : `${percentText(bounds[0])}–${percentText(bounds[1])} %`;
  const shares = [known === null ? 'no data' : `${percentText(known)} %`, coverage === null ? '' : `${percentText(coverage)} %`, between];
  return [monitor, ...shares, lengthText(downMs), lengthText(unknownMs), String(incidents.length), latencyText(report)];
}

const mostWhys = 3;

/** Planned work, in none of the shares above, and whose it was. */
function paused(reports: readonly ReportView[]): readonly string[] {
  const rows = reports.flatMap(({ monitor, pausedMs, segments }) => {
    const whys = [...new Set(segments.flatMap(({ state, why }) => (state === 'paused' && why !== '' ? [why] : [])))];
    const said = `${ageText(pausedMs)}, counted neither as up nor as down`;
    return pausedMs === 0 ? [] : [[monitor, `${said}${whys.length === 0 ? '' : `: ${whys.slice(0, mostWhys).join('; ')}`}`]];
  });
  return rows.length === 0 ? [] : ['', ...table('paused', rows)];
}

/** None is none, however short. */
const lengthText = (ms: number): string => (ms === 0 ? '-' : ageText(ms));

/** Of the region to which answers took longest. */
function latencyText({ latency }: ReportView): string {
  const slowest = [...latency].sort((one, other) => other.medianMs - one.medianMs)[0];
  return slowest === undefined ? '' : `${slowest.medianMs} / ${slowest.p95Ms} ms from ${slowest.region}`;
}

/** Columns as wide as their widest cell. */
function grid(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heading.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function told(label: string, rows: readonly (readonly string[])[], nothing: string): readonly string[] {
  if (rows.length === 0) return row(label, nothing);
  const more = rows.length - mostShown;
  return [...table(label, rows.slice(0, mostShown)), ...(more > 0 ? row('', `and ${more} more; --json has them all`) : [])];
}

/** One about all monitors is one row. */
function incidentRows(reports: readonly ReportView[]): readonly (readonly string[])[] {
  const known = new Map(reports.flatMap((report) => report.incidents.map((incident) => [incident.id, incident] as const)));
  const incidents = [...known.values()].sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1));
  return incidents.map(({ subject, id, condition, severity, openedAt, resolvedAt }) => {
    const lasted = resolvedAt === null ? 'still open' : `for ${spanText(openedAt, resolvedAt)}`;
    return [timeText(openedAt), subject, `${condition} (${severity}) ${lasted}, incident ${id}`];
  });
}

/** The same time of several monitors is one row. */
function gapRows(reports: readonly ReportView[]): readonly (readonly string[])[] {
  const rows = new Map<string, { readonly from: string; readonly to: string; readonly text: string; readonly monitors: string[] }>();
  for (const { monitor, gaps } of reports) {
    for (const { from, to, cause, why } of gaps) {
      const text = why === '' ? cause : `${cause}: ${why}`;
      const name = `${from} ${to} ${text}`;
      const known = rows.get(name);
      if (known === undefined) rows.set(name, { from, to, text, monitors: [monitor] });
      else known.monitors.push(monitor);
    }
  }
  const newestFirst = [...rows.values()].sort((one, other) => (one.from < other.from ? 1 : -1));
  return newestFirst.map(({ from, to, text, monitors }) => [timeText(from), spanText(from, to), `${whose(monitors, reports)}: ${text}`]);
}

function whose(monitors: readonly string[], reports: readonly ReportView[]): string {
  if (monitors.length === reports.length && reports.length > 1) return 'all monitors';
  return monitors.length > 4 ? `${monitors.slice(0, 4).join(', ')} and ${monitors.length - 4} more` : monitors.join(', ');
}

function revised(reports: readonly ReportView[]): readonly string[] {
  const hours = new Set(reports.flatMap(({ revisedHours }) => revisedHours.map(({ region, from }) => `${region} ${from}`)));
  if (hours.size === 0) return [];
  return [
    '',
    ...row(
      'revised',
      `${hours.size === 1 ? '1 hour was' : `${hours.size} hours were`} written down again, since beats of them came late; --json has every revision`,
    ),
  ];
}
