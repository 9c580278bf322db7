/** A tiny HTTP server to be watched, and to be broken for everyone or for the probes of some regions. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listening, listenSomewhere } from '../listen';
import { askingRegion } from './asking-region';

export type Broken = 'no' | 'everywhere' | readonly string[];

export interface LittleServer {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly broken: Broken;
  /** For everyone, or for one region among all that probe. */
  setBroken(isBroken: boolean, region?: string): void;
  close(): Promise<void>;
}

export interface LittleServerRequest {
  readonly name: string;
  /** The port it had before, so that its address stays; 0 for any. */
  readonly port: number;
  readonly probers: readonly string[];
}

export async function openLittleServer({ name, port, probers }: LittleServerRequest): Promise<LittleServer> {
  let broken: Broken = 'no';
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const isBroken = isBrokenFor(broken, askingRegion(request.headers['user-agent']));
    response.writeHead(isBroken ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ name, status: isBroken ? 'broken on purpose' : 'ok' }));
  };
  const listening: Listening = await listenSomewhere(answer, port);
  return {
    name,
    url: `http://127.0.0.1:${listening.port}/health`,
    port: listening.port,
    get broken() {
      return broken;
    },
    setBroken: (isBroken, region) => {
      broken = region === undefined ? (isBroken ? 'everywhere' : 'no') : changed(broken, { isBroken, region, probers });
    },
    close: () => listening.close(),
  };
}

function isBrokenFor(broken: Broken, region: string | undefined): boolean {
  if (broken === 'no' || broken === 'everywhere') return broken === 'everywhere';
  return region !== undefined && broken.includes(region);
}

interface Change {
  readonly isBroken: boolean;
  readonly region: string;
  readonly probers: readonly string[];
}

function changed(broken: Broken, { isBroken, region, probers }: Change): Broken {
  if (isBroken && broken === 'everywhere') return broken;
  const before = broken === 'everywhere' ? probers : broken === 'no' ? [] : broken;
  const others = before.filter((name) => name !== region);
  const after = isBroken ? [...others, region] : others;
  return after.length === 0 ? 'no' : after;
}
