import { dublin, frankfurt, ohio } from '../settings';
import { scenario } from './scenario';

const beats = [
  { beat: '10 s', beatMs: 10_000 },
  { beat: '60 s', beatMs: 60_000 },
];

describe.each(beats)('two regions that lose sight of each other, with beats of $beat', ({ beatMs }) => {
  it('for one minute: nobody is told, nothing becomes an incident', async () => {
    const story = scenario({ beatMs });
    story.linkIsCut(dublin, ohio, { from: '00:03:00', to: '00:04:00' });
    const ending = await story.endsAt('00:10:00');
    expect(ending.said).toEqual([]);
    expect(ending.concluded).toEqual([]);
    expect(ending.broken).toEqual([]);
  });

  it('for one minute: both keep watching all the while', async () => {
    const story = scenario({ beatMs });
    story.linkIsCut(dublin, ohio, { from: '00:03:00', to: '00:04:00' });
    const ending = await story.endsAt('00:10:00');
    const expected = 60_000 / beatMs;
    expect(ending.rounds(dublin, { from: '00:03:00', to: '00:04:00' })).toBeGreaterThanOrEqual(expected - 1);
    expect(ending.rounds(ohio, { from: '00:03:00', to: '00:04:00' })).toBeGreaterThanOrEqual(expected - 1);
  });

  it('three times in a row: still nobody is told, and they fight over nothing', async () => {
    const story = scenario({ beatMs });
    story.linkIsCut(dublin, ohio, { from: '00:03:00', to: '00:04:00' });
    story.linkIsCut(dublin, ohio, { from: '00:06:00', to: '00:07:00' });
    story.linkIsCut(dublin, ohio, { from: '00:09:00', to: '00:10:00' });
    const ending = await story.endsAt('00:15:00');
    expect(ending.said).toEqual([]);
    expect(ending.concluded).toEqual([]);
    expect(ending.broken).toEqual([]);
  });

  it('in one direction only: still nobody is told', async () => {
    const story = scenario({ beatMs });
    story.linkIsCutOneWay(dublin, ohio, { from: '00:03:00', to: '00:04:00' });
    const ending = await story.endsAt('00:10:00');
    expect(ending.said).toEqual([]);
    expect(ending.concluded).toEqual([]);
  });

  it('while a target goes down: both sides tell the same incident, and after the heal hold the same history', async () => {
    const story = scenario({ beatMs });
    story.linkIsCut(dublin, ohio, { from: '00:05:00', to: '00:09:00' });
    story.targetIsDown('service-001', { seenFrom: [dublin, ohio], from: '00:04:50', to: '00:11:00' });
    const ending = await story.endsAt('00:20:00');
    expect(ending.firstSaidAt('service-001 is DOWN')).toBeDefined();
    expect(ending.seenThrough(dublin).incidents).toEqual(ending.seenThrough(ohio).incidents);
    expect(ending.seenThrough(dublin).incidents).toEqual(ending.seenThrough(frankfurt).incidents);
    expect(ending.seenThrough(dublin).incidents.map((incident) => incident.state)).toEqual(['resolved']);
    expect(ending.broken).toEqual([]);
  });
});
