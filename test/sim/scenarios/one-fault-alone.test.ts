import { hour, minute, second } from '../../../src/core/basics/time';
import { dublin, frankfurt, ohio } from '../settings';
import { type Ending, type Scenario, scenario } from './scenario';

/** What was said, by whoever said it and however sure, each line once. */
const words = ({ said }: Ending): readonly string[] => [...new Set(said.map((line) => line.replace(/^[^:]*: /, '').replace(/ \([a-z ]+\)$/, '')))];
const during = { from: '00:04:10', to: '00:09:10' };

describe.each([{ beatMs: 10 * second }, { beatMs: minute }])('with beats of $beatMs ms', ({ beatMs }) => {
  const toldOf = async (trouble: (story: Scenario) => void): Promise<Ending> => {
    const story = scenario({ beatMs, monitors: 2 });
    trouble(story);
    const ending = await story.endsInCalm();
    expect(ending.broken).toEqual([]);
    return ending;
  };
  let quiet: Ending;

  beforeAll(async () => {
    quiet = await scenario({ beatMs, monitors: 2 }).endsAt(during.to);
  });

  it.each<[string, (story: Scenario) => void]>([
    ['a region isolated for less than a minute', (story) => story.regionIsIsolated(dublin, { from: '00:04:10', to: '00:05:05' })],
    ['a witness isolated for less than a minute', (story) => story.regionIsIsolated(frankfurt, { from: '00:04:10', to: '00:05:05' })],
    ['a clock that steps by seconds', (story) => story.clockSteps(dublin, { ...during, byMs: 20 * second, everyMs: 47 * second })],
    ['a clock that steps back by seconds', (story) => story.clockSteps(ohio, { ...during, byMs: -20 * second, everyMs: 47 * second })],
    ['a clock that steps by minutes', (story) => story.clockSteps(dublin, { ...during, byMs: 5 * minute, everyMs: 47 * second })],
    ['a clock that steps back by minutes', (story) => story.clockSteps(ohio, { from: '00:05:10', to: '00:12:10', byMs: -5 * minute, everyMs: 47 * second })],
    ['a clock that is fast by minutes', (story) => story.clockIsWrong(dublin, { ...during, byMs: 5 * minute })],
    ['a clock that is slow by minutes', (story) => story.clockIsWrong(frankfurt, { ...during, byMs: -4 * minute })],
    ['items that overtake each other', (story) => story.itemsAreDisordered(dublin, ohio, during)],
    ['a topic that refuses', (story) => story.topicFails(ohio, during)],
    ['a prober that crashes once', (story) => story.functionCrashes(ohio, 'prober', { ...during, afterAnswers: [6] })],
    ['a watchdog that crashes once', (story) => story.functionCrashes(ohio, 'watchdog', { ...during, afterAnswers: [3] })],
    ['a table that answers slowly now and then', (story) => story.tableFails(dublin, { ...during, how: 'slow', probability: 0.1 })],
    ['answers of a table that are lost now and then', (story) => story.tableFails(dublin, { ...during, how: 'answer-lost', probability: 0.2 })],
  ])('%s wakes nobody', async (_what, trouble) => {
    expect(words(await toldOf(trouble))).toEqual([]);
  });

  it.each([
    ['two minutes', 2 * minute],
    ['twenty minutes', 20 * minute],
    ['six hours', 6 * hour],
  ])('events that come %s late, beside the punctual ones, record nothing and wake nobody', async (_late, byMs) => {
    const ending = await toldOf((story) => story.eventsComeLate(dublin, 'prober', { ...during, byMs }));
    expect(words(ending)).toEqual([]);
    expect(ending.rounds(dublin, during)).toBe(quiet.rounds(dublin, during));
  });

  it.each(['prober', 'watchdog'] as const)('events of a %s that come twice record nothing twice and wake nobody', async (role) => {
    const ending = await toldOf((story) => story.eventsComeTwice(ohio, role, during));
    expect(words(ending)).toEqual([]);
    expect(ending.rounds(ohio, during)).toBe(quiet.rounds(ohio, during));
  });

  it('a region whose credentials are revoked is told of by others, and accuses nobody', async () => {
    const ending = await toldOf((story) => story.credentialsAreRevoked(dublin, during));
    expect(words(ending)).toContain('PAGE prober:eu-west-1 WORKS BUT CANNOT STORE what it sees');
    const byItself = ending.said.filter((line) => line.startsWith(dublin) && !line.includes('RESOLVED'));
    expect(byItself.filter((line) => !line.includes('TICKET watchdog:eu-west-1 is REFUSED by AWS'))).toEqual([]);
    expect(words(ending).filter((line) => !line.includes(dublin))).toEqual([]);
  });

  it('a region whose table throttles it says that it is REFUSED, and is believed in everything else', async () => {
    const ending = await toldOf((story) => story.tableFails(dublin, { ...during, how: 'throttled' }));
    expect(words(ending)).toEqual(['TICKET watchdog:eu-west-1 is REFUSED by AWS', 'RESOLVED watchdog:eu-west-1 is let in by AWS again']);
  });

  it('a region without DNS accuses no target', async () => {
    const ending = await toldOf((story) => story.namesAreGone(dublin, during));
    expect(words(ending).filter((line) => line.includes('service-'))).toEqual([]);
    expect(words(ending)).toContain('PAGE prober:eu-west-1 cannot be BELIEVED: its canaries read wrong');
  });

  it('a bad deployment everywhere that knows no monitors is told of every prober', async () => {
    const ending = await toldOf((story) => {
      for (const region of [dublin, ohio]) story.isBadlyDeployed(region, 'empty', during);
    });
    expect(words(ending)).toEqual(expect.arrayContaining(['PAGE prober:eu-west-1 SKIPS monitors', 'PAGE prober:us-east-2 SKIPS monitors']));
  });
});
