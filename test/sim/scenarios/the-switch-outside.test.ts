import { minute, second } from '../../../src/core/basics/time';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { type Ending, type Scenario, scenario } from './scenario';

const during = { from: '00:05:10', to: '00:20:10' };
const everybody = [dublin, ohio, frankfurt];
const rang = (ending: Ending): readonly number[] => everybody.map((region) => ending.rang(region).length);

describe.each([{ beatMs: 10 * second }, { beatMs: minute }])('with beats of $beatMs ms', ({ beatMs }) => {
  const endingAfter = async (trouble: (story: Scenario) => void): Promise<Ending> => {
    const story = scenario({ beatMs });
    trouble(story);
    const ending = await story.endsAt('00:32:00');
    expect(ending.broken).toEqual([]);
    return ending;
  };

  it('no switch rings while all is well', async () => {
    expect(rang(await endingAfter(() => undefined))).toEqual([0, 0, 0]);
  });

  it.each(['hangs', 'refuses'] as const)('a switch that %s is one ticket of its own region, and resolves by itself', async (how) => {
    const ending = await endingAfter((story) => story.switchOutsideFails(ohio, { ...during, how }));
    expect(ending.said).toEqual([
      'us-east-2: TICKET outside:us-east-2 DOES NOT TAKE PINGS: soon it will ring (single witness)',
      'us-east-2: RESOLVED outside:us-east-2 takes pings again',
    ]);
    const toldAt = ending.firstSaidAt('TICKET outside:us-east-2') ?? Number.NaN;
    expect(toldAt - at(during.from)).toBeGreaterThan(4 * minute);
    expect(toldAt - at(during.from)).toBeLessThan(8 * minute);
    expect(rang(ending)).toEqual([0, 1, 0]);
  });

  it('a hiccup of a switch is no news', async () => {
    expect((await endingAfter((story) => story.switchOutsideFails(dublin, { from: '00:05:10', to: '00:08:10' }))).said).toEqual([]);
  });

  it('every switch rings where a region is dark for long: then the world outside knows, whatever becomes of our messages', async () => {
    expect(rang(await endingAfter((story) => story.regionIsDark(dublin, during)))).toEqual([1, 1, 1]);
  });

  it('every switch rings where every region is dark', async () => {
    const ending = await endingAfter((story) => {
      for (const region of everybody) story.regionIsDark(region, during);
    });
    expect(rang(ending)).toEqual([1, 1, 1]);
    for (const region of everybody) expect((ending.rang(region)[0] ?? Number.NaN) - at(during.from)).toBeLessThanOrEqual(5 * minute);
  });
});

/**
 * Found by the storm 5559024: Ohio's prober was silent for three minutes, and then answered that its round was not finished. For the one look in which
 * that was confirmed it was late, and no longer silent.
 */
it('a switch is not told that all is well while a prober that has been silent for minutes is asked again why', async () => {
  const { violations, world } = await runSeed({ seed: 5_559_024, engine: realEngine, beatMs: minute, untilMs: at('00:12:40') });
  expect(violations).toEqual([]);
  const pings = world.history.outsidePings.filter((ping) => ping.region === ohio && ping.at > at('00:05:00'));
  expect(pings).toEqual([]);
  expect(world.history.announced.map(({ headline }) => headline)).toContain(`PAGE prober:${ohio} is SILENT (single witness)`);
});
