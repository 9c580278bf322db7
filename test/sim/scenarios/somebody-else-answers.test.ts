import { minute, second } from '../../../src/core/basics/time';
import { dublin, ohio } from '../settings';
import { at } from '../time-of-story';
import { scenario } from './scenario';

const during = { from: '00:04:10', to: '00:09:10' };
const one = 'service-001';
const two = 'service-002';

describe.each([{ beatMs: 10 * second }, { beatMs: minute }])('with beats of $beatMs ms', ({ beatMs }) => {
  it('two monitors that the same stranger answers are told by one page, as soon as an outage would be, and never as down', async () => {
    const story = scenario({ beatMs, monitors: 3 });
    for (const monitor of [one, two]) story.targetIsDown(monitor, { ...during, seenFrom: [dublin, ohio], symptom: 'impersonated' });
    const ending = await story.endsInCalm();
    expect(ending.broken).toEqual([]);
    expect(new Set(ending.said.map((line) => line.replace(/^[^:]*: /, '')))).toEqual(
      new Set([`PAGE ${one} is MISIDENTIFIED: who answers has not proven to be it (confirmed)`, `RESOLVED ${one} is answered by itself again`]),
    );
    expect(new Set(ending.concluded)).toEqual(new Set([one, two].flatMap((monitor) => [`opened ${monitor}:identity`, `resolved ${monitor}:identity`])));
    expect(ending.firstSaidAt('MISIDENTIFIED')).toBeLessThanOrEqual(at(during.from) + 1.5 * beatMs + 5 * second);
  });

  it('is shown meanwhile, and from one region only it is told as well', async () => {
    const story = scenario({ beatMs, monitors: 1 });
    story.targetIsDown(one, { from: '00:04:10', to: '00:20:10', seenFrom: [dublin], symptom: 'impersonated' });
    const ending = await story.endsAt('00:15:00');
    expect(ending.seenThrough(ohio).monitors[0]).toMatchObject({ verdict: 'misidentified', reason: 'somebody-else-answers', certainty: 'confirmed' });
    expect(ending.concluded).toEqual(expect.arrayContaining([`opened ${one}:identity`]));
    expect(ending.concluded).not.toContain(`opened ${one}:availability`);
  });
});
