/** What was asked on the command line of the simulator. */
import { parseArgs } from 'node:util';
import { second } from '../../src/core/basics/time';
import { type FaultGroup, faultGroupNames, isFaultGroup } from './fault-groups';
import type { SeedSettings } from './seed';
import { at, timeOfStory } from './time-of-story';

/** What shapes a run besides its seed. */
export type Shape = Pick<SeedSettings, 'hours' | 'monitors' | 'beatMs' | 'heavy' | 'keepsNotes' | 'only' | 'untilMs'>;

export interface Many {
  readonly kind: 'many';
  readonly first: number;
  readonly last: number;
  readonly shape: Shape;
  readonly jobs: number;
  readonly json: boolean;
}

export interface Mutants {
  readonly kind: 'mutants';
  readonly last: number;
  readonly jobs: number;
  readonly json: boolean;
}

export type Command =
  | { readonly kind: 'one'; readonly seed: number; readonly shape: Shape; readonly json: boolean }
  | Many
  | Mutants
  | { readonly kind: 'help'; readonly usage: string; readonly json: boolean }
  | { readonly kind: 'mistake'; readonly what: string; readonly json: boolean };

const usage = `usage: npm run sim -- --seed N [--only 2,5] [--until 00:12:00] [--notes]   one run as a story
       npm run sim -- --seeds COUNT | --seeds A..B [--jobs J]             many runs, every promise checked
       npm run sim -- --mutants [--seeds COUNT] [--jobs J]                bugs planted on purpose, each must be caught
       npm run sim -- --help
with [--hours H] [--monitors M] [--beat SECONDS] [--json]
     [--heavy events,clocks]   several faults of each of these groups in every storm, and few others:
                               ${faultGroupNames.join(', ')}`;

const options = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  mutants: { type: 'boolean', default: false },
  only: { type: 'string' },
  until: { type: 'string' },
  hours: { type: 'string' },
  monitors: { type: 'string' },
  beat: { type: 'string' },
  heavy: { type: 'string' },
  jobs: { type: 'string' },
  notes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const mostSeeds = 200;

export function parseCommand(words: readonly string[]): Command {
  try {
    const { values } = parseArgs({ args: [...words], options });
    const { json } = values;
    if (values.help) return { kind: 'help', usage, json };
    const jobs = Math.max(1, numberFrom(values.jobs, 'jobs') ?? 1);
    if (values.mutants) return { kind: 'mutants', last: rangeFrom(values.seeds ?? `${mostSeeds}`).last, jobs, json };
    const shape = shapeFrom(values);
    if (values.seed !== undefined) return { kind: 'one', seed: numberFrom(values.seed, 'seed') ?? 0, shape, json };
    return { kind: 'many', ...rangeFrom(values.seeds ?? `${mostSeeds}`), shape, jobs, json };
  } catch (error) {
    const what = `${error instanceof Error ? error.message : String(error)}\n${usage}`;
    return { kind: 'mistake', what, json: words.includes('--json') };
  }
}

type Words = Readonly<Partial<Record<'only' | 'until' | 'hours' | 'monitors' | 'beat' | 'heavy', string>>> & { readonly notes: boolean };

function shapeFrom(values: Words): Shape {
  const beatSeconds = numberFrom(values.beat, 'beat');
  return {
    hours: numberFrom(values.hours, 'hours'),
    monitors: numberFrom(values.monitors, 'monitors'),
    beatMs: beatSeconds === undefined ? undefined : beatSeconds * second,
    heavy: groupsFrom(values.heavy),
    keepsNotes: values.notes,
    only: values.only === undefined ? undefined : values.only.split(',').flatMap((word) => (word === '' ? [] : (numberFrom(word, 'only') ?? []))),
    untilMs: values.until === undefined ? undefined : at(values.until),
  };
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

function groupsFrom(text: string | undefined): readonly FaultGroup[] | undefined {
  if (text === undefined) return undefined;
  return [...new Set(text.split(','))].map((word) => {
    if (!isFaultGroup(word)) throw new Error(`--heavy must name one or more of ${faultGroupNames.join(', ')}, with commas between them, not "${word}"`);
    return word;
  });
}

/** The command that shows one seed of a storm again. */
export function replayCommand(seed: number, { hours, monitors, beatMs, heavy, only, untilMs }: Shape): string {
  const words = [`--seed ${seed}`];
  if (hours !== undefined) words.push(`--hours ${hours}`);
  if (monitors !== undefined) words.push(`--monitors ${monitors}`);
  if (beatMs !== undefined) words.push(`--beat ${beatMs / second}`);
  if (heavy !== undefined) words.push(`--heavy ${heavy.join(',')}`);
  if (only !== undefined) words.push(`--only ${only.join(',')}`);
  if (untilMs !== undefined) words.push(`--until ${timeOfStory(untilMs)}`);
  return `npm run sim -- ${words.join(' ')}`;
}
