import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until it is so. */
export async function eventually(isSo: () => boolean | Promise<boolean>, withinMs = 8000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`it was not so within ${withinMs} ms: ${isSo}`);
    await sleep(20);
  }
}
