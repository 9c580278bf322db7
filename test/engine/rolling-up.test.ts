import { type Instant, instant, monitorId, type RegionId, slotAt } from '../../src/core/basics/brand';
import { day, hour, minute, second } from '../../src/core/basics/time';
import { type BeatMark, encodeBeat, type RoundFacts } from '../../src/core/beat';
import type { Config } from '../../src/core/config/config';
import { decodeHour } from '../../src/core/hour';
import { encodeLogEntry } from '../../src/core/log-item';
import { noPhases } from '../../src/core/observation';
import type { World } from '../../src/engine/invocation';
import { createOverview } from '../../src/engine/overview';
import type { Replica } from '../../src/engine/ports';
import { rollUp } from '../../src/engine/rolling-up';
import { at, config, east, entry, middle, monitor, opened, resolved, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld } from './small-world';

const watched = ['pay', 'shop'].map((id) => monitor({ id: monitorId(id), intervalMs: minute }));
const settings = config({ monitors: watched, beatIntervalMs: minute });
const ok: BeatMark = { outcome: 'ok', phases: { ...noPhases, firstByteMs: 80 }, reason: 'ok', detail: '' };

/** Two probers that beat every minute; each region has a store of its own, unless they share one. */
interface Place {
  readonly small: SmallWorld;
  readonly watchdog: (region: RegionId) => World;
  readonly beats: (
    region: RegionId,
    from: Instant,
    to: Instant,
    over?: { readonly mark?: Partial<BeatMark>; readonly into?: RegionId; readonly of?: Config },
  ) => void;
  /** Revisions that are stored for each hour, as `04#0`. */
  readonly stored: (region: RegionId, into?: RegionId) => readonly string[];
  /** Forgets every beat, as the table does after 35 days. */
  readonly expireBeats: () => void;
  readonly report: (
    from: Instant,
    to: Instant,
    replicas?: readonly RegionId[],
  ) => Promise<NonNullable<Awaited<ReturnType<ReturnType<typeof createOverview>['report']>>>>;
}

function place(now: Instant, { config: of = settings } = {}): Place {
  const small = smallWorld({ config: of, now });
  for (const region of [west, east, middle]) small.stores.set(region, new Store());
  return {
    small,
    watchdog: (region) => small.another({ region, role: 'watchdog', config: of }),
    beats: (region, from, to, { mark = {}, into = region, of: made = of } = {}) => {
      for (let time: number = from; time < to; time += minute) {
        const marks = made.monitors.map(() => ({ ...ok, ...mark }));
        small.stores.get(into)!.apply({ item: encodeBeat({ ...round(region, time, made), marks }, region), writtenAs: time });
      }
    },
    stored: (region, into = region) =>
      (small.stores.get(into)?.query(`HOUR#${region}#2026-11`, '', '~') ?? []).flatMap((item) => {
        const found = decodeHour(item);
        return found === undefined ? [] : [`${item.sk.slice(11, 13)}#${found.revision}`];
      }),
    expireBeats: () => {
      for (const [region, store] of small.stores) {
        const kept = new Store();
        for (const item of store.all()) if (!item.pk.startsWith('BEAT#')) kept.apply({ item, writtenAs: 1 });
        small.stores.set(region, kept);
      }
    },
    report: async (from, to, replicas = [west, east]) => {
      const overview = createOverview({ config: of, clock: small.world.ports.clock, replicas: replicas.map(small.world.ports.replica) });
      return (await overview.report({ monitor: 'shop', from, to }))!;
    },
  };
}

function round(region: RegionId, time: number, made: Config): RoundFacts {
  const times = { startedAt: instant(time), finishedAt: instant(time + 500) };
  const facts = { configHash: made.hash, configMadeAt: made.madeAt, codeVersion: '0.1.0', bootId: 'boot' };
  return { region, slot: slotAt(time / second), by: 'schedule', canaries: 'right', covered: 2, expected: 2, seen: {}, ...times, ...facts };
}

