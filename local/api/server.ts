/** The page and the API on one port of the loopback address. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../listen';
import { refused, writeAnswer, writeFile } from './answer';
import { feedPath } from './feed-route';
import { objectionTo } from './guard';
import { readJsonBody } from './json-body';
import { readPageFile } from './page-files';
import { type Edges, isPing, passPing } from './pings';
import { type ApiRequest, findRoute, type Route } from './route';
import { widgetPath } from './widget-route';

export interface ApiServer {
  readonly port: number;
  /** Until then every path of the API says that the system is starting. */
  serve(routes: readonly Route[], edges?: Edges): void;
  close(): Promise<void>;
}

interface Serving {
  readonly port: number;
  readonly pageFolder: string;
  readonly routes: readonly Route[] | undefined;
  readonly edges: Edges;
}

export async function openApi({ port, pageFolder }: { readonly port: number; readonly pageFolder: string }): Promise<ApiServer | 'in-use'> {
  let routes: readonly Route[] | undefined;
  let edges: Edges = () => [];
  let ownPort = port;
  const listening = await listen((request, response) => void answer(request, response, { port: ownPort, pageFolder, routes, edges }), port);
  if (listening === 'in-use') return listening;
  ownPort = listening.port;
  return {
    port: listening.port,
    serve: (ready, atWork = edges) => {
      routes = ready;
      edges = atWork;
    },
    close: () => listening.close(),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  try {
    const objection = objectionTo(request, serving.port);
    if (objection === undefined) await answerAllowed(request, response, serving);
    else writeAnswer(response, refused(403, objection));
  } catch (error) {
    if (response.headersSent) response.destroy();
    else writeAnswer(response, refused(500, error instanceof Error ? error.message : String(error)));
  }
}

async function answerAllowed(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2);
  if (isPing(path)) return passPing(request, response, serving.edges);
  if (path === '/api' || path.startsWith('/api/') || path === widgetPath || path === feedPath)
    return answerApi(request, response, { path, query: new URLSearchParams(search), ...serving });
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response, ['GET']);
  const file = await readPageFile(serving.pageFolder, path);
  if (file === undefined) writeAnswer(response, refused(404, `there is nothing at ${path}; the page is at /`));
  else writeFile(response, file);
}

type Asked = Pick<ApiRequest, 'query'> & Pick<Serving, 'routes'> & { readonly path: string };

async function answerApi(request: IncomingMessage, response: ServerResponse, { path, query, routes }: Asked): Promise<void> {
  if (routes === undefined) return writeAnswer(response, refused(503, 'twinwatch is starting; ask again in a second'), { 'retry-after': '1' });
  const found = findRoute(routes, request.method ?? 'GET', path);
  if (found.kind === 'nothing')
    return writeAnswer(
      response,
      refused(404, `there is no ${path}; see /api/status, /api/announcements, /api/report, /api/reports, /api/why, /api/routes, /api/orders and /api/local`),
    );
  if (found.kind === 'wrong-method') return refuseMethod(response, found.allowed);
  const read = found.route.method === 'POST' ? await readJsonBody(request) : ({ kind: 'fields', fields: {} } as const);
  if (read.kind === 'refused') return writeAnswer(response, read.answer, { connection: 'close' });
  const answered = await found.route.answer({ query, name: found.name, body: read.fields, response });
  if (answered !== 'streamed') writeAnswer(response, answered);
}

function refuseMethod(response: ServerResponse, allowed: readonly string[]): void {
  writeAnswer(response, refused(405, `use ${allowed.join(' or ')} here`), { allow: allowed.join(', ') });
}
