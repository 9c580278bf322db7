/** One ping of a monitor that calls us, and how it is asked for: the forms of Healthchecks, so that its clients work. */
import type { Instant } from '../basics/brand';

/** `log` says something and changes nothing. */
export type Signal = 'start' | 'success' | 'failure' | 'log';

export interface Ping {
  readonly signal: Signal;
  /** By the clock of the region that received it. */
  readonly at: Instant;
  /** Names the run that a start and its end belong to. */
  readonly rid?: string | undefined;
  readonly exitCode?: number | undefined;
  /** What the job said in its first line, where it failed. */
  readonly said?: string | undefined;
}

/** What a prober asks with, to see whether its own inbox takes pings and can store them. */
export type Asked = Signal | 'canary';

export interface PingRequest {
  readonly method: string;
  /** Such as `/ping/<token>/start`; what stands before the token is nothing or `/ping`. */
  readonly path: string;
  /** The value of `rid` in the query, where it is there. */
  readonly rid?: string | undefined;
}

export type ReadPing =
  | { readonly kind: 'ping'; readonly token: string; readonly asked: Asked; readonly exitCode?: number | undefined; readonly rid?: string | undefined }
  | { readonly kind: 'refused'; readonly status: 400 | 404 | 405; readonly why: string };

const methods = ['HEAD', 'GET', 'POST'];
const suffixes: Readonly<Record<string, Asked>> = { '': 'success', start: 'start', fail: 'failure', log: 'log', canary: 'canary' };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readPing({ method, path, rid }: PingRequest): ReadPing {
  const [token = '', suffix = '', ...rest] = path
    .replace(/^\/ping(?=\/)/, '')
    .slice(1)
    .split('/');
  if (token === '' || rest.some((step) => step !== '')) return refused(404, 'not found');
  if (!methods.includes(method)) return refused(405, 'use HEAD, GET or POST');
  if (rid !== undefined && !uuid.test(rid)) return refused(400, 'invalid uuid format');
  if (/^\d+$/.test(suffix)) return endedWith(token, Number(suffix), rid);
  const asked = Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
  if (asked === undefined) return refused(404, 'not found');
  return { kind: 'ping', token, asked, rid: rid?.toLowerCase() };
}

function endedWith(token: string, exitCode: number, rid: string | undefined): ReadPing {
  if (exitCode > 255) return refused(400, 'invalid url format: an exit code is at most 255');
  return { kind: 'ping', token, asked: exitCode === 0 ? 'success' : 'failure', exitCode, rid: rid?.toLowerCase() };
}

const refused = (status: 400 | 404 | 405, why: string): ReadPing => ({ kind: 'refused', status, why });

/** So much of a body is kept with its ping. */
export const keptBodyBytes = 10_000;

const saidLength = 100;

/** The first line of a body that says anything, as one short printable text. */
export function firstLine(body: string): string | undefined {
  const line = body.split(/[\r\n]+/).find((candidate) => candidate.trim() !== '');
  const text = line?.replace(/[^\x20-\x7e\u00a0-\uffff]/g, ' ').trim();
  return text === undefined || text === '' ? undefined : text.length > saidLength ? `${text.slice(0, saidLength - 1)}…` : text;
}
