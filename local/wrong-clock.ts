/** A clock that may be off, in place of the one that everything in an environment asks. Timers and durations go on as they are. */
import { clockSignal, readClockOff } from './aws/clock-file';

const TrueDate = Date;
let offMs = 0;

/** What the time really is. */
export const trueNow = (): number => TrueDate.now();

/** Follows the file of this region from now on. */
export function followClock(dataDir: string): void {
  const read = (): void => {
    offMs = readClockOff(dataDir);
  };
  process.on(clockSignal, read);
  read();
  globalThis.Date = wrongDate();
}

function wrongDate(): DateConstructor {
  const now = (): number => TrueDate.now() + offMs;
  return new Proxy(TrueDate, {
    construct: (target, words: readonly unknown[], made) => Reflect.construct(target, words.length === 0 ? [now()] : words, made),
    apply: () => new TrueDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
