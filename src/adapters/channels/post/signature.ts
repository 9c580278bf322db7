/** Signatures by the rules of Standard Webhooks: receivers can check them with what they have, or with what docs/webhooks.md shows. */
import { createHmac } from 'node:crypto';

export interface Signed {
  readonly id: string;
  /** When it is sent, in seconds: a receiver refuses what is old. */
  readonly seconds: number;
  readonly body: string;
  /** `whsec_` and base64, or any text. */
  readonly secret: string;
}

export function signatureHeaders({ id, seconds, body, secret }: Signed): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

const keyOf = (secret: string): Buffer => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret));
