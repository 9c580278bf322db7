/** Conditions on numbers and texts as they are written, and their trusted form. */
import { RE2JS } from 're2js';
import * as z from 'zod';
import type { NumberRule, TextRule } from './conditions';
import { because, map } from './pieces';

const number = (description: string) => z.number(because('number')).meta({ description });

export const numberShape = {
  equals: number('Exactly this.').optional(),
  above: number('More than this.').optional(),
  below: number('Less than this.').optional(),
  atLeast: number('This or more.').optional(),
  atMost: number('This or less.').optional(),
};

/** A number alone means that the value must equal it. */
export const numberRule = (description: string) => z.union([z.number(), map(numberShape)], because('comparison')).meta({ description });

export type NumberRuleSource = z.output<ReturnType<typeof numberRule>>;

export const buildNumberRule = (source: NumberRuleSource): NumberRule => (typeof source === 'number' ? { equals: source } : source);

const someText = z.string(because('text'));
const texts = (description: string) => z.union([someText, z.array(someText).min(1)], because('texts')).meta({ description });

const pattern = z
  .string(because('pattern'))
  .refine((value) => patternTrouble(value) === undefined, because('pattern'))
  .meta({ format: 'regex' });
const patterns = (description: string) => z.union([pattern, z.array(pattern).min(1)], because('patterns')).meta({ description });

export const textShape = {
  equals: someText.meta({ description: 'Exactly this text.' }).optional(),
  contains: texts('Text, or a list of texts, all of which must be found.').optional(),
  lacks: texts('Text, or a list of texts, none of which may be found.').optional(),
  matches: patterns('A pattern in the syntax of RE2, or a list, all of which must be found.').optional(),
  matchesNot: patterns('A pattern in the syntax of RE2, or a list, none of which may be found.').optional(),
};

/** What a text alone means differs: a body contains it, a header equals it. */
export const textRule = (description: string) => z.union([someText, map(textShape)], because('textual')).meta({ description });

export type TextRuleSource = z.output<ReturnType<typeof textRule>>;

/** Every text stays whole, so that the hash of a monitor can put references back. */
export function buildTextRule(source: TextRuleSource, short: 'contains' | 'equals'): TextRule {
  if (typeof source === 'string') return short === 'equals' ? { equals: source } : { contains: [source] };
  const { equals, contains, lacks, matches, matchesNot } = source;
  return {
    ...(equals === undefined ? {} : { equals }),
    ...(contains === undefined ? {} : { contains: listed(contains) }),
    ...(lacks === undefined ? {} : { lacks: listed(lacks) }),
    ...(matches === undefined ? {} : { matches: listed(matches) }),
    ...(matchesNot === undefined ? {} : { matchesNot: listed(matchesNot) }),
  };
}

const listed = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** Why RE2 does not take a pattern, in its words. */
export function patternTrouble(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'it is no text';
  try {
    RE2JS.compile(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '').slice(0, 100) : 'it cannot be read';
  }
}
