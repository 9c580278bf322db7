/** What operators ask of the regions, over HTTP: the same orders that the command line gives to what is deployed. */
import { parseTime } from '../../src/core/basics/time';
import type { Request } from '../../src/core/orders/request';
import type { Overview } from '../../src/engine/overview';
import { type Answer, refused } from './answer';
import type { Fields } from './json-body';
import type { Route } from './route';

export interface OrderParts {
  readonly overview: Pick<Overview, 'orders' | 'order'>;
}

export function orderRoutes({ overview }: OrderParts): readonly Route[] {
  return [
    { method: 'GET', path: '/api/orders', answer: () => ({ status: 200, body: overview.orders() }) },
    { method: 'POST', path: '/api/orders', answer: ({ body }) => take(overview, body) },
  ];
}

async function take(overview: OrderParts['overview'], body: Fields): Promise<Answer> {
  const request = readRequest(body);
  if (typeof request === 'string') return refused(400, request);
  const ordered = await overview.order(request);
  return ordered.kind === 'refused' ? refused(409, ordered.sentence) : { status: 200, body: ordered.orders };
}

const kinds: readonly Request['kind'][] = ['ack', 'silence', 'maintenance', 'end'];
const example = '{"kind": "silence", "of": ["shop"], "forMs": 3600000, "by": "ana"}';

/** The request, or what is wrong with it. */
function readRequest({ kind, of = [], groups = [], all = false, forMs, from, by, why }: Fields): Request | string {
  const known = kinds.find((one) => one === kind);
  if (known === undefined) return `"kind" is none of ${kinds.join(', ')}; write it as in ${example}`;
  if (!isTexts(of) || !isTexts(groups)) return `"of" and "groups" are lists of names, as in ${example}`;
  if (typeof by !== 'string') return `"by" is missing: say who asks, as in ${example}`;
  if (forMs !== undefined && typeof forMs !== 'number') return `"forMs" is a number of milliseconds, as in ${example}`;
  if (why !== undefined && typeof why !== 'string') return '"why" is text, or left out';
  const begins = typeof from === 'string' ? parseTime(from) : undefined;
  if (from !== undefined && begins === undefined) return '"from" is an ISO time with a zone, as in 2026-11-21T04:00:00Z';
  return { kind: known, of, groups, all: all === true, forMs, from: begins, by, why };
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
