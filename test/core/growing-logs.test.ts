import fc from 'fast-check';
import { decideAll } from '../../src/core/announcement';
import { instant } from '../../src/core/basics/brand';
import { day } from '../../src/core/basics/time';
import type { Finding } from '../../src/core/conclusion';
import { aboutStep, foldFurther, foldIncidents, nothingFolded } from '../../src/core/incident';
import { at, east, entry, middle, opened, west } from './builders';
import { histories } from './histories';

const runs = { numRuns: 150 };
const regions = [west, east, middle];
const conditions: readonly Finding['condition'][] = ['well', 'down', 'partial', undefined];
/** Entries may still be on their way, or were never written. */
const partsOfLogs = histories().chain((all) => fc.subarray([...all], { minLength: Math.min(1, all.length) }));

it('a log that grew folds to what the whole of it folds to', () => {
  fc.assert(
    fc.property(histories(), fc.array(fc.nat(30), { maxLength: 4 }), (all, steps) => {
      let folded = nothingFolded;
      for (const count of [...steps].sort((one, other) => one - other)) folded = foldFurther(all.slice(0, count), folded);
      expect(foldFurther(all, folded).incidents).toEqual(foldIncidents(all));
    }),
    runs,
  );
});

it('a key of which nothing new is known keeps its incidents', () => {
  fc.assert(
    fc.property(histories(['shop']), histories(['search']), (shop, search) => {
      const before = foldFurther(shop, nothingFolded);
      const after = foldFurther([...shop, ...search.map((entry) => ({ ...entry, n: entry.n + 1000 }))], before);
      for (const [key, fold] of before.keys) expect(after.keys.get(key)).toBe(fold);
    }),
    runs,
  );
});

it('of a settled key nothing is left to be said, whatever the time and whatever is found', () => {
  fc.assert(
    fc.property(partsOfLogs, fc.constantFrom(...regions), fc.nat(day), fc.constantFrom(...conditions), (all, me, laterMs, found) => {
      const incidents = foldIncidents(all);
      const now = instant(Math.max(0, ...all.map(({ at }) => at)));
      const { settled } = decideAll(incidents, all, { me, now, regions, finds: new Map() });
      const finds = new Map(incidents.map(({ key }) => [key, found]));
      const ofSettled = incidents.filter(({ key }) => settled.has(key));
      const { decisions } = decideAll(ofSettled, all, { me, now: instant(now + laterMs), regions, finds });
      expect(decisions.filter(({ kind }) => kind !== 'silence')).toEqual([]);
      expect(decisions.map(({ reason }) => reason).filter((reason) => ['waiting-for-my-turn', 'not-found-by-me', 'being-sent'].includes(reason))).toEqual([]);
    }),
    runs,
  );
});

it.each([
  ['waits for its turn', west, 'waiting-for-my-turn'],
  ['does not find it itself', east, 'not-found-by-me'],
] as const)('whoever %s has not settled it', (_case, speaker, reason) => {
  const opening = entry(opened({ speaker }));
  const [incident] = foldIncidents([opening]);
  const noted = entry({ ...aboutStep(incident!, incident!.transitions[0]!), kind: 'noted' }, { region: east, at: at('00:10:05') });
  const listener = { me: east, now: at('00:10:06'), regions, finds: new Map() };
  expect(decideAll([incident!], [opening, noted], listener)).toMatchObject({ decisions: [{ kind: 'silence', reason }], settled: new Set() });
});
