/** What a fact is shown by: a real server, and a monitor as it is written, probed by the real prober. */
import type { RequestListener } from 'node:http';
import type { Attempt, Reason } from '../../src/core/observation';
import { type Asking, ask } from '../adapters/http/asking';
import { startServers } from '../adapters/servers';
import { mistakesOf, textWith } from '../core/config/config-text';

export type Proof = () => Promise<void> | void;
export type Proofs = Readonly<Record<string, Proof>>;

export const servers = startServers();
afterAll(() => servers.close());

type Answering = RequestListener | { readonly url: () => Promise<string> };

/** Asks a server that answers like this, with these options of `http`. */
export async function asked(server: Answering, http: object = {}, asking: Asking = {}): Promise<Attempt> {
  const url = typeof server === 'function' ? `http://127.0.0.1:${await servers.http(server)}/` : await server.url();
  return ask({ url, ...http }, asking);
}

/** It is found good. */
export const good =
  (server: Answering, http: object = {}, asking: Asking = {}): Proof =>
  async () => {
    expect(await asked(server, http, asking)).toMatchObject({ reason: 'ok', detail: '' });
  };

/** It fails for this reason, and its detail is this or matches this. */
export const bad =
  (said: readonly [Reason, string | RegExp], server: Answering, http: object = {}, asking: Asking = {}): Proof =>
  async () => {
    const { reason, detail } = await asked(server, http, asking);
    expect([reason, detail]).toEqual([said[0], typeof said[1] === 'string' ? said[1] : expect.stringMatching(said[1])]);
  };

/** What a server answers. */
export const status =
  (code: number, headers: Readonly<Record<string, string | string[]>> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end();

export const body =
  (bytes: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(200, headers).end(bytes);

/** The file is refused, with these words in the first complaint. `monitor` is what stands below the name, in YAML. */
export const refused =
  (monitor: string, words: string): Proof =>
  () => {
    expect(mistakesOf(fileOf(monitor))[0]).toContain(words);
  };

/** The file is taken as it stands. */
const taken =
  (monitor: string): Proof =>
  () => {
    expect(mistakesOf(fileOf(monitor))).toEqual([]);
  };

const fileOf = (monitor: string): string => textWith({ monitors: `{ shop: { ${monitor} } }` });

/** The same, of an http monitor with these options. */
export const refusedHttp = (options: string, words: string): Proof => refused(`http: { url: https://shop.example.com/, ${options} }`, words);
export const takenHttp = (options: string): Proof => taken(`http: { url: https://shop.example.com/, ${options} }`);
