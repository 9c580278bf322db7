import { minute, second } from '../../../src/core/basics/time';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { type Ending, type Scenario, scenario } from './scenario';

const headlines = ({ said }: Ending): readonly string[] => said.map((line) => line.replace(/^[^:]*: /, ''));
const accused = (ending: Ending): readonly string[] => headlines(ending).filter((line) => !line.includes(' monitoring '));
const lengthMs = ({ from, to }: { readonly from: string; readonly to: string }): number => Date.parse(to) - Date.parse(from);

describe.each([{ beatMs: 10 * second }, { beatMs: minute }])('a laptop with beats of $beatMs ms', ({ beatMs }) => {
  const endingAfter = async (ends: string, trouble: (story: Scenario) => void): Promise<Ending> => {
    const story = scenario({ beatMs });
    trouble(story);
    const ending = await story.endsAt(ends);
    expect(ending.broken).toEqual([]);
    return ending;
  };

  describe('that sleeps for twenty minutes', () => {
    let ending: Ending;
    beforeAll(async () => {
      ending = await endingAfter('00:45:00', (story) => story.everythingSleeps({ from: '00:10:20', to: '00:30:20' }));
    });

    it('accuses nobody', () => {
      expect(accused(ending)).toEqual([]);
    });

    it('tells once, when it is awake again, that nobody watched', () => {
      expect(headlines(ending)).toEqual(['RESOLVED monitoring goes on']);
      expect(ending.firstSaidAt('monitoring goes on')).toBeGreaterThan(at('00:30:20'));
    });

    it('shows all that time as unknown, with the cause "asleep"', () => {
      const gaps = ending.report('service-001').gaps.filter(({ cause }) => cause === 'no prober reported');
      expect(gaps).toHaveLength(1);
      expect(gaps[0]).toMatchObject({ why: 'asleep' });
      // The round that was on its way when another one was seen makes it smaller by a moment.
      expect(new Set(gaps[0]?.revisions.map(({ cause }) => cause))).toEqual(new Set(['asleep']));
      expect(lengthMs(gaps[0]!)).toBeGreaterThan(20 * minute - 2 * beatMs);
      expect(lengthMs(gaps[0]!)).toBeLessThan(21 * minute + beatMs);
    });
  });

  it.each([30, 75, 140, 170])('that sleeps for %d seconds accuses nobody', async (seconds) => {
    const ends = new Date(at('00:10:20') + seconds * second).toISOString().slice(11, 19);
    expect(accused(await endingAfter('00:22:00', (story) => story.everythingSleeps({ from: '00:10:20', to: ends })))).toEqual([]);
  });

  it('that sleeps again and again accuses nobody', async () => {
    const naps = [5, 8, 11, 14].map((minutes) => ({ from: `00:${String(minutes).padStart(2, '0')}:10`, to: `00:${String(minutes + 2).padStart(2, '0')}:05` }));
    const ending = await endingAfter('00:30:00', (story) => {
      for (const nap of naps) story.everythingSleeps(nap);
    });
    expect(accused(ending)).toEqual([]);
  });
});

describe('what is no sleep', () => {
  const during = { from: '00:10:00', to: '00:20:00' };

  it.each<[string, (story: Scenario) => void]>([
    [
      'everything is dark',
      (story) => {
        for (const region of [dublin, ohio, frankfurt]) story.regionIsDark(region, during);
      },
    ],
    [
      'both schedules stop',
      (story) => {
        for (const region of [dublin, ohio]) story.scheduleIsStopped(region, 'prober', during);
      },
    ],
    [
      'clocks are set forward',
      (story) => {
        for (const region of [dublin, ohio]) story.clockIsWrong(region, { ...during, byMs: 10 * minute });
      },
    ],
  ])('%s: nobody says "asleep"', async (_what, trouble) => {
    const story = scenario({ beatMs: minute });
    trouble(story);
    const { gaps } = (await story.endsAt('00:40:00')).report('service-001');
    expect(JSON.stringify(gaps)).not.toContain('asleep');
  });
});
