import { dublin } from '../settings';
import { at } from '../time-of-story';
import { broken, taken } from './made-up';
import { worthlessRounds } from './worthless-rounds';

describe('S13 and L1: rounds that are worth nothing are told of', () => {
  it.each([
    ['S13', 'everything-expected', 'skipping', '00:13:00'],
    ['L1', 'cover', 'skipping', '00:12:00'],
    ['L1', 'truth', 'lying', '00:12:00'],
  ] as const)('%s: %s', (promise, takes, condition, bound) => {
    const told = (time: number) => [{ at: time, key: 'prober:eu-west-1:coverage', condition }];
    expect(broken(worthlessRounds, { harms: [taken(takes, dublin)] })).toEqual([promise]);
    expect(broken(worthlessRounds, { harms: [taken(takes, dublin)], said: told(at(bound)) })).toEqual([]);
    expect(broken(worthlessRounds, { harms: [taken(takes, dublin)], said: told(at(bound) + 1) })).toEqual([promise]);
  });

  /** Found by the storm 5535999: it was dark for less than a minute, and began anew. */
  it('where a region misses a round for another harm, what it leaves out is counted from the next one on', () => {
    const told = (time: number) => [{ at: time, key: 'prober:eu-west-1:coverage', condition: 'skipping' as const }];
    const rest = { begins: at('00:07:40'), ends: at('00:08:20') };
    const story = { harms: [taken('cover', dublin), { ...taken('rounds', dublin), ...rest }], restsOf: new Map([[dublin, rest]]) };
    expect(broken(worthlessRounds, story)).toEqual(['L1']);
    expect(broken(worthlessRounds, { ...story, said: told(at('00:16:00')) })).toEqual([]);
    expect(broken(worthlessRounds, { ...story, said: told(at('00:16:00') + 1) })).toEqual(['L1']);
    const unexcused = { ...story, harms: [taken('cover', dublin)] };
    expect(broken(worthlessRounds, { ...unexcused, said: told(at('00:12:00') + 1) })).toEqual(['L1']);
  });
});
