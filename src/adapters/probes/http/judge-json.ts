/** JSON held against what is wanted at a path. */
import { isDeepStrictEqual } from 'node:util';
import type { JsonRule } from '../../../core/config/kinds/http/probe';
import { numberWords, unmetNumber } from '../conditions/numbers';
import { textWords, unmetText } from '../conditions/texts';
import { printable, quotedSeen } from '../printable';
import { valuesIn } from './json-values';

const mostShown = 3;

/** What stands at the path. */
export function jsonSeen({ path }: JsonRule, text: string): string {
  const values = valuesIn(text, path);
  if (typeof values === 'string') return values;
  const more = values.length > mostShown ? ` and ${values.length - mostShown} more` : '';
  return values.length === 0 ? 'nothing' : `${values.slice(0, mostShown).map(shown).join(', ')}${more}`;
}

/** All that is wanted, whatever the body is. */
export function jsonWords({ exists, count, equals, oneOf, equalsNot, sameAs, length, number, text }: JsonRule): string {
  const words = [
    ...(count === undefined ? [] : [`${numberWords(count)} values`]),
    ...(exists === false ? ['nothing'] : []),
    ...(equals === undefined ? [] : [shown(equals)]),
    ...(oneOf === undefined ? [] : [oneOf.map(shown).join(' or ')]),
    ...(equalsNot === undefined ? [] : [`anything but ${shown(equalsNot)}`]),
    ...(sameAs === undefined ? [] : [`what stands at ${sameAs}`]),
    ...(length === undefined ? [] : [`a length of ${numberWords(length)}`]),
    ...(number === undefined ? [] : [numberWords(number)]),
    ...(text === undefined ? [] : [textWords(text)]),
  ];
  return words.length === 0 ? 'it to be there' : words.join(' and ');
}

/** What is wrong, in words; `undefined` where all is well. */
export function jsonUnmet(rule: JsonRule, text: string): string | undefined {
  const { path } = rule;
  const values = valuesIn(text, path);
  if (typeof values === 'string') return values;
  if (rule.count !== undefined) {
    const unmet = unmetNumber(rule.count, values.length);
    if (unmet !== undefined) return `${path} leads to ${values.length} values, wanted ${unmet}`;
  }
  if (rule.exists === false) return values.length === 0 ? undefined : `${path} is ${shown(values[0])}, wanted nothing`;
  if (values.length === 0) return rule.count === undefined ? `there is nothing at ${path}` : undefined;
  const unmet = values.map((value) => valueUnmet(rule, value)).find((found) => found !== undefined);
  return unmet ?? (rule.sameAs === undefined ? undefined : otherUnmet(values, { path, sameAs: rule.sameAs, text }));
}

interface Other {
  readonly path: string;
  readonly sameAs: string;
  readonly text: string;
}

function otherUnmet(values: readonly unknown[], { path, sameAs, text }: Other): string | undefined {
  const others = valuesIn(text, sameAs);
  if (typeof others === 'string') return others;
  const [other] = others;
  if (others.length !== 1) return `${sameAs} leads to ${others.length} values, wanted one to compare with`;
  const differing = values.find((value) => !isDeepStrictEqual(value, other));
  return differing === undefined ? undefined : `${path} is ${shown(differing)}, wanted ${shown(other)} as at ${sameAs}`;
}

function valueUnmet(rule: JsonRule, value: unknown): string | undefined {
  return sameUnmet(rule, value) ?? lengthUnmet(rule, value) ?? numberUnmet(rule, value) ?? textUnmet(rule, value);
}

function sameUnmet({ path, equals, oneOf, equalsNot }: JsonRule, value: unknown): string | undefined {
  if (equals !== undefined && !isDeepStrictEqual(value, equals)) return `${path} is ${shown(value)}, wanted ${shown(equals)}`;
  if (oneOf !== undefined && !oneOf.some((one) => isDeepStrictEqual(value, one))) return `${path} is ${shown(value)}, wanted ${oneOf.map(shown).join(' or ')}`;
  return equalsNot !== undefined && isDeepStrictEqual(value, equalsNot) ? `${path} is ${shown(value)}, wanted anything else` : undefined;
}

function numberUnmet({ path, number }: JsonRule, value: unknown): string | undefined {
  if (number === undefined) return undefined;
  if (typeof value !== 'number') return `${path} is ${shown(value)}, which is no number`;
  const unmet = unmetNumber(number, value);
  return unmet === undefined ? undefined : `${path} is ${value}, wanted ${unmet}`;
}

function textUnmet({ path, text }: JsonRule, value: unknown): string | undefined {
  if (text === undefined) return undefined;
  if (typeof value !== 'string') return `${path} is ${shown(value)}, which is no text`;
  const unmet = unmetText(text, value);
  return unmet === undefined ? undefined : `${path} is ${quotedSeen(value)}, wanted ${unmet}`;
}

function lengthUnmet({ path, length: wanted }: JsonRule, value: unknown): string | undefined {
  if (wanted === undefined) return undefined;
  const length = lengthOf(value);
  if (length === undefined) return `${path} is ${shown(value)}, which has no length`;
  const unmet = unmetNumber(wanted, length);
  return unmet === undefined ? undefined : `${path} is ${shown(value)}, of length ${length}, wanted ${unmet}`;
}

/** As RFC 9535 counts: a character is a code point. */
function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value].length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${printable(text.slice(0, 59))}…` : printable(text);
};
