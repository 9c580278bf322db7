/** Asks a server of this machine with headers of one's own choice, as no fetch would send them. */
import { type IncomingHttpHeaders, request } from 'node:http';

export interface Asked {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: () => { readonly [name: string]: unknown };
}

export function ask({ port, path, method = 'GET', headers = {}, body }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) }));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}

export const askJson = (port: number, path: string, body: unknown): Promise<Answered> =>
  ask({ port, path, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
