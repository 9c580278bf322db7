/** Ctrl-C ends everything in order; a second one ends it at once. */
import type { Closing } from './closing';

export interface Ending {
  readonly closing: Closing;
  readonly onFirst: () => void;
}

/** `npm start` hands on a Ctrl-C that this process has had from the terminal already: that is one, not two. */
const sameSignalMs = 400;

export function endBySignal({ closing, onFirst }: Ending): void {
  let firstAt: number | undefined;
  const end = (): void => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      onFirst();
      void closing.close().then(() => process.exit(0));
    } else if (Date.now() - firstAt > sameSignalMs) {
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // Whatever ends this process, its children are not left to find out by themselves.
  process.once('exit', () => closing.killAll());
}
