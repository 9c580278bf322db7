/** While a new version is rolled out, region by region, each region's functions read what the other version has written. */
import { createReplica } from '../../src/adapters/dynamodb/replica';
import { type Instant, instant, type RegionId } from '../../src/core/basics/brand';
import { isoTime, minute } from '../../src/core/basics/time';
import { createMemory, runProber, runWatchdog, type World } from '../../src/engine/invocation';
import { createOverview } from '../../src/engine/overview';
import { type Engine, hasDynoxide, startDynalite, startDynoxide } from '../adapters/engines';
import { at, attempt, config, east, middle, monitor, west } from '../core/builders';
import { type Version, versionOf, whyNot } from './older-version';
import { withRealTimers } from './real-timers';
import { smallWorld, timeLeft } from './small-world';

/** The oldest commit whose items are read today: since then heads, beats and watch records are packed. */
const oldest = '92f9473';

const missing = whyNot(oldest);
const today: Version = { runProber, runWatchdog, createMemory, createReplica, createOverview };
const watched = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });
const everywhere = [west, east, middle];

let engine: Engine;
beforeEach(async () => {
  engine = await (hasDynoxide ? startDynoxide() : startDynalite());
});
afterEach(() => engine.close());

/** All regions on one table, each with the version that it has at the time. */
function rollOut(versions: Record<RegionId, Version>) {
  const small = smallWorld({ config: watched, now: at('00:00:02') });
  const replicaBy = (version: Version) => (region: RegionId) =>
    version.createReplica({ region, timeoutMs: 5000, isConsistent: () => true, client: engine.client as never });
  const warm = new Map<string, World>();
  const worldOf = (role: 'prober' | 'watchdog', region: RegionId): World => {
    const made = small.another({ role, region, bootId: `${role}-${region}` });
    const memory = versions[region]!.createMemory();
    const world = warm.get(`${role} ${region}`) ?? {
      ...made,
      memory,
      ports: { ...made.ports, clock: withRealTimers(made.ports.clock), replica: replicaBy(versions[region]!) },
    };
    warm.set(`${role} ${region}`, world);
    return { ...world, invocation: timeLeft(small, 20_000) };
  };
  return {
    small,
    async minutes(from: string, to: string, probers: readonly RegionId[] = [west, east]) {
      for (let time: Instant = at(from); time < at(to); time = instant(time + minute)) {
        small.now = instant(time + 2000);
        for (const region of probers) await versions[region]!.runProber({ scheduledTime: isoTime(time) }, worldOf('prober', region));
        small.now = instant(time + minute / 2 + 1000);
        for (const region of everywhere) await versions[region]!.runWatchdog({ scheduledTime: isoTime(time) }, worldOf('watchdog', region));
      }
    },
    /** Its environments are new, as after a deployment. */
    deploy(region: RegionId, version: Version) {
      versions[region] = version;
      for (const role of ['prober', 'watchdog']) warm.delete(`${role} ${region}`);
    },
    told: () => small.published.map(({ message }) => message.subject),
    async seenBy(version: Version) {
      const overview = version.createOverview({
        config: watched,
        clock: withRealTimers(small.world.ports.clock),
        replicas: [replicaBy(version)(west)],
        lookLimitMs: 10_000,
      });
      await overview.refresh();
      const { monitors, watches, incidents } = overview.status();
      const { reports } = await overview.reports({ from: at('00:00'), to: small.now });
      const inOrder = [...watches].sort((one, other) => (`${one.observer} ${one.subject}` < `${other.observer} ${other.subject}` ? -1 : 1));
      return { monitors, watches: inOrder, incidents, availability: reports };
    },
  };
}

const named = missing === undefined ? describe : describe.skip;

named(`the version of ${oldest} beside today's${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  const older = missing === undefined ? versionOf(oldest) : today;

  const places: readonly (readonly [string, () => Record<RegionId, Version>])[] = [
    ['in one of two regions', () => ({ [west]: today, [east]: older, [middle]: older })],
    ['in all regions but one', () => ({ [west]: older, [east]: today, [middle]: today })],
  ];

  it.each(places)('%s: nobody is accused, and an outage is told once, confirmed by both, and resolved once', async (_where, versions) => {
    const all = rollOut(versions());
    await all.minutes('00:00', '00:03');
    expect(all.told()).toEqual([]);
    all.small.seen = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });
    await all.minutes('00:03', '00:05');
    all.small.seen = () => attempt();
    await all.minutes('00:05', '00:07');
    expect(all.told()).toEqual(['PAGE shop is DOWN (confirmed)', expect.stringMatching(/^RESOLVED shop/)]);
    expect(new Set((await all.seenBy(today)).watches.map(({ state }) => state))).toEqual(new Set(['reporting']));
  });

  it.each(places)('%s: a prober that falls silent is named', async (_where, versions) => {
    const all = rollOut(versions());
    await all.minutes('00:00', '00:03');
    await all.minutes('00:03', '00:08', [west]);
    expect(all.told()).toEqual([expect.stringMatching(/^PAGE prober:us-east-2 is SILENT/)]);
    await all.minutes('00:08', '00:11');
    expect(all.told().at(-1)).toMatch(/^RESOLVED prober:us-east-2/);
  });

  it('a roll-out in the middle of an outage, and its roll-back: one incident, told once, by whatever version', async () => {
    const all = rollOut({ [west]: older, [east]: older, [middle]: older });
    await all.minutes('00:00', '00:03');
    all.small.seen = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });
    await all.minutes('00:03', '00:05');
    for (const [region, from, to] of [
      [west, '00:05', '00:06'],
      [east, '00:06', '00:07'],
      [middle, '00:07', '00:08'],
    ] as const) {
      all.deploy(region, today);
      await all.minutes(from, to);
    }
    all.deploy(west, older);
    await all.minutes('00:08', '00:09');
    expect(all.told()).toEqual(['PAGE shop is DOWN (confirmed)']);
    all.small.seen = () => attempt();
    await all.minutes('00:09', '00:12');
    expect(all.told()).toEqual(['PAGE shop is DOWN (confirmed)', expect.stringMatching(/^RESOLVED shop/)]);
  });

  it('both tell the same of one table', async () => {
    const all = rollOut({ [west]: today, [east]: older, [middle]: today });
    await all.minutes('00:00', '00:02');
    all.small.seen = () => attempt({ reason: 'status', detail: 'status 503, wanted 2xx' });
    await all.minutes('00:02', '00:04');
    expect(await all.seenBy(older)).toEqual(await all.seenBy(today));
  });
});
