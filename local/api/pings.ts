/** The pings of monitors that call us, at the one address of this machine that a restart does not change: passed on to an edge that is at work. */
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../aws/http-exchange';
import { sendHttp } from '../aws/http-send';
import { pingPath } from '../aws/ping-room';
import { refused, writeAnswer } from './answer';

/** The URLs of the edges that are at work, in the order in which they are asked. */
export type Edges = () => readonly string[];

const agent = new Agent({ keepAlive: false });

export const isPing = (path: string): boolean => path.startsWith(pingPath);

/** One that does not answer leaves it to the next. */
export async function passPing(request: IncomingMessage, response: ServerResponse, edges: Edges): Promise<void> {
  const body = await readBody(request);
  for (const edge of edges()) {
    try {
      const answered = await sendHttp({ url: `${edge}${request.url}`, method: request.method ?? 'GET', headers: {}, body }, { agent });
      response.writeHead(answered.status, answered.headers).end(answered.body);
      return;
    } catch {
      // The next one may be at work.
    }
  }
  writeAnswer(response, refused(503, 'no region is at work; ask again in a second'), { 'retry-after': '1' });
}
