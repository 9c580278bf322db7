import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cutDrill } from '../../cli/drill/cut-drill';
import { killDrill } from '../../cli/drill/kill-drill';
import { localApi } from '../../cli/drill/local-api';
import type { AnnouncementView, WatchView } from '../../src/core/views';

const pace = { lookMs: 10, wordMs: 30 };
const limits = { boundMs: 400, resolvedMs: 300, witnessMs: 80 };

const now = (): string => new Date().toISOString();

function announcement(changes: Partial<AnnouncementView>): AnnouncementView {
  const said = {
    incident: 'i1',
    subject: 'prober:us-east-2',
    kind: 'opened',
    reason: '',
    region: 'eu-west-1',
    channel: '',
    text: 'us-east-2 is SILENT',
  } as const;
  return { id: String(Math.random()), at: now(), receipt: null, ...said, ...changes };
}

/** A local system that does what a test tells it; no more is known of the real one than its HTTP. */
class StubSystem {
  readonly server = createServer((request, response) => {
    const bodies: Readonly<Record<string, unknown>> = {
      'GET /api/local': this.local,
      'GET /api/announcements': this.announcements,
      'GET /api/status': this.status,
    };
    const body = bodies[`${request.method} ${request.url}`];
    if (body !== undefined) response.end(JSON.stringify(body));
    else if (request.method === 'POST') this.#begin(response);
    else if (request.method === 'DELETE') this.#end(response);
    else response.writeHead(404).end('{"error":"no such path"}');
  });
  readonly local = {
    tolerateMs: 60_000,
    beatIntervalMs: 10_000,
    regions: [
      { name: 'eu-west-1', role: 'prober', state: 'running' },
      { name: 'us-east-2', role: 'prober', state: 'running' },
      { name: 'eu-central-1', role: 'witness', state: 'running' },
    ],
  };
  announcements: AnnouncementView[] = [];
  status: { watches: Partial<WatchView>[]; incidents: unknown[] } = { watches: [], incidents: [] };
  refusal: string | undefined;
  drill: ServerResponse | undefined;
  ends = 0;
  onBegun: () => void = () => undefined;
  onEnded: () => void = () => undefined;

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  #begin(response: ServerResponse): void {
    if (this.refusal !== undefined) {
      response.writeHead(409).end(JSON.stringify({ error: this.refusal }));
      return;
    }
    this.drill = response;
    response.write(`${JSON.stringify({ at: now(), event: 'begun', id: '7' })}\n`);
    this.onBegun();
  }

  #end(response: ServerResponse): void {
    this.ends += 1;
    this.drill?.end(`${JSON.stringify({ at: now(), event: 'undone', id: '7' })}\n`);
    response.end('{}');
    this.onEnded();
  }
}

let stub: StubSystem;
let said: string[];
beforeEach(async () => {
  stub = new StubSystem();
  said = [];
  await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  stub.server.closeAllConnections();
  stub.server.close();
});

const kill = (region = 'us-east-2') => killDrill({ api: localApi(stub.port), region, pace, limits, say: (text) => void said.push(text) });
const cut = () => cutDrill({ api: localApi(stub.port), ends: ['eu-west-1', 'us-east-2'], forMs: 100, afterMs: 60, pace, say: (text) => void said.push(text) });

