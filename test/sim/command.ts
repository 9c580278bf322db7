/** What was asked on the command line of the simulator. */
import { parseArgs } from 'node:util';
import { second } from '../../src/core/basics/time';
import type { SeedSettings } from './seed';

type Settings = Pick<SeedSettings, 'hours' | 'monitors' | 'beatMs' | 'keepsNotes'>;

export interface Many {
  readonly kind: 'many';
  readonly first: number;
  readonly last: number;
  readonly settings: Settings;
  readonly json: boolean;
}

export type Command =
  | { readonly kind: 'one'; readonly seed: number; readonly settings: Settings; readonly json: boolean }
  | Many
  | { readonly kind: 'mistake'; readonly what: string };

const usage = 'usage: npm run sim -- --seed N | --seeds COUNT | --seeds A..B  [--hours H] [--monitors M] [--beat SECONDS] [--notes] [--json]';

const options = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  hours: { type: 'string' },
  monitors: { type: 'string' },
  beat: { type: 'string' },
  notes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

export function parseCommand(words: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...words], options });
    const beatSeconds = numberFrom(values.beat, 'beat');
    const settings = {
      hours: numberFrom(values.hours, 'hours'),
      monitors: numberFrom(values.monitors, 'monitors'),
      beatMs: beatSeconds === undefined ? undefined : beatSeconds * second,
      keepsNotes: values.notes,
    };
    if (values.seed !== undefined) return { kind: 'one', seed: numberFrom(values.seed, 'seed') ?? 0, settings, json: values.json };
    return { kind: 'many', ...rangeFrom(values.seeds ?? '200'), settings, json: values.json };
  } catch (error) {
    return { kind: 'mistake', what: `${error instanceof Error ? error.message : String(error)}\n${usage}` };
  }
}

/** `200` means the seeds from 1 to 200. */
function rangeFrom(text: string): { readonly first: number; readonly last: number } {
  const [first, last] = text.split('..');
  if (last === undefined) return { first: 1, last: numberFrom(first, 'seeds') ?? 0 };
  return { first: numberFrom(first, 'seeds') ?? 1, last: numberFrom(last, 'seeds') ?? 0 };
}

function numberFrom(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text === '' || !(number >= 0)) throw new Error(`--${name} must be a number, not "${text}"`);
  return number;
}

/** The command that shows one seed of a storm again. */
export function replayCommand(seed: number, { hours, monitors, beatMs }: Settings): string {
  const words = [`--seed ${seed}`];
  if (hours !== undefined) words.push(`--hours ${hours}`);
  if (monitors !== undefined) words.push(`--monitors ${monitors}`);
  if (beatMs !== undefined) words.push(`--beat ${beatMs / second}`);
  return `npm run sim -- ${words.join(' ')}`;
}
