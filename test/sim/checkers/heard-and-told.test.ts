/** Checkers held against stories that were made up: what could be heard of, and how often something is told. */
import { minute, second } from '../../../src/core/basics/time';
import type { Announced } from '../announced';
import type { Round, Sign } from '../history';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { duplicates } from './duplicates';
import type { Harm } from './harm';
import { justAccusation } from './just-accusation';
import { broken, evidenceOf, resting, taken } from './made-up';

describe('S1: what nobody could have heard of is no sign of life', () => {
  const silent = (kind: 'vigils' | 'rounds', hearsAfterMs: number, heard: Partial<Round> = {}): readonly string[] => {
    const evidence = evidenceOf({ restsOf: resting(dublin), said: [{ condition: kind === 'rounds' ? 'silent' : 'watcher-silent' }] });
    for (let time = at('00:05:30'); time < at('00:20:00'); time += 30 * second) {
      const sign = { at: time, region: dublin, heardAt: new Map([[ohio, time + hearsAfterMs]]), isShown: true, ...heard };
      if (kind === 'rounds' || time % minute === 0) evidence.history.rounds.push(sign);
      if (kind === 'vigils') evidence.history.vigils.push(sign);
    }
    const byTime = (one: Round | Sign, other: Round | Sign): number => one.at - other.at;
    evidence.history.rounds.sort(byTime);
    evidence.history.vigils.sort(byTime);
    return justAccusation(evidence).map(({ promise }) => promise);
  };

  it.each(['vigils', 'rounds'] as const)('%s that come soon are one', (kind) => expect(silent(kind, 2 * second)).toEqual(['S1']));
  it.each(['vigils', 'rounds'] as const)('%s that come when it was told long ago are none', (kind) => expect(silent(kind, 10 * minute)).toEqual([]));
  it.each(['vigils', 'rounds'] as const)('%s that come to others alone are none', (kind) =>
    expect(silent(kind, 0, { heardAt: new Map([[frankfurt, 0]]) })).toEqual([]),
  );
  it('rounds whose heads were not stored are none', () => expect(silent('rounds', 2 * second, { isShown: false })).toEqual([]));
});

describe('S12: the end of trouble is told once', () => {
  const trouble = { key: 'service-001:availability', subject: 'service-001', family: 'availability', condition: 'down' };
  const page = { ...trouble, at: at('00:10:00') };
  const end = { ...trouble, kind: 'resolved' as const, condition: 'well', at: at('00:15:00') };
  const endAgain = { ...end, at: at('00:15:30'), sender: frankfurt };

  it.each<readonly [string, readonly Partial<Announced>[], readonly Harm[], readonly string[]]>([
    ['by two regions of which one told the trouble: twice', [page, end, endAgain], [], ['S12']],
    ['by two that had told the trouble at the same moment', [page, { ...page, sender: frankfurt, at: at('00:10:02') }, end, endAgain], [], []],
    ['by two that had told it as two incidents', [page, { ...page, sender: frankfurt, incident: 'apart', at: at('00:10:10') }, end, endAgain], [], []],
    [
      'by one that had told an earlier trouble: twice',
      [{ ...page, sender: frankfurt, incident: 'earlier', at: at('00:04:00') }, { ...end, incident: 'earlier', at: at('00:06:00') }, page, end, endAgain],
      [],
      ['S12'],
    ],
    ['by one that had told it by a wrong clock', [{ ...page, sender: frankfurt }, end, endAgain], [taken('clock', frankfurt)], []],
    ['by one whose clock was right, while another one was wrong: twice', [{ ...page, sender: frankfurt }, end, endAgain], [taken('clock', ohio)], ['S12']],
  ])('%s', (_case, said, harms, promises) => {
    expect(broken(duplicates, { said, harms })).toEqual(promises);
  });
});
