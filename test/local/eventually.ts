import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than Lambda waits before it tries again. On a busy machine a test that is slow is not one that fails. */
const patienceMs = 90_000;

/** Looks again and again until there is something, or until it is so. */
export async function eventually<T>(look: () => T | Promise<T>): Promise<Exclude<T, undefined | false>> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (Date.now() > giveUpAt) throw new Error(`it was not so within ${patienceMs} ms: ${look}`);
    await sleep(20);
  }
}
