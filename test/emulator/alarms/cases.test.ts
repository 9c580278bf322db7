import { type AlarmCase, cases, changesByOurRules, isExplained } from './cases';

const midnight = Date.parse('2026-11-21T00:00:00Z');
const second = 1000;
const caseOf = (name: string): AlarmCase => cases.find((one) => one.name === name)!;

/** Every 2.5 s, silent from 1:03 to 2:41. */
const beats = Array.from({ length: 90 }, (_, nth) => midnight + 500 + nth * 2500).filter((at) => at < midnight + 63 * second || at > midnight + 161 * second);
const lastBeat = beats.filter((at) => at < midnight + 100 * second).at(-1)!;
const changesOf = (name: string) =>
  changesByOurRules(caseOf(name), beats, { from: lastBeat, to: midnight + 220 * second }).map(({ state, at }) => [state, (at - midnight) / second]);

/** The period of the last beat ends at 1:10, that of the first new one at 2:50. */
it.each([
  [
    '1-of-1',
    [
      ['ALARM', 100],
      ['OK', 170],
    ],
  ],
  [
    '2-of-2',
    [
      ['ALARM', 110],
      ['OK', 170],
    ],
  ],
  [
    '2-of-3',
    [
      ['ALARM', 110],
      ['OK', 180],
    ],
  ],
  [
    '3-of-3',
    [
      ['ALARM', 120],
      ['OK', 170],
    ],
  ],
  [
    '2-of-2-missing',
    [
      ['INSUFFICIENT_DATA', 110],
      ['OK', 170],
    ],
  ],
  ['2-of-2-ignore', []],
  ['2-of-2-not-breaching', []],
])('by our rules, a sliding alarm of %s changes at %j', (name, changes) => {
  expect(changesOf(name)).toEqual(changes);
});

/** Seconds. Rules without the two periods further back would be 20 s earlier. */
it.each([
  ['1-of-1', 40, 31, true],
  ['1-of-1', 40, 11, false],
  ['2-of-2', 62, 41, true],
  ['2-of-2', 62, 21, false],
  ['2-of-2', 31, 41, true],
  ['2-of-2', 25, 41, false],
  ['2-of-2', undefined, 41, false],
  ['2-of-2-ignore', undefined, undefined, true],
  ['2-of-2-ignore', 62, undefined, false],
])('%s after %j s, and by our rules after %j s: explained %j', (name, here, ours, explained) => {
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * second);
  expect(isExplained(caseOf(name), ms(here), ms(ours))).toBe(explained);
});
