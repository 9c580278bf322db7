/** Several questions to one host, under the budget of that host: so many at once, and so many a second. */
import type { HostBudget } from '../../../core/config/config';

/** Connections that one probe has open at the same time. */
const mostAtOnce = 8;
const second = 1000;

/** `ask` is given the time that each has, so that all are done within `timeoutMs`. */
export async function inTurn<One, Answer>(
  all: readonly One[],
  { budget, timeoutMs }: { readonly budget: HostBudget | undefined; readonly timeoutMs: number },
  ask: (one: One, withinMs: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const atOnce = Math.min(budget?.atOnce ?? mostAtOnce, mostAtOnce, all.length);
  const everyMs = budget?.perSecond === undefined ? 0 : second / budget.perSecond;
  const withinMs = Math.max(1, Math.floor((timeoutMs - everyMs * (all.length - 1)) / Math.ceil(all.length / atOnce)));
  const startedAt = performance.now();
  const answers: Answer[] = [];
  let next = 0;
  const askOn = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) {
      await sleep(startedAt + index * everyMs - performance.now());
      answers[index] = await ask(all[index] as One, withinMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return answers;
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
