import { monitorId } from '../../../src/core/basics/brand';
import { minute, second } from '../../../src/core/basics/time';
import type { Fault } from '../faults';
import { realEngine } from '../real-engine';
import { runSeed } from '../seed';
import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { type Ending, scenario } from './scenario';

const everywhere = { seenFrom: [dublin, ohio] };
const ofService = ({ said }: Ending): readonly string[] => said.filter((one) => one.includes('service-001')).map((one) => one.replace(/^[^ ]+ /, ''));

describe.each([10 * second, minute])('with beats of %d ms', (beatMs) => {
  it('what breaks in a silence is told when it is over, if it is still broken', async () => {
    const story = scenario({ beatMs });
    story.isOrdered('silence', ['service-001'], { in: dublin, from: '00:05:00', to: '00:30:00' });
    story.targetIsDown('service-001', { ...everywhere, from: '00:07:00', to: '00:36:00' });
    const ending = await story.endsInCalm();
    expect(ending.firstSaidAt('service-001 is DOWN')).toBeGreaterThanOrEqual(at('00:29:58'));
    expect(ending.firstSaidAt('service-001 is DOWN')).toBeLessThanOrEqual(at('00:31:00'));
    expect(ofService(ending)).toEqual(['PAGE service-001 is DOWN (confirmed)', 'RESOLVED service-001 is up again']);
    expect(ending.broken).toEqual([]);
  });

  it('what breaks and mends in a maintenance is told to nobody, and its time is paused', async () => {
    const story = scenario({ beatMs });
    story.isOrdered('maintenance', ['service-001'], { in: frankfurt, from: '00:05:00', to: '00:30:00' });
    story.targetIsDown('service-001', { ...everywhere, from: '00:07:00', to: '00:15:00' });
    const ending = await story.endsAt('00:50:00');
    expect(ofService(ending)).toEqual([]);
    expect(ending.concluded).toEqual(expect.arrayContaining(['opened service-001:availability', 'resolved service-001:availability']));
    expect(ending.report('service-001')).toMatchObject({ downMs: 0, pausedMs: 25 * minute });
    expect(ending.broken).toEqual([]);
  });

  it('what was broken before is said again at the end of a maintenance, and its end is told in it', async () => {
    const story = scenario({ beatMs });
    story.targetIsDown('service-001', { ...everywhere, from: '00:05:10', to: '00:48:00' });
    story.isOrdered('maintenance', ['service-001'], { in: ohio, from: '00:10:00', to: '00:40:00' });
    story.isOrdered('maintenance', ['service-001'], { in: dublin, from: '00:44:00', to: '00:59:00' });
    const ending = await story.endsAt('01:10:00');
    const said = ofService(ending);
    expect(said).toEqual([
      'PAGE service-001 is DOWN (confirmed)',
      expect.stringMatching(/^PAGE service-001 is DOWN \(for 3\d min, confirmed\)$/),
      'RESOLVED service-001 is up again',
    ]);
    expect(ending.firstSaidAt('RESOLVED service-001')).toBeLessThan(at('00:52:00'));
    expect(ending.broken).toEqual([]);
  });

  it('what lasts is said again on the grid, once each, whoever is dark meanwhile', async () => {
    const story = scenario({ beatMs });
    story.targetIsDown('service-001', { ...everywhere, from: '00:05:10', to: '01:25:00' });
    story.regionIsDark(dublin, { from: '00:30:00', to: '00:45:00' });
    const ending = await story.endsInCalm();
    const again = ['', 'for 30 min, ', 'for 1 h, '].map((how) => `PAGE service-001 is DOWN (${how}confirmed)`);
    const pages = ofService(ending).filter((one) => one.startsWith('PAGE') && !one.includes('single witness'));
    expect(new Set(pages)).toEqual(new Set(again));
    expect(ending.broken).toEqual([]);
  });
});

it('an order that cannot reach a region does not keep it quiet: a page too many is better than one too few', async () => {
  const story = scenario({ beatMs: 10 * second, witness: undefined });
  story.linkIsCut(dublin, ohio, { from: '00:04:00', to: '00:20:00' });
  story.isOrdered('silence', ['service-001'], { in: dublin, from: '00:05:00', to: '00:20:00' });
  story.targetIsDown('service-001', { ...everywhere, from: '00:07:00', to: '00:15:00' });
  const ending = await story.endsAt('00:18:00');
  expect(ending.said.filter((one) => one.includes('service-001 is DOWN')).map((one) => one.split(':')[0])).toEqual([ohio]);
});

/** Found by the storm 83644: one told the end while the other told what lasts for all that it knew. */
it('of two regions that speak in the moment in which a silence is over, neither leaves its page as the last word', async () => {
  const monitor = monitorId('service-001');
  const faults: readonly Fault[] = [
    { kind: 'ordered', order: 'silence', monitors: [monitor], region: dublin, begins: 213_208, ends: 535_922 },
    { kind: 'target-down', monitor, from: [dublin, ohio], symptom: 'hangs', begins: 286_305, ends: 533_386 },
  ];
  const { violations, world } = await runSeed({ seed: 83_644, engine: realEngine, beatMs: 10 * second, faults });
  expect(violations).toEqual([]);
  expect(world.history.announced.at(-1)?.headline).toBe('RESOLVED service-001 is up again');
});

/** Found by the storm 232621: the receipt of the one who had begun to say it came after the other one's turn. */
it('what lasted through a silence is said again by one region, though the turn of another one comes before the receipt', async () => {
  const monitor = monitorId('service-001');
  const faults: readonly Fault[] = [
    { kind: 'table-failing', region: dublin, trouble: { calls: 'writes', how: 'slow', probability: 1 }, begins: 276_823, ends: 529_854 },
    { kind: 'target-down', monitor, from: [dublin, ohio], symptom: 'hangs', begins: 535_814, ends: 773_376 },
    { kind: 'ordered', order: 'silence', monitors: [monitor], region: ohio, begins: 568_820, ends: 725_272 },
  ];
  const { violations, world } = await runSeed({ seed: 232_621, engine: realEngine, beatMs: minute, faults });
  expect(violations).toEqual([]);
  expect(world.history.announced.filter(({ kind }) => kind === 'reminder').map(({ sender }) => sender)).toEqual([dublin]);
});
