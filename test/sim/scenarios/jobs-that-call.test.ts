/** Monitors that call us: who dies is told at the deadline, and who cannot be heard is not accused. */
import { minute, second } from '../../../src/core/basics/time';
import { dublin, ohio } from '../settings';
import { at } from '../time-of-story';
import { type Ending, type Scenario, scenario } from './scenario';

const backup = { id: 'backup', everyMs: 3 * minute, graceMs: minute };
const headlines = ({ said }: Ending): readonly string[] => said.map((line) => line.replace(/^[^:]*: /, ''));
const ofBackup = (ending: Ending): readonly string[] => headlines(ending).filter((line) => line.includes('backup'));
const unknownMs = (ending: Ending): number => ending.report('backup').gaps.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);

const endingAfter = async (ends: string, tell: (story: Scenario) => void, beatMs = minute): Promise<Ending> => {
  const story = scenario({ beatMs, jobs: [backup] });
  tell(story);
  const ending = await story.endsAt(ends);
  expect(ending.broken).toEqual([]);
  return ending;
};

describe('a job that calls every three minutes', () => {
  it('is up, and nothing is told', async () => {
    const ending = await endingAfter('00:20:00', (story) => story.jobCalls('backup', { into: dublin, from: '00:01:30', to: '00:20:00' }));
    expect(headlines(ending)).toEqual([]);
    expect(ending.seenThrough(ohio).monitors.find(({ id }) => id === 'backup')).toMatchObject({ verdict: 'up', certainty: 'confirmed' });
  });

  it.each([10 * second, minute])('is told at its deadline when it dies, with beats of %d ms, and as well when it calls again', async (beatMs) => {
    const dead = { from: '00:07:40', to: '00:16:00' };
    const ending = await endingAfter('00:20:00', (story) => story.jobCalls('backup', { into: dublin, from: '00:01:30', to: '00:20:00', dead }), beatMs);
    // Two regions that conclude it in the same second cannot know of each other yet, and both page.
    expect([...new Set(ofBackup(ending))]).toEqual(['PAGE backup is DOWN (confirmed)', expect.stringMatching(/^RESOLVED backup/)]);
    expect(ending.said.filter((line) => line.includes('RESOLVED backup'))).toHaveLength(1);
    const deadline = at('00:07:30') + 4 * minute;
    expect(ending.firstSaidAt('backup is DOWN')).toBeGreaterThan(deadline);
    expect(ending.firstSaidAt('backup is DOWN')).toBeLessThan(deadline + 2 * beatMs + 15 * second);
  });

  describe('into an inbox that is dark for ten minutes', () => {
    let ending: Ending;
    beforeAll(async () => {
      ending = await endingAfter('00:30:00', (story) => {
        story.jobCalls('backup', { into: dublin, from: '00:01:30', to: '00:30:00' });
        story.inboxIsDark(dublin, { from: '00:06:00', to: '00:16:00' });
      });
    });

    it('is not accused: of the job nothing is said', () => {
      expect(ofBackup(ending)).toEqual([]);
    });

    it('is unknown for that time, because the inbox was dark', () => {
      expect(ending.report('backup').gaps.map(({ why }) => why)).toContainEqual(expect.stringContaining('inbox'));
      expect(unknownMs(ending)).toBeGreaterThan(8 * minute);
      expect(unknownMs(ending)).toBeLessThan(15 * minute);
    });

    it('the region of the inbox is named, where jobs call in vain', () => {
      expect(headlines(ending)).toEqual(['PAGE prober:eu-west-1 SKIPS monitors (single witness)', 'RESOLVED prober:eu-west-1 covers every monitor again']);
    });
  });

  it('that died while its inbox was dark is told after one more period, and not before', async () => {
    const ending = await endingAfter('00:40:00', (story) => {
      story.jobCalls('backup', { into: dublin, from: '00:01:30', to: '00:40:00', dead: { from: '00:07:40', to: '00:34:00', provenAt: '00:20:00' } });
      story.inboxIsDark(dublin, { from: '00:09:00', to: '00:16:00' });
    });
    expect(ofBackup(ending)[0]).toBe('PAGE backup is DOWN (confirmed)');
    expect(ending.firstSaidAt('backup is DOWN')).toBeGreaterThan(at('00:16:00') + 4 * minute);
    expect(ending.firstSaidAt('backup is DOWN')).toBeLessThan(at('00:16:00') + 6 * minute + 15 * second);
  });

  it('to a laptop that slept is not accused, and that time is unknown', async () => {
    const ending = await endingAfter('00:40:00', (story) => {
      story.jobCalls('backup', { into: dublin, from: '00:01:30', to: '00:40:00' });
      story.everythingSleeps({ from: '00:10:20', to: '00:25:40' });
    });
    expect(ofBackup(ending)).toEqual([]);
    expect(unknownMs(ending)).toBeGreaterThan(13 * minute);
  });
});
