/** Texts held against what is wanted of them. Load it when there is such a condition: it brings the engine for patterns along. */
import { RE2JS } from 're2js';
import type { TextRule } from '../../../core/config/conditions';

/** `to contain "well"` for the first thing that is not as wanted, `undefined` where all is. */
export function unmetText(rule: TextRule, value: string): string | undefined {
  if (rule.equals !== undefined && value !== rule.equals) return JSON.stringify(rule.equals);
  for (const text of rule.contains ?? []) if (!value.includes(text)) return `to contain ${JSON.stringify(text)}`;
  for (const text of rule.lacks ?? []) if (value.includes(text)) return `not to contain ${JSON.stringify(text)}`;
  for (const pattern of rule.matches ?? []) if (!isFound(pattern, value)) return `to match /${pattern}/`;
  for (const pattern of rule.matchesNot ?? []) if (isFound(pattern, value)) return `not to match /${pattern}/`;
  return undefined;
}

/** All that is wanted, whatever the text is. */
export function textWords({ equals, contains = [], lacks = [], matches = [], matchesNot = [] }: TextRule): string {
  const words = [
    ...(equals === undefined ? [] : [JSON.stringify(equals)]),
    ...contains.map((text) => `to contain ${JSON.stringify(text)}`),
    ...lacks.map((text) => `not to contain ${JSON.stringify(text)}`),
    ...matches.map((pattern) => `to match /${pattern}/`),
    ...matchesNot.map((pattern) => `not to match /${pattern}/`),
  ];
  return words.length === 0 ? 'it to be there' : words.join(' and ');
}

const compiled = new Map<string, RE2JS>();

/** Takes time in proportion to the text, whatever the pattern. */
export function isFound(pattern: string, value: string): boolean {
  return compiledOf(pattern).matcher(value).find();
}

/** Kept for the life of the process: there are no more than the configuration has. */
export function compiledOf(pattern: string): RE2JS {
  let found = compiled.get(pattern);
  if (found === undefined) {
    found = RE2JS.compile(pattern);
    compiled.set(pattern, found);
  }
  return found;
}