async function lookUntil({ small }: Place, world: World, until: Instant): Promise<void> {
  for (; small.now < until; small.now = instant(small.now + 10 * minute)) await rollUp(world);
}

describe('an hour that is over', () => {
  it('is rolled up once by the watchdog of its region, ten minutes later', async () => {
    const here = place(at('05:05'));
    here.beats(west, at('03:00'), at('05:20'));
    const world = here.watchdog(west);
    await rollUp(world);
    expect(here.stored(west)).toEqual(['03#0']);
    here.small.now = at('05:10');
    await rollUp(world);
    await rollUp(world);
    await rollUp(here.watchdog(west));
    expect(here.stored(west)).toEqual(['03#0', '04#0']);
    expect(here.stored(east, west)).toEqual([]);
  });

  it('is rolled up by no witness, and not before anything was observed', async () => {
    const here = place(at('05:30'));
    await rollUp(here.watchdog(middle));
    await rollUp(here.watchdog(west));
    expect([here.stored(middle), here.stored(west)]).toEqual([[], []]);
  });

  it('is rolled up when the replica at home answers again: never as if nothing had been there', async () => {
    const here = place(at('05:30'));
    here.beats(west, at('04:00'), at('05:30'));
    const world = here.watchdog(west);
    here.small.refusing.replicas.add(west);
    await rollUp(world);
    here.small.refusing.replicas.clear();
    expect(here.stored(west)).toEqual([]);
    await rollUp(world);
    expect(here.stored(west)).toEqual(['04#0']);
  });

  it('is caught up with after a long absence, a few hours at a time', async () => {
    const here = place(at('01:15'));
    here.beats(west, at('00:00'), at('01:15'));
    await rollUp(here.watchdog(west));
    here.small.now = at('09:30');
    const again = here.watchdog(west);
    await rollUp(again);
    expect(here.stored(west)).toEqual(['00#0', '01#0', '02#0', '03#0']);
    for (let look = 0; look < 4; look += 1) await rollUp(again);
    expect(here.stored(west).at(-1)).toBe('08#0');
  });
});

it('a report of a region that has just begun does not look for beats in the month before', async () => {
  const here = place(at('05:05'));
  await rollUp(here.watchdog(west));
  await rollUp(here.watchdog(east));
  here.beats(west, at('05:00'), at('05:20'));
  here.small.now = at('05:20');
  let queries = 0;
  const replicaOf = (region: RegionId): Replica => {
    const real = here.small.world.ports.replica(region);
    return { ...real, query: (...asked) => real.query(...asked).finally(() => queries++) };
  };
  const overview = createOverview({ config: settings, clock: here.small.world.ports.clock, replicas: [west, east].map(replicaOf) });
  const told = await overview.report({ monitor: 'shop', from: instant(at('05:20') - 30 * day), to: at('05:20') });
  expect(told).toMatchObject({ upMs: 20 * minute, gaps: [{ cause: 'before the first observation' }] });
  expect(queries).toBeLessThan(200);
});

describe('beats that come late', () => {
  it('make a further revision, beside the one before; what is the same makes none', async () => {
    const here = place(at('05:10'));
    here.beats(west, at('04:00'), at('04:30'));
    here.beats(west, at('05:00'), at('07:00'));
    const world = here.watchdog(west);
    await rollUp(world);
    here.beats(west, at('04:30'), at('05:00'), { into: east });
    await lookUntil(here, world, at('07:00'));
    expect(here.stored(west)).toEqual(['04#0', '04#1', '05#0']);
    const told = await here.report(at('04:00'), at('05:00'));
    expect(told).toMatchObject({ upMs: hour, segments: [{ state: 'up', revision: 1 }] });
    expect(told.revisedHours).toMatchObject([
      { region: west, revision: 0, upMs: 30 * minute, unknownMs: 30 * minute },
      { region: west, revision: 1, upMs: hour, unknownMs: 0 },
    ]);
  });

  it('are looked for a day later, too', async () => {
    const here = place(at('05:10'));
    here.beats(west, at('04:00'), at('04:30'));
    const world = here.watchdog(west);
    await lookUntil(here, world, at('07:00'));
    here.beats(west, at('04:30'), at('05:00'), { into: east });
    await lookUntil(here, world, instant(at('06:20') + day));
    expect(here.stored(west).filter((name) => name.startsWith('04'))).toEqual(['04#0', '04#1', '04#0']);
  });
});

