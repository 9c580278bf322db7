/** One call to AWS that takes no longer than it may, and says which call failed. */
import { Refused } from '../../engine/ports';
import { isRefusal } from './refusal';

interface Call {
  /** Who calls what, such as `replica eu-west-1: PutItem`. */
  readonly what: string;
  readonly limitMs: number;
}

/** A call that failed. `name` says how: `ThrottlingException`, `ECONNREFUSED`, `TimeoutError`. */
class CallError extends Error {
  constructor(message: string, name: string, cause?: unknown) {
    super(message, { cause });
    this.name = name;
  }
}

/**
 * Rejects with an error that names the call: `Refused` when AWS answered that the caller may not, and a `TimeoutError`
 * when the limit is over, even if the call does not heed its signal.
 */
export async function limited<T>({ what, limitMs }: Call, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new CallError(`${what} took longer than ${limitMs} ms`, 'TimeoutError'));
      controller.abort();
    }, limitMs);
  });
  try {
    return await Promise.race([call(controller.signal), limit]);
  } catch (error) {
    throw error instanceof CallError ? error : failed(what, error);
  } finally {
    clearTimeout(timer);
  }
}

function failed(what: string, error: unknown): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  // Errors of sockets are all named `Error`: their code is what tells them apart.
  const name = cause.name === 'Error' && 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  const message = `${what} failed: ${cause.message || name} (${name})`;
  return isRefusal(cause) ? Object.assign(new Refused(message, { cause }), { name }) : new CallError(message, name, cause);
}
