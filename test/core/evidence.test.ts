import { evidenceText, inOrderOfEvidence, isBehind } from '../../src/core/evidence';
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

it('evidence reads the same in whatever order it was written down', () => {
  expect(evidenceText(evidence({ b: 2, a: 1 }))).toBe(evidenceText(evidence({ a: 1, b: 2 })));
  expect(evidenceText(evidence({ a: 1 }))).not.toBe(evidenceText(evidence({ a: 2 })));
});

it('what knew less comes first; the rest stays as it came', () => {
  const item = (name: string, slots: object) => ({ name, body: { evidence: evidence(slots) } });
  const items = [item('late', { a: slot('00:20') }), item('elsewhere', { b: slot('00:05') }), item('early', { a: slot('00:10') })];
  expect(inOrderOfEvidence(items).map(({ name }) => name)).toEqual(['elsewhere', 'early', 'late']);
});
