/** The one receiver of all tools' messages, each under a path of its own. What it cannot read is kept as such. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reader, Said } from './messages';

export interface Heard extends Said {
  /** Under which name the tool was started. */
  readonly tool: string;
  readonly atMs: number;
}

export interface Receiver {
  /** Where this tool is to send its messages. */
  urlFor(tool: string, reader: Reader): string;
  readonly heard: readonly Heard[];
  readonly unreadable: readonly string[];
  close(): void;
}

export async function openReceiver(): Promise<Receiver> {
  const readers = new Map<string, Reader>();
  const heard: Heard[] = [];
  const unreadable: string[] = [];
  const keep = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const atMs = Date.now();
    const tool = decodeURIComponent((request.url ?? '').split('/')[1] ?? '');
    let text = '';
    for await (const more of request.setEncoding('utf8')) text += more;
    try {
      for (const said of readers.get(tool)?.(text) ?? []) heard.push({ tool, atMs, ...said });
    } catch {
      unreadable.push(`${tool}: ${text.slice(0, 200)}`);
    }
    // What PagerDuty answers, and all others take for a yes.
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"success"}');
  };
  const server = createServer((request, response) => void keep(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    urlFor: (tool, reader) => {
      readers.set(tool, reader);
      return `http://127.0.0.1:${port}/${encodeURIComponent(tool)}`;
    },
    heard,
    unreadable,
    close: () => server.close().closeAllConnections(),
  };
}
