import { dublin, frankfurt, ohio } from '../settings';
import { at } from '../time-of-story';
import { scenario } from './scenario';

const beats = [
  { beat: '10 s', beatMs: 10_000, withinMs: 150_000 },
  { beat: '60 s', beatMs: 60_000, withinMs: 250_000 },
];

describe.each(beats)('with beats of $beat', ({ beatMs, withinMs }) => {
  it.each(['hangs', 'refuses'] as const)('a dark region whose address %s is paged by another region, and resolved when it returns', async (darkness) => {
    const story = scenario({ beatMs });
    story.regionIsDark(dublin, { from: '00:04:00', to: '00:10:00', darkness });
    const ending = await story.endsInCalm();
    expect([...new Set(ending.said.map((line) => line.replace(/^[^:]*: /, '')))]).toEqual([
      'PAGE prober:eu-west-1 is SILENT (single witness)',
      'RESOLVED prober:eu-west-1 reports again',
    ]);
    expect(ending.said[0]).not.toContain(`${dublin}:`);
    expect((ending.firstSaidAt('SILENT') ?? Number.NaN) - at('00:04:00')).toBeLessThan(withinMs);
    expect(ending.broken).toEqual([]);
  });

  it('without a witness a dark region is paged by its only peer', async () => {
    const story = scenario({ beatMs, witness: undefined });
    story.regionIsDark(dublin, { from: '00:04:00', to: '00:10:00' });
    const ending = await story.endsInCalm();
    expect(ending.said[0]).toBe(`${ohio}: PAGE prober:eu-west-1 is SILENT (single witness)`);
    expect(ending.broken).toEqual([]);
  });

  it('a target that is down from both regions is paged once and resolved once', async () => {
    const story = scenario({ beatMs });
    story.targetIsDown('service-001', { seenFrom: [dublin, ohio], from: '00:04:10', to: '00:10:10' });
    const ending = await story.endsInCalm();
    expect(ending.said.map((line) => line.replace(/^[^:]*: /, ''))).toEqual(['PAGE service-001 is DOWN (confirmed)', 'RESOLVED service-001 is up again']);
    expect(ending.broken).toEqual([]);
  });

  it('a target that is down from one region only becomes partial and stays so until it is mended', async () => {
    const story = scenario({ beatMs });
    story.targetIsDown('service-001', { seenFrom: [ohio], from: '00:04:10', to: '00:12:10', symptom: 'refuses' });
    const ending = await story.endsInCalm();
    expect(ending.concluded).toContain('opened service-001:availability');
    expect(ending.said.map((line) => line.replace(/^[^:]*: /, ''))).toEqual([
      'PAGE service-001 is DOWN FROM SOME REGIONS (confirmed)',
      'RESOLVED service-001 is up from every region again',
    ]);
    expect(ending.firstSaidAt('RESOLVED') ?? 0).toBeGreaterThan(at('00:12:10'));
    expect(ending.broken).toEqual([]);
  });

  it.each([
    ['prober', dublin],
    ['watchdog', ohio],
    ['watchdog', frankfurt],
  ] as const)('a lost minute of the %s in %s wakes nobody', async (role, region) => {
    const story = scenario({ beatMs });
    story.minuteIsLost(region, role, '00:05:00');
    const ending = await story.endsInCalm();
    expect(ending.said).toEqual([]);
    expect(ending.concluded).toEqual([]);
    expect(ending.broken).toEqual([]);
  });
});

it('whose table refuses everything says so after little more than a minute, whichever watchdog takes over meanwhile', async () => {
  const story = scenario({ beatMs: 10_000 });
  story.tableFails(ohio, { calls: 'all', how: 'throttled', probability: 1, from: '00:05:20', to: '00:09:00' });
  const ending = await story.endsInCalm();
  const toldAt = ending.firstSaidAt('watchdog:us-east-2 is REFUSED by AWS');
  expect((toldAt ?? Number.NaN) - at('00:05:20')).toBeLessThan(80_000);
  expect(ending.broken).toEqual([]);
});
