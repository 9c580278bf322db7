import { evidenceText, inOrderOfEvidence, isBehind, isNewerEvidence, knewLess } from '../../src/core/evidence';
import { slot } from './builders';

const evidence = (slots: object) => slots as never;

it.each([
  ['behind in one, ahead in the other', { a: 1, b: 9 }, { a: 2, b: 1 }, true],
  ['as far as the other', { a: 2 }, { a: 2 }, false],
  ['ahead', { a: 3 }, { a: 2 }, false],
  ['of a region that the other does not know', { b: 1 }, { a: 2 }, false],
])('evidence that is %s: does it lag behind?', (_case, one, than, expected) => {
  expect(isBehind(evidence(one), evidence(than))).toBe(expected);
});

it.each([
  ['further on in one, equal in the other', { a: 2, b: 1 }, { a: 1, b: 1 }, true],
  ['further on in one, behind in the other', { a: 2, b: 0 }, { a: 1, b: 1 }, false],
  ['the same', { a: 1 }, { a: 1 }, false],
  ['from regions that the other does not know', { c: 9 }, { a: 1 }, false],
  ['from the one region that both know', { a: 2 }, { a: 1, b: 1 }, true],
])('evidence that is %s: is it newer?', (_case, one, than, expected) => {
  expect(isNewerEvidence(evidence(one), evidence(than))).toBe(expected);
});

it.each([
  ['older', { a: 1, b: 1 }, { a: 2, b: 1 }, true],
  ['newer', { a: 2 }, { a: 1, b: 1 }, false],
  ['the same', { a: 1, b: 1 }, { a: 1, b: 1 }, false],
  ['the same of fewer regions', { a: 1 }, { a: 1, b: 1 }, true],
  ['the same of more regions', { a: 1, b: 1 }, { a: 1 }, false],
  ['older in one and newer in the other', { a: 1, b: 2 }, { a: 2, b: 1 }, false],
  ['of other regions', { a: 1 }, { b: 1, c: 1 }, false],
])('evidence that is %s: did whoever had it know less?', (_case, one, than, expected) => {
  expect(knewLess(evidence(one), evidence(than))).toBe(expected);
});

it('evidence reads the same in whatever order it was written down', () => {
  expect(evidenceText(evidence({ b: 2, a: 1 }))).toBe(evidenceText(evidence({ a: 1, b: 2 })));
  expect(evidenceText(evidence({ a: 1 }))).not.toBe(evidenceText(evidence({ a: 2 })));
});

it('what knew less comes first; the rest stays as it came', () => {
  const item = (name: string, slots: object) => ({ name, body: { evidence: evidence(slots) } });
  const items = [item('late', { a: slot('00:20') }), item('elsewhere', { b: slot('00:05') }), item('early', { a: slot('00:10') })];
  expect(inOrderOfEvidence(items).map(({ name }) => name)).toEqual(['elsewhere', 'early', 'late']);
});
