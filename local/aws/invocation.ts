/** One call of a function, from being asked for to its outcome. */
import { randomUUID } from 'node:crypto';

export type Outcome =
  | { readonly kind: 'returned'; readonly payload: Buffer }
  /** `payload` is the error as AWS words it: `{ errorMessage, errorType }`. */
  | { readonly kind: 'failed'; readonly error: string; readonly payload: Buffer };

export interface Invocation {
  readonly requestId: string;
  readonly payload: Buffer | string;
  readonly askedAt: number;
  readonly settle: (outcome: Outcome) => void;
}

export function newInvocation(payload: Buffer | string, askedAt: number): { readonly invocation: Invocation; readonly outcome: Promise<Outcome> } {
  let settle: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  return { invocation: { requestId: randomUUID(), payload, askedAt, settle }, outcome };
}

export function failed(errorType: string, errorMessage: string): Outcome {
  const payload = Buffer.from(JSON.stringify({ errorMessage, errorType }));
  return { kind: 'failed', error: `${errorType}: ${errorMessage}`, payload };
}

/** What the bootstrap reported; anything else than its own shape is passed on as it is. */
export function failedAs(payload: Buffer): Outcome {
  try {
    const { errorType, errorMessage } = JSON.parse(payload.toString()) as Record<string, unknown>;
    return { kind: 'failed', error: `${errorType}: ${errorMessage}`, payload };
  } catch {
    return { kind: 'failed', error: payload.toString(), payload };
  }
}
