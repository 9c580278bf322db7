/** Why something is said, or not: the chain that `twinwatch why` shows. */
import { unknownName } from '../../src/core/config/unknown-name';
import type { Overview } from '../../src/engine/overview';
import { type Answer, refused } from './answer';
import type { Route } from './route';

export interface WhyParts {
  readonly overview: Pick<Overview, 'why'>;
}

export function whyRoutes({ overview }: WhyParts): readonly Route[] {
  return [{ method: 'GET', path: '/api/why', answer: ({ query }) => answerWhy(overview, query.get('of') ?? '') }];
}

function answerWhy(overview: Pick<Overview, 'why'>, subject: string): Answer {
  if (subject === '') return refused(400, 'say of what: a monitor, a region or an incident, as in /api/why?of=shop');
  const answer = overview.why(subject);
  return answer.kind === 'found' ? { status: 200, body: answer.view } : refused(404, unknownName(subject, answer.known));
}
