import { type Instant, instant, type RegionId, slotAt } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { type BeatMark, encodeBeat, type RoundFacts } from '../../src/core/beat';
import { encodeOrder, type Order } from '../../src/core/orders/order';
import { createOverview } from '../../src/engine/overview';
import { at, config, east, middle, seconds, west } from '../core/builders';
import { Store } from '../sim/store';
import { smallWorld } from './small-world';

const settings = config();
const from0 = at('01:00');
const ok: BeatMark = { outcome: 'ok', phases: { dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, transferMs: 0 }, reason: 'ok', detail: '' };

/** Beats in one store for all regions, and whoever asks for a report of them. */
function shelf(now: Instant) {
  const small = smallWorld({ config: settings, now });
  const store = new Store();
  for (const region of [west, east, middle]) small.stores.set(region, store);
  const overview = createOverview({ config: settings, clock: small.world.ports.clock, replicas: [west, east].map(small.world.ports.replica) });
  return {
    beats: (region: RegionId, from: Instant, to: Instant, over: { readonly round?: Partial<RoundFacts>; readonly mark?: Partial<BeatMark> } = {}) => {
      for (let time: number = from; time < to; time += 10 * second) {
        const item = encodeBeat({ ...roundOf(region, time), ...over.round, marks: [{ ...ok, ...over.mark }] }, region);
        store.apply({ item, writtenAs: time });
      }
    },
    order: (over: Partial<Order>) =>
      small.world.ports
        .replica(west)
        .put(
          encodeOrder({ id: 'o-1', region: west, at: from0, by: 'ana', from: from0, to: from0, asked: { kind: 'maintenance', of: { kind: 'all' } }, ...over }),
        ),
    report: async (from: Instant, to: Instant) => (await overview.report({ monitor: 'shop', from, to }))!,
  };
}

function roundOf(region: RegionId, time: number): RoundFacts {
  const times = { startedAt: instant(time), finishedAt: instant(time + 500) };
  const config = { configHash: settings.hash, configMadeAt: settings.madeAt, codeVersion: '0.1.0', bootId: 'boot' };
  return { region, slot: slotAt(time / second), by: 'schedule', canaries: 'right', covered: 1, expected: 1, seen: {}, ...times, ...config };
}

describe('a report of stored beats', () => {
  it('says no data of a window before the first observation, never that all was up', async () => {
    const { beats, report } = shelf(at('02:00'));
    beats(west, at('01:00'), at('02:00'));
    const early = await report(at('00:00'), at('00:30'));
    expect(early).toMatchObject({ known: null, coverage: 0, bounds: [0, 1], summary: 'no data · coverage 0 %' });
    expect(early.gaps).toMatchObject([{ cause: 'before the first observation', why: '' }]);
  });

  it.each([
    ['an hour', 3600],
    ['five hours', 5 * 3600],
    ['two days', 2 * 86_400],
  ])('a window that begins unwatched was not before the first observation of %s earlier', async (_age, earlier) => {
    const { beats, report } = shelf(at('02:00'));
    beats(west, seconds(3600 - earlier), seconds(3600 - earlier + 600));
    beats(west, at('01:10'), at('02:00'));
    const { gaps } = await report(at('01:00'), at('02:00'));
    expect(gaps.map(({ cause }) => cause)).toEqual(['no prober reported']);
  });

  it('does not count what a prober says that cannot be believed, and says why', async () => {
    const { beats, report } = shelf(at('02:00'));
    beats(west, at('01:00'), at('01:10'));
    beats(west, at('01:10'), at('01:20'), { round: { canaries: 'closed-port-answered' } });
    beats(west, at('01:20'), at('02:00'));
    const told = await report(at('01:00'), at('01:30'));
    expect(told.unknownMs).toBe(10 * minute);
    expect(told.gaps).toMatchObject([
      {
        cause: 'probers reported but did not cover this monitor',
        why: 'eu-west-1 could not be believed (canaries: closed-port-answered), nothing was said of us-east-2',
      },
    ]);
  });

  it('does not count what a round skipped, and says why', async () => {
    const { beats, report } = shelf(at('02:00'));
    beats(west, at('01:00'), at('01:30'), { mark: { outcome: 'skipped', reason: 'deadline' } });
    expect((await report(at('01:00'), at('01:30'))).gaps[0]?.why).toBe('eu-west-1 skipped it (deadline), nothing was said of us-east-2');
  });

  it('tells the same of a window as of its parts, wherever it is cut', async () => {
    const { beats, report } = shelf(at('02:00'));
    beats(west, at('01:00'), at('01:10'));
    beats(west, instant(at('01:10') + 3 * second), at('01:20'), { mark: { outcome: 'failed', reason: 'status' } });
    beats(east, at('01:25'), at('01:40'));
    const whole = await report(at('00:50'), at('01:50'));
    for (const cut of [at('01:00:01'), at('01:10:02'), at('01:20:08'), at('01:24:59')]) {
      const [first, last] = [await report(at('00:50'), cut), await report(cut, at('01:50'))];
      for (const part of ['upMs', 'downMs', 'unknownMs'] as const) expect(first[part] + last[part]).toBe(whole[part]);
    }
  });

  it.each([
    ['that holds in it', at('02:00')],
    ['long after it', instant(at('02:00') + 20 * 86_400_000)],
  ])('counts what was observed in a maintenance as paused, when asked %s', async (_when, now) => {
    const { beats, order, report } = shelf(now);
    beats(west, at('01:00'), at('02:00'), { mark: { outcome: 'failed', reason: 'status' } });
    await order({ from: at('01:10'), to: at('01:30') });
    await order({ id: 'o-2', from: at('01:40'), to: at('01:50'), asked: { kind: 'silence', of: { kind: 'all' } } });
    const { upMs, downMs, unknownMs, pausedMs } = await report(at('01:00'), at('02:00'));
    expect({ upMs, downMs, unknownMs, pausedMs }).toEqual({ upMs: 0, downMs: 40 * minute, unknownMs: 0, pausedMs: 20 * minute });
  });
});
