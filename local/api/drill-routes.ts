/** Drills over HTTP: a drill lasts as long as the connection that asked for it, so that none outlives whoever began it. */
import type { ServerResponse } from 'node:http';
import type { RegionId } from '../../src/core/basics/brand';
import type { Drill, DrillOrder, Drills } from '../drills';
import { type Answer, openLines, refused } from './answer';
import type { Fields } from './json-body';
import { readRegion } from './region-name';
import type { Route } from './route';

export interface DrillParts {
  readonly system: { readonly regions: () => readonly { readonly name: RegionId }[] };
  readonly drills: Pick<Drills, 'begin' | 'end'>;
}

export function drillRoutes(parts: DrillParts): readonly Route[] {
  return [
    { method: 'POST', path: '/api/drills', answer: ({ body, response }) => begin(parts, body, response) },
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
  writeLine(response, { event: 'begun', drill });
  void drill.undone.then((problem) => {
    writeLine(response, problem === undefined ? { event: 'undone', drill } : { event: 'failed', drill, problem });
    response.end();
  });
  return 'streamed';
}

async function end({ drills }: DrillParts, id: string): Promise<Answer> {
  if (await drills.end(id)) return { status: 200, body: { id, undone: true } };
  return refused(404, `no drill "${id}" is on; GET /api/local lists those that are`);
}

interface DrillLine {
  readonly event: 'begun' | 'undone' | 'failed';
  readonly drill: Drill;
  readonly problem?: string;
}

function writeLine(response: ServerResponse, { event, drill: { id, kind, what }, problem }: DrillLine): void {
  response.write(`${JSON.stringify({ at: new Date().toISOString(), event, id, kind, what, ...(problem === undefined ? {} : { problem }) })}\n`);
}

/** The order, or what is wrong with it. */
function readOrder(regions: ReturnType<DrillParts['system']['regions']>, { kind, region, from, to, both }: Fields): DrillOrder | string {
  if (kind === 'kill') {
    const named = readRegion(regions, region);
    return named.kind === 'unknown' ? named.sentence : { kind, region: named.name };
  }
  if (kind !== 'cut') return 'say {"kind": "kill", "region": …} or {"kind": "cut", "from": …, "to": …, "both": true}';
  const one = readRegion(regions, from);
  const other = readRegion(regions, to);
  if (one.kind === 'unknown') return one.sentence;
  if (other.kind === 'unknown') return other.sentence;
  if (one.name === other.name) return 'a link leads from one region to another; "from" and "to" are the same';
  return both === true ? { kind, from: one.name, to: other.name } : 'a drill cuts both directions: say "both": true; /api/links cuts a single one';
}