describe('killing a region', () => {
  it('succeeds when another one tells it, and waits until its end is told', async () => {
    stub.onBegun = () => setTimeout(() => stub.announcements.unshift(announcement({})), 50);
    stub.onEnded = () => setTimeout(() => stub.announcements.unshift(announcement({ kind: 'resolved' })), 50);
    const { exitCode, json, lines } = await kill();
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ drill: 'kill', region: 'us-east-2', told: true, by: 'eu-west-1', boundMs: 400 });
    expect(json.afterMs).toBeGreaterThan(0);
    expect(json.afterMs).toBeLessThan(400);
    expect(json.resolvedAfterMs).toBeGreaterThan(0);
    expect(lines.join('\n')).toMatch(
      /eu-west-1 told of us-east-2 after 0\.\d s \(bound 0\.4 s\): us-east-2 is SILENT\nus-east-2 runs again; that it is over was told/,
    );
    expect(stub.ends).toBe(1);
  });

  it('fails when nobody tells it within the bound, and is undone all the same', async () => {
    stub.status.watches = [{ observer: 'eu-west-1', subject: 'us-east-2', state: 'late' }];
    const { exitCode, lines, json } = await kill();
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ told: false, by: null, afterMs: null });
    expect(lines[0]).toBe('nobody told of us-east-2 within 0.4 s');
    expect(said.join('\n')).toContain('eu-west-1 says late');
    expect(stub.ends).toBe(1);
  });

  it.each([
    ['was said by the killed region itself', { region: 'us-east-2' }],
    ['is about another subject', { subject: 'shop' }],
    ['is about another prober', { subject: 'prober:eu-west-1' }],
    ['is no opening', { kind: 'resolved' as const }],
    ['was said before', { at: '2026-01-01T00:00:00.000Z' }],
  ])('does not count what %s', async (_why, changes) => {
    stub.onBegun = () => stub.announcements.push(announcement(changes));
    expect((await kill()).exitCode).toBe(1);
  });

  it('that is unknown is refused with those that there are', async () => {
    await expect(kill('mars-1')).rejects.toMatchObject({
      name: 'DrillRefused',
      message: 'there is no region "mars-1"; there are: eu-west-1, us-east-2, eu-central-1',
    });
    expect(stub.drill).toBeUndefined();
  });

  it('is refused while an incident about it is open, which would hide it', async () => {
    stub.status.incidents = [{ subject: 'prober:us-east-2', family: 'watch', state: 'open', openedAt: '2026-11-21T04:00:00.000Z' }];
    await expect(kill()).rejects.toMatchObject({ name: 'DrillRefused', message: expect.stringContaining('open since 2026-11-21T04:00:00.000Z') });
  });

  it('is refused with the reason of the local system', async () => {
    stub.refusal = 'us-east-2 is dark already; bring it back first';
    await expect(kill()).rejects.toMatchObject({ name: 'CannotAsk', message: stub.refusal });
  });

  it('is lost when twinwatch stops meanwhile', async () => {
    stub.onBegun = () => setTimeout(() => stub.drill?.destroy(), 50);
    await expect(kill()).rejects.toMatchObject({ name: 'DrillLost', message: expect.stringContaining('was stopped during the drill') });
  });

  it('is lost when twinwatch undoes it by itself', async () => {
    stub.onBegun = () => setTimeout(() => stub.drill?.end(`${JSON.stringify({ at: now(), event: 'undone', id: '7' })}\n`), 50);
    await expect(kill()).rejects.toMatchObject({ name: 'DrillLost', message: expect.stringContaining('ended the drill by itself') });
  });

  it('of a witness succeeds when nobody is woken', async () => {
    const { exitCode, lines } = await kill('eu-central-1');
    expect(exitCode).toBe(0);
    expect(lines[0]).toBe('eu-central-1 is a witness and has no prober to page about; while it was dark, nobody was woken');
    expect(stub.ends).toBe(1);
  });

  it('of a witness fails when somebody is woken', async () => {
    stub.onBegun = () => stub.announcements.push(announcement({ subject: 'shop', text: 'shop is DOWN' }));
    const { exitCode, lines } = await kill('eu-central-1');
    expect(exitCode).toBe(1);
    expect(lines[0]).toContain('shop is DOWN');
  });
});

describe('cutting a link', () => {
  it('succeeds when nobody is woken, and says what the ends said of each other', async () => {
    stub.status.watches = [
      { observer: 'eu-west-1', subject: 'us-east-2', state: 'reporting' },
      { observer: 'eu-central-1', subject: 'us-east-2', state: 'reporting' },
    ];
    stub.onBegun = () =>
      setTimeout(() => {
        stub.status.watches = [{ observer: 'eu-west-1', subject: 'us-east-2', state: 'link-lost' }];
      }, 50);
    const { exitCode, json, lines } = await cut();
    expect(exitCode).toBe(0);
    expect(json.states).toEqual({ 'eu-west-1 of us-east-2': ['reporting', 'link-lost'], 'us-east-2 of eu-west-1': [] });
    expect(lines).toContain('said by eu-west-1 of us-east-2: reporting → link-lost');
    expect(stub.ends).toBe(1);
  });

  it.each([
    ['while it is cut', 20],
    ['soon after', 130],
  ])('fails when somebody is woken %s', async (_when, afterMs) => {
    const old = announcement({ at: '2026-01-01T00:00:00.000Z', incident: 'old' });
    stub.announcements = [old];
    stub.onBegun = () =>
      setTimeout(() => {
        stub.announcements = [announcement({ region: 'us-east-2' }), announcement({}), old];
      }, afterMs);
    const { exitCode, lines, json } = await cut();
    expect(exitCode).toBe(1);
    expect(json.opened).toHaveLength(1);
    expect(lines[0]).toBe('1 incident was announced: the link of eu-west-1 and us-east-2 was cut for 0.1 s');
  });
});

describe('without a local system', () => {
  it('a drill says so, and how to start one', async () => {
    const { port } = stub;
    stub.server.closeAllConnections();
    await new Promise((resolve) => stub.server.close(resolve));
    await expect(localApi(port).local()).rejects.toThrow(`no twinwatch is running on 127.0.0.1:${port}; start it with npm start`);
  });

  it('a drill is not taken in by another server', async () => {
    const other = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(localApi(port).local()).rejects.toThrow(`what answers on 127.0.0.1:${port} is not twinwatch`);
    await new Promise((resolve) => other.close(resolve));
  });
});
