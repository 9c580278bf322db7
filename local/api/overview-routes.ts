/** What programs may rely on: the system as it is read from the tables of its regions. */
import type { Instant } from '../../src/core/basics/brand';
import { parseTime } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';
import type { Stretch } from '../../src/core/timeline';
import { mostLatencySteps, type Overview } from '../../src/engine/overview';
import { type Answer, refused } from './answer';
import type { Route } from './route';

export interface OverviewParts {
  readonly config: Pick<Config, 'monitors'>;
  readonly overview: Pick<Overview, 'status' | 'announcements' | 'report' | 'reports'>;
}

export function overviewRoutes(parts: OverviewParts): readonly Route[] {
  return [
    { method: 'GET', path: '/api/status', answer: () => ({ status: 200, body: parts.overview.status() }) },
    { method: 'GET', path: '/api/announcements', answer: () => ({ status: 200, body: parts.overview.announcements() }) },
    { method: 'GET', path: '/api/report', answer: ({ query }) => report(parts, query) },
    { method: 'GET', path: '/api/reports', answer: ({ query }) => reports(parts, query) },
  ];
}

async function report({ config, overview }: OverviewParts, query: URLSearchParams): Promise<Answer> {
  const monitor = query.get('monitor') ?? '';
  if (monitor === '') return refused(400, 'say which monitor, as in /api/report?monitor=shop&from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z');
  const window = readWindow(query);
  if (typeof window === 'string') return refused(400, window);
  const steps = query.get('steps') ?? String(mostLatencySteps);
  if (!/^\d{1,3}$/.test(steps) || Number(steps) < 1 || Number(steps) > mostLatencySteps)
    return refused(400, `"steps" is "${steps}"; write how many points of latency there may be, from 1 to ${mostLatencySteps}`);
  const known = config.monitors.map(({ id }) => id).join(', ');
  const view = await overview.report({ monitor, ...window, latencySteps: Number(steps) });
  return view === undefined ? refused(404, `there is no monitor "${monitor}"; there are: ${known}`) : { status: 200, body: view };
}

async function reports({ overview }: OverviewParts, query: URLSearchParams): Promise<Answer> {
  const window = readWindow(query);
  return typeof window === 'string' ? refused(400, window) : { status: 200, body: await overview.reports(window) };
}

/** The window, or what is wrong with it. */
function readWindow(query: URLSearchParams): Stretch | string {
  const from = readTime(query, 'from');
  const to = readTime(query, 'to');
  if (typeof from === 'string') return from;
  if (typeof to === 'string') return to;
  return from < to ? { from, to } : '"from" must be earlier than "to"';
}

/** A date, or a time with its zone: text without a zone would mean another time on another machine. */
const isoForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** The time, or what is wrong with it. */
function readTime(query: URLSearchParams, name: 'from' | 'to'): Instant | string {
  const text = query.get(name) ?? '';
  // A plus that was not escaped arrives as a blank.
  const plain = text.replace(' ', '+');
  const time = isoForm.test(plain) ? parseTime(plain) : undefined;
  if (time !== undefined) return time;
  const problem = text === '' ? `"${name}" is missing` : `"${name}" is "${text}", which is no ISO time with a zone`;
  return `${problem}; write it as in ${name}=2026-11-21T04:00:00Z`;
}
