/** A local system that does what a test tells it; no more is known of the real one than its HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalView } from '../../cli/drill/local-api';
import type { AnnouncementView, IncidentView, RegionView, WatchView } from '../../src/core/views';

export const now = (): string => new Date().toISOString();

const promises: LocalView['promises'] = {
  darkMs: 400,
  watchdogMs: 400,
  silentMs: 400,
  hungMs: 400,
  stoppedMs: 300,
  lastInvocationMs: 200,
  unwatchedMs: 400,
  skippingMs: 400,
  replicationMs: 400,
  refusedMs: 400,
  healedMs: 300,
  calmMs: 100,
};

const regions: LocalView['regions'] = [
  { name: 'eu-west-1', role: 'prober', state: 'running', runsSince: '2026-01-01T00:00:00.000Z' },
  { name: 'us-east-2', role: 'prober', state: 'running', runsSince: '2026-01-01T00:00:00.000Z' },
  { name: 'eu-central-1', role: 'witness', state: 'running', runsSince: '2026-01-01T00:00:00.000Z' },
];

/** Every region says of every other prober that it reports. */
const peace = (): Partial<WatchView>[] =>
  regions.flatMap(({ name: observer }) =>
    ['eu-west-1', 'us-east-2'].filter((subject) => subject !== observer).map((subject) => ({ observer, subject, state: 'reporting' })),
  );

export class StubSystem {
  readonly server = createServer((request, response) => {
    const bodies: Readonly<Record<string, unknown>> = {
      'GET /api/local': this.local,
      'GET /api/announcements': this.announcements,
      'GET /api/status': { now: now(), ...this.status },
    };
    const body = bodies[`${request.method} ${request.url}`];
    if (body !== undefined) response.end(JSON.stringify(body));
    else if (request.method === 'POST' && request.url === '/api/drills') this.#begin(request, response);
    else if (request.method === 'POST') response.end('{}');
    else if (request.method === 'DELETE') this.#end(response);
    else response.writeHead(404).end('{"error":"no such path"}');
  });
  local: LocalView = { tolerateMs: 60_000, promises, regions, drills: [] };
  announcements: AnnouncementView[] = [];
  status: { watches: Partial<WatchView>[]; incidents: Partial<IncidentView>[]; regions: RegionView[] } = { watches: peace(), incidents: [], regions: [] };
  refusal: string | undefined;
  order: unknown;
  drill: ServerResponse | undefined;
  ends = 0;
  onBegun: () => void = () => undefined;
  onEnded: () => void = () => undefined;

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  sayOf(watches: Partial<WatchView>[]): void {
    this.status.watches = watches;
  }

  promise(changes: Partial<LocalView['promises']>): void {
    this.local = { ...this.local, promises: { ...this.local.promises, ...changes } };
  }

  startedAgo(ageMs: number): void {
    const runsSince = new Date(Date.now() - ageMs).toISOString();
    this.local = { ...this.local, regions: this.local.regions.map((region) => ({ ...region, runsSince })) };
  }

  /** One incident is opened, or ends, and a topic accepts the message. */
  announce(changes: Partial<AnnouncementView>, family = 'watch'): void {
    const said = {
      incident: 'i1',
      subject: 'prober:us-east-2',
      kind: 'opened',
      reason: '',
      region: 'eu-west-1',
      channel: '',
      text: 'us-east-2 is SILENT',
    } as const;
    const receipt = { level: 'accepted', messageId: 'm', at: now() } as const;
    const announcement = { id: String(Math.random()), at: now(), receipt, channels: [], ...said, ...changes };
    this.announcements.unshift(announcement);
    this.status.incidents.unshift({ id: announcement.incident, subject: announcement.subject, family, state: 'resolved' });
  }

  /** The system ends the drill by itself. */
  endByItself(because: string): void {
    this.drill?.end(`${JSON.stringify({ at: now(), event: 'undone', id: '7', because })}\n`);
  }

  #begin(request: IncomingMessage, response: ServerResponse): void {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      if (this.refusal !== undefined) {
        response.writeHead(409).end(JSON.stringify({ error: this.refusal }));
        return;
      }
      this.order = JSON.parse(text);
      this.drill = response;
      response.write(`${JSON.stringify({ at: now(), event: 'begun', id: '7' })}\n`);
      this.onBegun();
    });
  }

  #end(response: ServerResponse): void {
    this.ends += 1;
    this.drill?.end(`${JSON.stringify({ at: now(), event: 'undone', id: '7' })}\n`);
    response.end('{}');
    this.onEnded();
  }
}
