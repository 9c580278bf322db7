/** A token of OAuth 2.0 by the credentials of a client (RFC 6749, 4.4): had before the question, and kept for as long as it is good. */
import type { HttpProbe, OAuth2 } from '../../../core/config/kinds/http/probe';
import { type Failure, isFailure } from '../failure';
import { printable } from '../printable';
import type { Trying } from '../trying';
import type { Question } from './exchange';
import { hop } from './hop';
import { basicAuthorization } from './questions';

export interface AccessToken {
  readonly text: string;
  /** Whoever was refused with it asks for another one the next time. */
  forget(): void;
}

interface Kept {
  readonly text: string;
  readonly untilMs: number;
}

/** For the life of the process. */
const kept = new Map<string, Kept>();

const answerBytesMax = 65_536;
/** Of a server that does not say how long a token is good. */
const usuallyGoodMs = 60_000;
/** On its way to the target, and by another clock there, it may grow older than it seems. */
const marginMs = 15_000;

/** Nothing where none is wanted. What it takes is no time of the target's. Asked by the way that the target is asked, but with no certificate and no headers of the file. */
export async function accessToken({ request, tls, proxy }: HttpProbe, trying: Trying): Promise<AccessToken | Failure | undefined> {
  const { oauth2 } = request ?? {};
  if (oauth2 === undefined) return undefined;
  const key = JSON.stringify(oauth2);
  const held = kept.get(key);
  const forget = (): void => void kept.delete(key);
  if (held !== undefined && held.untilMs > Date.now()) return { text: held.text, forget };
  const { course, means } = trying;
  course.enter('token');
  const aside: Trying = { means, course: { ...course, enter: () => undefined }, seen: {} };
  const there: HttpProbe = { kind: 'http', url: oauth2.url, tls, proxy, expect: { status: [] } };
  const response = await hop(questionOf(oauth2, means.userAgent), { probe: there, isHome: false, trying: aside });
  course.enter('dns');
  if (isFailure(response)) return withoutToken(oauth2, response);
  const answer = parsed(Buffer.from(response.body).toString('utf8'));
  if (response.status !== 200)
    return noToken(oauth2, `status ${response.status}${answer.error === undefined ? '' : `, ${JSON.stringify(printable(answer.error))}`}`);
  if (answer.token === undefined) return noToken(oauth2, 'no JSON with `access_token`');
  kept.set(key, { text: answer.token, untilMs: Date.now() + answer.goodMs - marginMs });
  return { text: answer.token, forget };
}

function questionOf({ url, id, secret, scope }: OAuth2, userAgent: string): Question {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
  // Both are encoded as in a form before they are put together.
  const basic = { user: encodeURIComponent(id), password: encodeURIComponent(secret) };
  const headers = {
    'user-agent': userAgent,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/x-www-form-urlencoded',
    authorization: basicAuthorization(basic),
  };
  return { url: new URL(url), method: 'POST', headers, body: body.toString(), limitBytes: answerBytesMax, keepsBody: true };
}

/** Whatever fails there is no fault of the target's, of which nothing is known, except what is our own. */
const withoutToken = (oauth2: OAuth2, failure: Failure): Failure =>
  failure.reason === 'address-refused' || failure.reason === 'prober-error' ? failure : noToken(oauth2, failure.detail);

const noToken = ({ url }: OAuth2, why: string): Failure => ({ reason: 'token', detail: `no token from ${new URL(url).host}: ${why}` });

interface Answered {
  readonly token?: string;
  readonly goodMs: number;
  readonly error?: string;
}

/** `{ "access_token": "…", "expires_in": 3600 }`, or `{ "error": "invalid_client" }`. */
function parsed(text: string): Answered {
  try {
    const value: unknown = JSON.parse(text);
    const { access_token: token, expires_in: seconds, error } = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    return {
      goodMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : usuallyGoodMs,
      // What a header cannot hold is no token.
      ...(typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? { token } : {}),
      ...(typeof error === 'string' ? { error } : {}),
    };
  } catch {
    return { goodMs: 0 };
  }
}
