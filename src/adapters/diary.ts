/** The diary as structured lines on standard output, one JSON object each. */
import { isoTime } from '../core/basics/time';
import type { Clock, Diary } from '../engine/ports';

export interface DiaryOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Which run of a function writes, so that its lines can be found together. */
  readonly invocation: string;
  readonly write?: ((line: string) => void) | undefined;
}

export function createDiary({ clock, invocation, write = toStandardOutput }: DiaryOptions): Diary {
  return {
    note(what, facts) {
      const head = { at: isoTime(clock.now()), what };
      write(`${lineOf({ ...head, ...facts, ...head, invocation })}\n`);
    },
  };
}

const toStandardOutput = (line: string): void => {
  process.stdout.write(line);
};

/** A note that cannot be written down must not stop what it tells of. */
function lineOf(entry: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(entry, readable);
  } catch (error) {
    return JSON.stringify({ at: entry.at, what: entry.what, unwritable: String(error), invocation: entry.invocation });
  }
}

function readable(_name: string, value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  return typeof value === 'bigint' ? String(value) : value;
}
