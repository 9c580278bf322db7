import { instant, type RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { runProber, runWatchdog, type World } from '../../src/engine/invocation';
import type { Replica } from '../../src/engine/ports';
import { append, incidentsOf } from '../../src/engine/region-log';
import { at, config, east, middle, opened, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const never = (): Promise<never> => new Promise(() => undefined);
const slow = (region: RegionId): Replica => ({ region, get: never, query: never, put: never, putIfAbsent: never, putIfNewer: never });

/** The function of eu-west-1 that runs every ten seconds; of these regions no store answers in time. */
function slowWorld(role: 'prober' | 'watchdog'): { readonly small: SmallWorld; readonly slowly: Set<RegionId>; readonly world: World } {
  const small = smallWorld({ config: config({ beatIntervalMs: 10 * second }), self: { role }, now: at('00:10:00') });
  const slowly = new Set<RegionId>();
  const { replica } = small.world.ports;
  return { small, slowly, world: { ...small.world, ports: { ...small.world.ports, replica: (of) => (slowly.has(of) ? slow(of) : replica(of)) } } };
}

/** Runs it with so little time left, and says by how much it ended too late. */
async function lateMs({ small, world }: ReturnType<typeof slowWorld>, leftMs: number): Promise<number> {
  const endsAt = small.now + leftMs;
  const run = world.self.role === 'prober' ? runProber : runWatchdog;
  await run({}, { ...world, invocation: timeLeft(small, leftMs) });
  return Math.max(0, small.now - endsAt);
}

describe('where stores are slow', () => {
  it.each([26, 30, 50, 90])('a watchdog that has %i s left ends before it is killed', async (seconds) => {
    const slowed = slowWorld('watchdog');
    const { small, slowly, world } = slowed;
    for (const subject of ['shop', 'bank', 'post'])
      await append(world, opened({ key: `${subject}:availability`, subject, evidence: { [west]: slot('00:10') } }));
    for (const region of [west, east, middle]) slowly.add(region);
    expect(await lateMs(slowed, seconds * second)).toBe(0);
    small.now = instant(small.now + minute);
    slowly.clear();
    await lateMs(slowed, 90 * second);
    expect(incidentsOf(world.memory.log)).toHaveLength(3);
    expect(small.published.length).toBeGreaterThan(0);
  });

  it.each([12, 14, 20])('a prober that has %i s left ends before it is killed', async (seconds) => {
    const slowed = slowWorld('prober');
    await append(slowed.world, opened({ evidence: { [west]: slot('00:10') } }));
    slowed.slowly.add(west);
    expect(await lateMs(slowed, seconds * second)).toBe(0);
  });
});
