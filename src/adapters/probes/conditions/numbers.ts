/** Numbers held against what is wanted of them. */
import type { NumberRule } from '../../../core/config/conditions';

/** `above 3 and at most 10` where the number is not what is wanted, `undefined` where it is. What is no number is never right. */
export function unmetNumber(rule: NumberRule, value: number): string | undefined {
  return checks.every(([key, , isMet]) => rule[key] === undefined || isMet(value, rule[key])) ? undefined : numberWords(rule);
}

export function numberWords(rule: NumberRule): string {
  return checks.flatMap(([key, words]) => (rule[key] === undefined ? [] : [`${words}${rule[key]}`])).join(' and ');
}

const checks: readonly (readonly [key: keyof NumberRule, words: string, isMet: (value: number, wanted: number) => boolean])[] = [
  ['equals', '', (value, wanted) => value === wanted],
  ['above', 'above ', (value, wanted) => value > wanted],
  ['below', 'below ', (value, wanted) => value < wanted],
  ['atLeast', 'at least ', (value, wanted) => value >= wanted],
  ['atMost', 'at most ', (value, wanted) => value <= wanted],
];
