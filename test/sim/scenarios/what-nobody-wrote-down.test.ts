/** An accusation that no store takes would be known to one environment alone, and so would its end. */
import { minute } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { type Ending, type Scenario, scenario } from './scenario';

const ofDublin = ({ said }: Ending): readonly string[] => said.filter((line) => line.includes('prober:eu-west-1'));

/** Only Frankfurt is left when Dublin is to be called silent, and half a minute later it is dark as well. */
function everybodyGoesDark(): Scenario {
  const story = scenario({ beatMs: minute });
  story.regionIsDark(dublin, { darkness: 'refuses', from: '00:05:20', to: '00:11:35' });
  story.regionIsDark(ohio, { from: '00:05:51', to: '00:11:08' });
  story.regionIsDark(frankfurt, { darkness: 'refuses', from: '00:07:16', to: '00:11:19' });
  return story;
}

it('whoever could store its accusation before it was gone is heard, and so is the end', async () => {
  const ending = await everybodyGoesDark().endsInCalm();
  const [page, end] = ['PAGE prober:eu-west-1 is SILENT (single witness)', 'RESOLVED prober:eu-west-1 reports again'];
  expect(ofDublin(ending)).toEqual([`${frankfurt}: ${page}`, `${frankfurt}: ${end}`]);
  expect(ending.broken).toEqual([]);
});

/** Its last record was stored, so it cannot know before: found by the storm 700037, heavy with tables, regions and links. */
it.each(['all', 'writes'] as const)('whoever finds that no store takes its accusation accuses nobody: %s fail', async (calls) => {
  const story = everybodyGoesDark();
  story.tableFails(frankfurt, { calls, from: '00:06:42', to: '00:11:13' });
  const ending = await story.endsInCalm();
  expect(ofDublin(ending)).toEqual([]);
  expect(ending.said).toEqual([`${frankfurt}: RESOLVED monitoring goes on`]);
  expect(ending.broken).toEqual([]);
});

it('as soon as a store takes what it writes it says what it sees then', async () => {
  const story = scenario({ beatMs: minute });
  story.regionIsDark(dublin, { darkness: 'refuses', from: '00:05:20', to: '00:11:35' });
  story.regionIsDark(ohio, { from: '00:05:51', to: '00:11:08' });
  story.tableFails(frankfurt, { calls: 'writes', from: '00:06:42', to: '00:07:30' });
  const ending = await story.endsInCalm();
  expect(ending.said.at(0)).toBe(`${frankfurt}: PAGE monitoring is DOWN: nobody watches (single witness)`);
  expect(ending.firstSaidAt('PAGE')).toBeLessThan(at('00:07:40'));
  expect(ending.broken).toEqual([]);
});

/** Found by the storm 1002905: when the clock was right again the same slot was another round's, and by its first name that one was three minutes old. */
it('a prober with a fast clock that could store nothing does not tell others of the slot that it holds alone', async () => {
  const faults: readonly Fault[] = [
    { kind: 'clock-skewed', region: ohio, byMs: 219_065, begins: 363_654, ends: 703_536 },
    { kind: 'credentials-revoked', region: frankfurt, begins: 434_805, ends: 591_954 },
    { kind: 'credentials-revoked', region: ohio, begins: 545_977, ends: 672_697 },
  ];
  const { violations, world } = await runSeed({ seed: 1_002_905, engine: realEngine, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.logged.filter(({ body }) => body.kind === 'opened' && body.verdict === 'stopped')).toEqual([]);
});

/** Found by the storm 1005823: the only store that it reached took it half a minute later, when it reached nobody and nothing any more. */
it('what was seen just before a region was cut off, and no store took, is not said by it while it is cut off', async () => {
  const directions = [
    { from: ohio, to: frankfurt },
    { from: frankfurt, to: ohio },
  ];
  const faults: readonly Fault[] = [
    { kind: 'schedule-stopped', region: ohio, role: 'prober', begins: 365_682, ends: 757_638 },
    { kind: 'link-cut', directions, begins: 381_279, ends: 636_330 },
    { kind: 'table-failing', region: frankfurt, trouble: { calls: 'writes', how: 'throttled', probability: 0.5 }, begins: 454_111, ends: 659_574 },
    { kind: 'table-failing', region: ohio, trouble: { calls: 'writes', how: 'condition-refused', probability: 0.2 }, begins: 476_318, ends: 594_426 },
    { kind: 'isolated', region: frankfurt, others: [dublin, ohio], begins: 513_817, ends: 563_291 },
  ];
  const { violations, world } = await runSeed({ seed: 1_005_823, engine: realEngine, monitors: 1, beatMs: minute, faults });
  expect(violations).toEqual([]);
  const accusations = world.history.logged.filter(({ region, body }) => region === frankfurt && body.kind === 'opened' && body.subject === `prober:${ohio}`);
  expect(accusations.filter(({ at: time }) => time >= at('00:08:33') && time < at('00:09:23'))).toEqual([]);
});
