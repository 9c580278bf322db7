/** Posts one message to one endpoint, with the retry policy that SNS has for HTTP(S) by default. */
import type { RequestOptions } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Delivered {
  readonly status: 'delivered' | 'failed' | 'retrying' | 'given-up';
  readonly attempts: number;
  readonly detail: string;
}

/** What SNS does by default. */
export const snsRetryAfterMs = 20_000;
const retries = 3;
const postTimeoutMs = 15_000;

export interface Delivery {
  readonly post: Post;
  readonly tell: (delivered: Delivered) => void;
  readonly retryAfterMs: number;
}

type Attempt = { readonly kind: 'accepted' | 'refused' | 'unreachable'; readonly detail: string };

/** Tells how each attempt ended. It does not outlive a killed edge: whoever comes back begins anew. */
export async function deliver({ post, tell, retryAfterMs }: Delivery): Promise<void> {
  for (let attempts = 1; attempts <= retries + 1; attempts += 1) {
    if (attempts > 1) await sleep(retryAfterMs, undefined, { ref: false });
    const { kind, detail } = await attempt(post);
    if (kind === 'accepted') return tell({ status: 'delivered', attempts, detail });
    if (kind === 'refused') return tell({ status: 'failed', attempts, detail });
    tell({ status: attempts > retries ? 'given-up' : 'retrying', attempts, detail });
  }
}

async function attempt(post: Post): Promise<Attempt> {
  try {
    const status = await statusOf(post);
    return { kind: kindOf(status), detail: `status ${status}` };
  } catch (error) {
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** A receiver that says it is the sender's fault will say so again. */
function kindOf(status: number): Attempt['kind'] {
  if (status >= 200 && status < 300) return 'accepted';
  return status >= 500 || status === 429 || status < 200 ? 'unreachable' : 'refused';
}

/** Each post has a connection of its own: a receiver may have gone and come back since the last one. */
async function statusOf({ url, headers, body }: Post): Promise<number> {
  const { request } = url.startsWith('https:') ? await import('node:https') : await import('node:http');
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    agent: false,
    signal: AbortSignal.timeout(postTimeoutMs),
  };
  return new Promise((resolve, reject) => {
    const posting = request(url, options, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    posting.once('error', reject);
    posting.end(body);
  });
}
