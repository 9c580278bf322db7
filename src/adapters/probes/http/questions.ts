/** What is asked first, and what is asked after a redirect. */
import type { HttpProbe, HttpRequest } from '../../../core/config/kinds/http/probe';
import type { Failure } from '../failure';
import type { Means } from '../means';
import { printable } from '../printable';
import { bodyBytesMax, type Question, type Response } from './exchange';

export function firstQuestion(probe: HttpProbe, { userAgent }: Means): Question {
  const { request = {}, expect, limitBytes = bodyBytesMax } = probe;
  const packing = request.compression?.join(', ') ?? 'identity';
  return {
    url: new URL(probe.url),
    method: request.method ?? 'GET',
    headers: { 'user-agent': userAgent, accept: '*/*', ...contentType(request), ...authorization(request), ...request.headers, 'accept-encoding': packing },
    body: bodyOf(request),
    limitBytes,
    keepsBody: probe.identity?.by === 'json' || expect.body !== undefined || expect.size !== undefined || request.compression !== undefined,
  };
}

const contentType = ({ body }: HttpRequest): Readonly<Record<string, string>> =>
  body === undefined ? {} : { 'content-type': 'text' in body ? 'text/plain;charset=utf-8' : 'application/json' };

function authorization({ basic, bearer }: HttpRequest): Readonly<Record<string, string>> {
  if (bearer !== undefined) return { authorization: `Bearer ${bearer}` };
  return basic === undefined ? {} : { authorization: basicAuthorization(basic) };
}

export const basicAuthorization = ({ user, password }: { readonly user: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function bodyOf({ body }: HttpRequest): string | undefined {
  if (body === undefined) return undefined;
  return 'text' in body ? body.text : JSON.stringify(body.json);
}

const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** Where a response sends whoever asks, `undefined` where it does not. */
export const redirectIn = ({ status, headers }: Response): string | undefined =>
  redirects.includes(status) && typeof headers.location === 'string' ? headers.location : undefined;

/** The headers of a file go to the host that they were written for, and so do its secrets. */
const forEverybody: readonly string[] = ['user-agent', 'accept', 'accept-encoding', 'accept-language'];

export function nextQuestion(asked: Question, { status, location, first }: { status: number; location: string; first: URL }): Question | Failure {
  const url = URL.canParse(location, asked.url.href) ? new URL(location, asked.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { reason: 'redirect', detail: `it leads to ${printable(location)}, which is no http address` };
  url.username = '';
  url.password = '';
  if (url.hash === '') url.hash = asked.url.hash;
  const keepsMethod = status === 307 || status === 308 || asked.method === 'HEAD' || (status !== 303 && asked.method !== 'POST');
  const isHome = isSameHost(first, url);
  if (keepsMethod && asked.body !== undefined && !isHome) {
    return { reason: 'redirect', detail: `it leads to ${printable(url.host)}, to which the body was not meant to be sent` };
  }
  const headers = Object.entries(asked.headers).filter(([name]) => (isHome || forEverybody.includes(name)) && (keepsMethod || name !== 'content-type'));
  return { ...asked, url, method: keepsMethod ? asked.method : 'GET', headers: Object.fromEntries(headers), body: keepsMethod ? asked.body : undefined };
}

/** The same name, and the same port or the usual one of TLS in place of the usual one without. */
export function isSameHost(first: URL, next: URL): boolean {
  if (first.hostname !== next.hostname) return false;
  return first.origin === next.origin || (first.protocol === 'http:' && next.protocol === 'https:' && first.port === '' && next.port === '');
}
