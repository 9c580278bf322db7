/** What is sent in a dialogue must have been captured before. */
import { RE2JS } from 're2js';
import { patternTrouble } from '../condition-pieces';
import type { Fault } from '../mistakes';
import { isMap, listOf, type PlainMap } from '../plain-value';

/** Not validated yet: what is no step is an empty one. */
export const stepsOf = (value: unknown): readonly PlainMap[] => (isMap(value) ? listOf(value.dialogue).map((step) => (isMap(step) ? step : {})) : []);

/** Of the steps of a `dialogue`: numbers are groups of the last pattern, names stay. */
export function captureFaults(value: unknown): readonly Fault[] {
  const steps = stepsOf(value);
  let groups = 0;
  const names = new Set<string>();
  return steps.flatMap(({ expect, send }, index): Fault[] => {
    if (typeof expect === 'string' && patternTrouble(expect) === undefined) {
      const pattern = RE2JS.compile(expect);
      groups = pattern.groupCount();
      for (const name of Object.keys(pattern.namedGroups())) names.add(name);
    }
    const wanted = typeof send === 'string' ? [...send.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name) : [];
    if (wanted.every((name) => names.has(name) || (/^\d+$/.test(name) && Number(name) <= groups))) return [];
    const advice = 'write `{{1}}` for the first group of the `expect` before it, or `{{name}}` for a group (?P<name>…)';
    return [{ path: ['dialogue', index, 'send'], problem: 'sends what no `expect` before it captures', advice }];
  });
}
