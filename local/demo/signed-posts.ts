/** What the relay posts to the demo's receiver, which believes only what is signed as docs/webhooks.md says. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { signatureHeaders } from '../../src/adapters/channels/post/signature';

export interface SignedPost {
  /** ISO time. */
  readonly at: string;
  /** The same when it is sent again. */
  readonly id: string;
  readonly event: unknown;
}

const freshSeconds = 300;

/** Undefined for what is not signed with this secret, or was signed long ago. */
export function signedPost(
  { headers, body }: { readonly headers: IncomingHttpHeaders; readonly body: string },
  secret: string,
  now: number,
): SignedPost | undefined {
  const id = String(headers['webhook-id']);
  const seconds = Number(headers['webhook-timestamp']);
  if (!(Math.abs(now / 1000 - seconds) <= freshSeconds)) return undefined;
  const wanted = Buffer.from(signatureHeaders({ id, seconds, body, secret })['webhook-signature'] ?? '');
  const given = Buffer.from(String(headers['webhook-signature']));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const event = parsed(body);
  return event === undefined ? undefined : { at: new Date(now).toISOString(), id, event };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
