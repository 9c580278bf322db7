/** The local system as a drill uses it. */
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { Promises } from '../../src/core/promises';
import type { AnnouncementView, StatusView } from '../../src/core/views';
import { ask, getJson, jsonOf } from '../local-http';

/** What of `GET /api/local` a drill needs. */
export interface LocalView {
  readonly tolerateMs: number;
  readonly promises: Promises;
  readonly regions: readonly LocalRegion[];
  readonly drills: readonly unknown[];
}

export interface LocalRegion {
  readonly name: string;
  readonly role: 'prober' | 'witness';
  readonly state: string;
  /** ISO time. */
  readonly runsSince: string | null;
}

export interface DrillLine {
  /** ISO time. */
  readonly at: string;
  readonly event: 'begun' | 'undone' | 'failed';
  readonly id: string;
  /** Why it was ended by twinwatch itself. */
  readonly because?: string;
  readonly problem?: string;
}

/** A drill that is on; it ends when its connection does. */
export interface DrillOnLine {
  readonly begunAt: string;
  /** Asks for the end, and resolves when all is as before. */
  undo(): Promise<DrillLine>;
  /** Rejects when the connection is lost before the drill was asked to end. */
  readonly lost: Promise<never>;
}

/** What a user can mend, in one sentence. */
export class DrillRefused extends Error {
  override readonly name = 'DrillRefused';
}

/** The drill began, and ended before its end. */
export class DrillLost extends Error {
  override readonly name = 'DrillLost';
}

export interface LocalApi {
  local(): Promise<LocalView>;
  status(): Promise<StatusView>;
  announcements(): Promise<readonly AnnouncementView[]>;
  beginDrill(order: Readonly<Record<string, unknown>>): Promise<DrillOnLine>;
}

export function localApi(port: number): LocalApi {
  return {
    local: () => getJson<LocalView>(port, '/api/local'),
    status: () => getJson<StatusView>(port, '/api/status'),
    announcements: () => getJson<readonly AnnouncementView[]>(port, '/api/announcements'),
    beginDrill: (order) => beginDrill(port, order),
  };
}

async function beginDrill(port: number, order: Readonly<Record<string, unknown>>): Promise<DrillOnLine> {
  const response = await ask(port, { method: 'POST', path: '/api/drills' }, order);
  if (response.statusCode !== 200) await jsonOf(port, response);
  const lines = drillLines(response);
  const begun = await lines.next();
  let lose: (error: Error) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    lose = reject;
  });
  // Whoever does not wait for the loss learns of it by the end of the drill.
  lost.catch(() => undefined);
  const last = lines.next();
  const renewing = setInterval(() => void renew(port, begun.id), renewalMs);
  last.finally(() => clearInterval(renewing)).catch(() => undefined);
  last.then((line) => lose(new DrillLost(endedByItself(line))), lose);
  return {
    begunAt: begun.at,
    undo: async () => {
      await ask(port, { method: 'DELETE', path: `/api/drills/${begun.id}` }).then((answer) => answer.resume());
      return last;
    },
    lost,
  };
}

/** Without a word for some of these twinwatch undoes the drill, even where the connection looks alive. */
const renewalMs = 3000;

/** That it is not on any more is learnt from its own connection. */
async function renew(port: number, id: string): Promise<void> {
  await ask(port, { method: 'POST', path: `/api/drills/${id}`, timeout: renewalMs }, {}).then(
    (answer) => answer.resume(),
    () => undefined,
  );
}

function endedByItself({ because, problem }: DrillLine): string {
  const why = because === undefined ? '' : `: ${because}`;
  const end = problem === undefined ? 'it is undone, and shows nothing' : `it could not be undone: ${problem}`;
  return `twinwatch ended the drill by itself${why}; ${end}`;
}

function drillLines(response: IncomingMessage): { readonly next: () => Promise<DrillLine> } {
  const texts = createInterface({ input: response })[Symbol.asyncIterator]();
  response.on('error', () => undefined);
  return {
    next: async () => {
      // A connection that breaks is an error here; that it is over is all that matters.
      const { value, done } = await texts.next().catch(() => ({ value: '', done: true }));
      if (done === true) throw new DrillLost('twinwatch was stopped during the drill; a drill does not outlive it');
      return JSON.parse(value) as DrillLine;
    },
  };
}
