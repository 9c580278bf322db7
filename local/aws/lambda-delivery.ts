/** How SNS hands a message to a function: again where the function fails, and never for ever. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './invocation';
import type { Delivery } from './webhook-delivery';

/** Lambda's own queue tries an event that failed again after one minute, and once more after two. */
export const lambdaRetryAfterMs = 60_000;
const retries = 2;

interface Invoking extends Omit<Delivery, 'post'> {
  readonly invoke: () => Promise<Outcome>;
}

export async function invokeUntilTaken({ invoke, tell, retryAfterMs }: Invoking): Promise<void> {
  for (let attempts = 1; attempts <= retries + 1; attempts += 1) {
    if (attempts > 1) await sleep(retryAfterMs * (attempts - 1), undefined, { ref: false });
    const outcome = await invoke();
    if (outcome.kind === 'returned') return tell({ status: 'delivered', attempts, detail: 'the function returned' });
    tell({ status: attempts > retries ? 'given-up' : 'retrying', attempts, detail: outcome.error.slice(0, 300) });
  }
}
