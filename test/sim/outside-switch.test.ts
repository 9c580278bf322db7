import { minute, second } from '../../src/core/basics/time';
import { brokenBy, dark, withPorts } from './checkers/broken-engines';
import { Environment } from './environment';
import { Events } from './events';
import type { Fault } from './faults';
import { OutsideSwitches } from './outside-switch';
import { realEngine } from './real-engine';
import { runSeed } from './seed';
import { dublin, frankfurt, ohio } from './settings';
import { at } from './time-of-story';

const everybody = [dublin, ohio, frankfurt];
const pagedOf = (pages: readonly { readonly region: string }[]): readonly string[] => pages.map(({ region }) => region).sort();

describe('the switches outside', () => {
  const allDark = everybody.map((region): Fault => ({ ...dark, region, ends: at('00:14:00') }));

  it('are all that is left when every region is dark, and each of them rings', async () => {
    const { violations, world } = await runSeed({ seed: 3, engine: realEngine, faults: allDark, monitors: 1, beatMs: minute, untilMs: at('00:14:00') });
    expect(violations.filter(({ promise }) => promise === 'L2')).toEqual([]);
    expect(pagedOf(world.history.outsidePages)).toEqual([...everybody].sort());
  });

  it('ring, too, where one region is dark and no message leaves the others', async () => {
    const silent = withPorts(() => ({ topics: { publish: () => Promise.reject(new Error('no topic works')) } }));
    const { world } = await runSeed({
      seed: 3,
      engine: silent,
      faults: [{ ...dark, ends: at('00:14:00') }],
      monitors: 1,
      beatMs: minute,
      untilMs: at('00:14:00'),
    });
    expect(pagedOf(world.history.outsidePages)).toEqual([...everybody].sort());
  });

  it('that nobody tells ring for nobody: L2 is broken', async () => {
    const untold = withPorts(() => ({ outside: { ping: async () => ({ kind: 'taken' }) } }));
    expect(await brokenBy(untold, allDark, { until: '00:14:00' })).toContain('L2');
  });

  it.each([minute, 10 * second])('are told about once a minute, and not more often, with beats of %d ms', async (beatMs) => {
    const { world } = await runSeed({ seed: 3, engine: realEngine, faults: [], monitors: 1, beatMs, untilMs: at('00:13:00') });
    for (const region of everybody) {
      const times = world.history.outsidePings.filter((ping) => ping.region === region).map((ping) => ping.at);
      expect(times.length).toBeGreaterThanOrEqual(9);
      expect(times.length).toBeLessThanOrEqual(16);
    }
    expect(world.history.outsidePages).toEqual([]);
  });

  it('ring once, five minutes after they were told last, and not if they were never told', async () => {
    const events = new Events(0);
    const outside = new OutsideSwitches(
      events,
      everybody.map((region) => ({ region, pingUrl: `https://switch.example/${region}` })),
    );
    const pages: string[] = [];
    outside.onPage = (region) => pages.push(`${region} at ${Math.floor(events.now / minute)} min`);
    const tell = (region: typeof dublin): void => {
      const environment = new Environment({ region, role: 'watchdog', bootId: region });
      void outside.outsideFor(environment).ping(`https://switch.example/${region}`, second);
    };
    for (let count = 1; count <= 10; count += 1) {
      await events.runUntil(count * minute);
      tell(dublin);
      if (count === 3) tell(ohio);
    }
    await events.runUntil(30 * minute);
    expect(pages).toEqual(['us-east-2 at 8 min', 'eu-west-1 at 15 min']);
  });
});
