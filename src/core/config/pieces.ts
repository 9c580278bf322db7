/** Pieces of which the schema and its kinds are made. Messages are names of rules; rule-words.ts and the kinds have their words. */
import * as z from 'zod';
import { durationPattern, parseDuration } from './durations';
import type { GeneralRule } from './rules';
import { parseHttpUrl } from './urls';

/** A reference may stand wherever text may. */
export const referencePattern = '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}';

/** Kinds name their own rules too. */
export const because = <Own extends string = never>(rule: GeneralRule | Own) => ({ error: rule as string });

export function text<Own extends string = never>(rule: GeneralRule | Own, isGood: (value: string) => boolean, meta: z.GlobalMeta) {
  return z.string(because<Own>(rule)).refine(isGood, because<Own>(rule)).meta(meta);
}

export function duration<Own extends string = never>(rule: GeneralRule | Own, isGood: (ms: number) => boolean, meta: z.GlobalMeta) {
  const pattern = `${durationPattern}|${referencePattern}`;
  return text<Own>(rule, (value) => isGood(parseDuration(value) ?? Number.NaN), { pattern, ...meta });
}

export const url = (description: string, ...examples: string[]) =>
  text('url', (value) => typeof parseHttpUrl(value) === 'object', { description, pattern: `^[Hh][Tt][Tt][Pp][Ss]?://|${referencePattern}`, examples });

/** A map whose keys are all known. */
export const map = <Shape extends z.ZodRawShape>(shape: Shape, rule: { readonly error: string } = because('map')) => z.strictObject(shape, rule);

/** For `expect` of any kind. */
export const within = () =>
  duration('within', (ms) => ms > 0, {
    description: 'The longest that a good answer may take, at most the timeout.',
    examples: ['800ms'],
  });

export const flag = (description: string, byDefault: boolean) => z.boolean(because('flag')).meta({ description, default: byDefault });
