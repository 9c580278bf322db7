/** Why something is said, or not, and who would be told: what `twinwatch why` and `twinwatch routes` show. */
import { parseTime } from '../../src/core/basics/time';
import { unknownMonitor, unknownName } from '../../src/core/config/unknown-name';
import type { Overview } from '../../src/engine/overview';
import { type Answer, refused } from './answer';
import type { Route } from './route';

export interface WhyParts {
  readonly overview: Pick<Overview, 'why' | 'routes'>;
  readonly monitors: readonly string[];
}

export function whyRoutes(parts: WhyParts): readonly Route[] {
  return [
    { method: 'GET', path: '/api/why', answer: ({ query }) => answerWhy(parts.overview, query.get('of') ?? '') },
    { method: 'GET', path: '/api/routes', answer: ({ query }) => answerRoutes(parts, query) },
  ];
}

function answerWhy(overview: Pick<Overview, 'why'>, subject: string): Answer {
  if (subject === '') return refused(400, 'say of what: a monitor, a region or an incident, as in /api/why?of=shop');
  const answer = overview.why(subject);
  return answer.kind === 'found' ? { status: 200, body: answer.view } : refused(404, unknownName(subject, answer.known));
}

async function answerRoutes({ overview, monitors }: WhyParts, query: URLSearchParams): Promise<Answer> {
  const [of, time] = [query.get('of') ?? '', query.get('at')];
  if (of === '') return refused(400, 'say of which monitor, as in /api/routes?of=shop');
  const at = time === null ? undefined : parseTime(time);
  if (time !== null && at === undefined) return refused(400, '"at" is an ISO time with a zone, as in 2026-11-21T04:00:00Z');
  const view = await overview.routes(of, at);
  return view === undefined ? refused(404, unknownMonitor(of, monitors)) : { status: 200, body: view };
}
