/** Drills over HTTP: a drill lasts as long as the connection that asked for it, and as long as it is renewed, so that none outlives whoever began it. */
import type { ServerResponse } from 'node:http';
import type { Drill, Drills } from '../drills/drills';
import { type Answer, openLines, refused } from './answer';
import { type KnownRegion, readOrder } from './drill-order';
import type { Fields } from './json-body';
import type { Route } from './route';

export interface DrillParts {
  readonly system: { readonly regions: () => readonly KnownRegion[] };
  readonly drills: Pick<Drills, 'begin' | 'renew' | 'end'>;
}

export function drillRoutes(parts: DrillParts): readonly Route[] {
  return [
    { method: 'POST', path: '/api/drills', answer: ({ body, response }) => begin(parts, body, response) },
    { method: 'POST', path: '/api/drills/:name', answer: ({ name }) => renew(parts, name) },
    { method: 'DELETE', path: '/api/drills/:name', answer: ({ name }) => end(parts, name) },
  ];
}

async function begin({ system, drills }: DrillParts, body: Fields, response: ServerResponse): Promise<Answer | 'streamed'> {
  const order = readOrder(system.regions(), body);
  if (typeof order === 'string') return refused(400, order);
  const begun = await drills.begin(order);
  if (begun.kind === 'refused') return refused(409, begun.sentence);
  const { drill } = begun;
  if (response.destroyed) {
    await drills.end(drill.id);
    return 'streamed';
  }
  response.once('close', () => void drills.end(drill.id));
  openLines(response);
  writeLine(response, drill, { event: 'begun' });
  void drill.undone.then(({ problem, because }) => {
    writeLine(response, drill, { event: problem === undefined ? 'undone' : 'failed', problem, because });
    response.end();
  });
  return 'streamed';
}

function renew({ drills }: DrillParts, id: string): Answer {
  return drills.renew(id) ? { status: 200, body: { id, renewed: true } } : notOn(id);
}

async function end({ drills }: DrillParts, id: string): Promise<Answer> {
  return (await drills.end(id)) ? { status: 200, body: { id, undone: true } } : notOn(id);
}

const notOn = (id: string): Answer => refused(404, `no drill "${id}" is on; GET /api/local lists the one that is`);

interface DrillLine {
  readonly event: 'begun' | 'undone' | 'failed';
  readonly because?: string | undefined;
  readonly problem?: string | undefined;
}

function writeLine(response: ServerResponse, { id, kind, what }: Drill, { event, because, problem }: DrillLine): void {
  response.write(`${JSON.stringify({ at: new Date().toISOString(), event, id, kind, what, because, problem })}\n`);
}
