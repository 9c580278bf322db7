/** Ctrl-C and SIGTERM in the middle of a drill: it is undone first. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DrillOnLine } from './local-api';

/** As a shell counts ends by signals. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
/** A region that comes back takes some seconds; whatever is left over then is undone by twinwatch itself. */
const patienceMs = 20_000;

export class Interruption {
  #drill: DrillOnLine | undefined;
  #isEnding = false;
  readonly #listeners = (['SIGINT', 'SIGTERM'] as const).map((signal) => [signal, () => void this.#end(signal)] as const);

  constructor() {
    for (const [signal, listener] of this.#listeners) process.on(signal, listener);
  }

  /** From now on this one must be undone. */
  holds(drill: DrillOnLine): void {
    this.#drill = drill;
  }

  release(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
  }

  async #end(signal: keyof typeof exitCodes): Promise<void> {
    if (this.#drill === undefined || this.#isEnding) process.exit(exitCodes[signal]);
    this.#isEnding = true;
    console.error('interrupted; undoing the drill (once more to leave that to twinwatch)');
    const undone = this.#drill.undo().then(
      ({ problem }) => (problem === undefined ? 'the drill is undone' : `the drill could not be undone: ${problem}`),
      (error: Error) => error.message,
    );
    console.error(await Promise.race([undone, sleep(patienceMs, 'twinwatch still undoes the drill')]));
    process.exit(exitCodes[signal]);
  }
}