describe('a report when the beats have expired', () => {
  it('tells the same as it did before, of every window', async () => {
    const here = place(at('08:00'));
    here.beats(west, at('03:20'), at('04:10'));
    here.beats(west, at('04:10'), at('04:25'), { mark: { outcome: 'failed', reason: 'status' } });
    here.beats(west, at('04:25'), at('05:30'), { mark: { outcome: 'skipped', reason: 'deadline' } });
    here.beats(east, at('05:00'), at('07:00'));
    const windows = [
      [at('03:00'), at('07:00')],
      [at('04:05'), at('05:31')],
      [at('00:00'), at('03:30')],
    ] as const;
    const before = [];
    for (const [from, to] of windows) before.push(await here.report(from, to));
    for (const region of [west, east]) await lookUntil(here, here.watchdog(region), instant(here.small.now + 30 * minute));
    here.expireBeats();
    here.small.now = instant(here.small.now + 60 * day);
    for (const [index, [from, to]] of windows.entries()) {
      const { segments: _segments, latency: _latency, ...after } = await here.report(from, to);
      const { segments: _before, latency: _earlier, ...told } = before[index]!;
      expect(after).toEqual(told);
      expect(after.upMs + after.downMs + after.unknownMs + after.pausedMs).toBe(to - from);
    }
  });

  it('says no data of a month before the monitor existed, never that all was up', async () => {
    const here = place(at('05:10'));
    here.beats(west, at('04:00'), at('05:00'));
    await rollUp(here.watchdog(west));
    here.expireBeats();
    const [from, to] = [instant(Date.parse('2026-10-01T00:00:00Z')), instant(Date.parse('2026-11-01T00:00:00Z'))];
    const told = await here.report(from, to);
    expect(told).toMatchObject({ known: null, coverage: 0, summary: 'no data · coverage 0 %', unknownMs: to - from });
    expect(told.gaps).toMatchObject([{ cause: 'before the first observation' }]);
  });

  it('says of silence after the first observation that nobody reported, months later', async () => {
    const here = place(at('05:10'));
    here.beats(west, at('04:00'), at('05:00'));
    await rollUp(here.watchdog(west));
    here.expireBeats();
    here.small.now = instant(at('05:10') + 90 * day);
    const told = await here.report(instant(at('05:00') + 80 * day), instant(at('05:00') + 81 * day));
    expect(told.gaps).toMatchObject([{ cause: 'no prober reported' }]);
  });

  it('is told from any replica, with the latency of each region and the incidents of the window', async () => {
    const here = place(at('05:10'));
    here.beats(west, at('04:00'), at('05:00'));
    await rollUp(here.watchdog(west));
    for (const item of here.small.stores.get(west)!.all()) here.small.stores.get(middle)!.apply({ item, writtenAs: 1 });
    const replica = here.small.world.ports.replica(middle);
    await replica.put(encodeLogEntry(entry(opened(), { at: at('04:10') })));
    await replica.put(encodeLogEntry(entry(resolved(), { at: at('04:20'), n: 2 })));
    here.expireBeats();
    here.small.now = instant(at('05:10') + 100 * day);
    const told = await here.report(at('04:00'), at('05:00'), [middle]);
    expect(told.upMs).toBe(hour);
    expect(told.latency).toMatchObject([{ region: west, answers: 60, medianMs: expect.any(Number) }]);
    expect(told.incidents).toMatchObject([{ subject: 'shop', condition: 'down', state: 'resolved', openedAt: '2026-11-21T04:10:00.000Z' }]);
  });
});
