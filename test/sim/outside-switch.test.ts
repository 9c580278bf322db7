import { minute } from '../../src/core/basics/time';
import { brokenBy, dark, withPorts } from './checkers/broken-engines';
import { Events } from './events';
import type { Fault } from './faults';
import { OutsideSwitch } from './outside-switch';
import { realEngine } from './real-engine';
import { runSeed } from './seed';
import { dublin, frankfurt, ohio } from './settings';
import { at } from './time-of-story';

jest.setTimeout(60_000);

describe('the switch outside', () => {
  const allDark = [dublin, ohio, frankfurt].map((region): Fault => ({ ...dark, region, ends: at('00:14:00') }));

  it('is all that is left when every region is dark, and pages for each prober', async () => {
    const { violations, world } = await runSeed({ seed: 3, engine: realEngine, faults: allDark, monitors: 1, beatMs: minute, untilMs: at('00:14:00') });
    expect(violations.filter(({ promise }) => promise === 'L2')).toEqual([]);
    expect(world.history.outsidePages.map(({ region }) => region).sort()).toEqual([dublin, ohio].sort());
  });

  it('that is not told of beats pages nobody: L2 is broken', async () => {
    const unheard = withPorts(() => ({ beatMetrics: { publish: async () => undefined } }));
    expect(await brokenBy(unheard, allDark, { until: '00:14:00' })).toContain('L2');
  });

  it('pages once, five minutes after it heard of a prober last, and not of one that it never heard of', async () => {
    const events = new Events(0);
    const outside = new OutsideSwitch(events);
    const pages: string[] = [];
    outside.onPage = (region) => pages.push(`${region} at ${events.now / minute} min`);
    for (let count = 1; count <= 10; count += 1) {
      await events.runUntil(count * minute);
      outside.hear(dublin);
      if (count === 3) outside.hear(ohio);
    }
    await events.runUntil(30 * minute);
    expect(pages).toEqual(['us-east-2 at 8 min', 'eu-west-1 at 15 min']);
  });
});
