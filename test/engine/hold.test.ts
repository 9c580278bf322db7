import { type Instant, instant, type RegionId, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { encodeBeat } from '../../src/core/beat';
import type { Config, Maintenance } from '../../src/core/config/config';
import { noPhases } from '../../src/core/observation';
import { writeHeld } from '../../src/engine/hold';
import { createOverview } from '../../src/engine/overview';
import { logEntries } from '../../src/engine/region-log';
import { runVigil } from '../../src/engine/vigil';
import { at, config, east, middle, west } from '../core/builders';
import { Store } from '../sim/store';
import { type SmallWorld, smallWorld } from './small-world';

const once: Maintenance = { of: { kind: 'all' }, times: { kind: 'once', from: at('01:10'), to: at('01:30') }, why: 'backups' };
const nightly: Maintenance = { of: { kind: 'all' }, times: { kind: 'cron', cron: '10 1 * * *', timezone: 'UTC', forMs: 20 * minute } };
const settings = config({ witness: undefined } as never);

/** A monitor that fails all the time, watched by a region whose file may change. */
function watched(maintenance: readonly Maintenance[]) {
  const small = smallWorld({ config: { ...settings, maintenance }, now: at('01:00'), self: { role: 'watchdog' } });
  const store = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, store);
  for (let time: number = at('01:00'); time < at('02:00'); time += 10 * second) store.apply({ item: failedBeat(west, instant(time)), writtenAs: time });
  return small;
}

function failedBeat(region: RegionId, time: Instant) {
  const facts = { by: 'schedule', canaries: 'right', covered: 1, expected: 1, seen: {}, codeVersion: '0.1.0', bootId: 'boot' } as const;
  const times = { slot: slotAt(time / second), startedAt: time, finishedAt: instant(time + 500), configHash: settings.hash, configMadeAt: settings.madeAt };
  return encodeBeat({ region, ...facts, ...times, marks: [{ outcome: 'failed', phases: noPhases, reason: 'status', detail: '' }] }, region);
}

async function looksAt(small: SmallWorld, ...times: readonly string[]): Promise<void> {
  for (const time of times) {
    small.now = at(time);
    await writeHeld(small.world);
  }
}

/** As it is reported by a file that may be another one. */
async function reported(small: SmallWorld, maintenance: readonly Maintenance[], asked = '02:00') {
  small.now = at(asked);
  const now: Config = { ...settings, maintenance };
  const replicas = [west, east].map(small.world.ports.replica);
  const overview = createOverview({ config: now, clock: small.world.ports.clock, replicas, calendar: small.world.ports.calendar });
  const report = await overview.report({ monitor: 'shop', from: at('01:00'), to: at(asked) });
  return { pausedMs: report!.pausedMs, whys: report!.segments.filter(({ state }) => state === 'paused').map(({ why }) => why) };
}

const held = (small: SmallWorld) => logEntries(small.world.memory.log).filter(({ body }) => body.kind === 'held');

describe('time that was paused by the file', () => {
  it.each([
    ['once', once, 'maintenance by twinwatch.yaml: backups'],
    ['by a calendar', nightly, 'maintenance by twinwatch.yaml'],
  ])('%s stays paused, and says why, when the window is no longer in the file', async (_how, window, why) => {
    const small = watched([window]);
    await looksAt(small, '01:09', '01:10', '01:11', '01:29', '01:30', '01:31');
    expect(held(small)).toHaveLength(1);
    expect(await reported(small, [window])).toEqual({ pausedMs: 20 * minute, whys: [why] });
    expect(await reported(small, [])).toEqual({ pausedMs: 20 * minute, whys: [why] });
  });

  it('is not made of time that was over when the window came into the file', async () => {
    const small = watched([]);
    await looksAt(small, '01:10', '01:20', '01:40');
    expect(await reported(small, [once])).toEqual({ pausedMs: 0, whys: [] });
    expect(await reported(small, [nightly])).toEqual({ pausedMs: 0, whys: [] });
  });

  it('counts at once, before a watchdog has looked', async () => {
    expect(await reported(watched([once]), [once], '01:11')).toEqual({ pausedMs: minute, whys: ['maintenance by twinwatch.yaml: backups'] });
  });

  it('is written down by every vigil that finds it not written', async () => {
    const small = watched([once]);
    small.now = at('01:12');
    await runVigil(small.world, at('01:12'));
    await runVigil(small.world, at('01:12'));
    expect(held(small).map(({ body }) => body)).toEqual([expect.objectContaining({ from: at('01:10'), to: at('01:30') })]);
  });

  it('that the table does not take is written at a later look', async () => {
    const small = watched([once]);
    for (const region of [west, east, middle]) small.refusing.replicas.add(region);
    await looksAt(small, '01:10');
    expect(held(small)).toEqual([]);
    small.refusing.replicas.clear();
    await looksAt(small, '01:11');
    expect(await reported(small, [])).toMatchObject({ pausedMs: 20 * minute });
  });
});
