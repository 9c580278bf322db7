import { type RegionId, regionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { type HeardAt, Hearing } from './hearing';
import type { Direction } from './network';

const [west, east, middle] = ['eu-west-1', 'us-east-2', 'eu-central-1'].map(regionId) as [RegionId, RegionId, RegionId];
const link = (from: RegionId, to: RegionId): string => `${from}>${to}`;
const everywhere = [west, east, middle];
const lookMs = 20 * second;
const item = { pk: 'HEAD#eu-west-1', sk: '0' };

interface Trouble {
  readonly cut?: readonly string[];
  readonly stalled?: readonly string[];
  readonly unreadable?: readonly RegionId[];
  /** Stores that answer now and then. */
  readonly unsure?: readonly RegionId[];
  readonly deadWatchdogs?: readonly RegionId[];
  /** In this time nobody can call anybody. */
  readonly allCutFrom?: number;
  readonly allCutTo?: number;
  /** How long an item travels. */
  readonly travelsMs?: number;
}

/** Time goes on second by second; what the west writes at 0 travels to whoever it is replicated to. */
function heardAtOf(trouble: Trouble, place: RegionId = west): HeardAt {
  const { cut = [], stalled = [], unreadable = [], unsure = [], deadWatchdogs = [], travelsMs = second } = trouble;
  const { allCutFrom = Number.POSITIVE_INFINITY, allCutTo = Number.POSITIVE_INFINITY } = trouble;
  let now = 0;
  const plans: { readonly at: number; readonly run: () => void }[] = [];
  const isAllCut = (): boolean => now >= allCutFrom && now < allCutTo;
  const canCall = ({ from, to }: Direction): boolean => from === to || (!cut.includes(link(from, to)) && !isAllCut());
  const canReplicate = (way: Direction): boolean => canCall(way) && !stalled.includes(link(way.from, way.to));
  const ears = {
    network: { canCall, canReplicate },
    regions: everywhere,
    isReadable: (region: RegionId) => !unreadable.includes(region),
    answersWhoAsks: (region: RegionId) => ![...unreadable, ...unsure].includes(region),
    hasLookedSince: (region: RegionId, at: number) => !deadWatchdogs.includes(region) && at + 5 * second <= now,
  };
  const plan = (ms: number, run: () => void): void => void plans.push({ at: now + ms, run });
  const hearing = new Hearing(ears, { now: () => now, quietlyIn: plan }, lookMs);
  const heardAt: HeardAt = new Map();
  hearing.follow({ writer: west, place, item }, heardAt);
  for (const to of everywhere) if (to !== place) plan(travelsMs, () => canReplicate({ from: place, to }) && hearing.arrived(to, item));
  for (; now <= 5 * minute; now += second) for (const { at, run } of [...plans]) if (at === now) run();
  return heardAt;
}

describe('what the west writes can be heard in the east', () => {
  const cutOff = [link(west, east), link(east, west)];

  it.each<readonly [string, Trouble, number | undefined]>([
    ['where nothing is wrong, when it comes', {}, second],
    ['by asking, where nothing is replicated, at once', { stalled: [link(west, east), link(west, middle)] }, 0],
    ['not by asking, where the store answers only now and then', { stalled: [link(west, east), link(west, middle)], unsure: [west] }, undefined],
    ['by asking where it has come, where its own store answers only now and then', { stalled: [link(west, east)], unsure: [west] }, second],
    ['by a store of its own that answers only now and then, when it has come there', { cut: [link(east, west), link(east, middle)], unsure: [east] }, second],
    ['by what is replicated, where nothing can be asked, when it has come', { cut: [link(east, west), link(east, middle)] }, second],
    ['through the replica of the middle, when it has come there', { cut: cutOff, deadWatchdogs: [middle] }, second],
    ['through the eyes of the middle, which asks, when it has been in doubt for a look', { cut: cutOff, stalled: [link(west, middle)] }, 2 * lookMs],
    ['by asking the middle, to which it came', { cut: cutOff, travelsMs: 2 * second }, 2 * second],
    ['through the eyes of the middle, to which it came, when that has looked', { cut: [...cutOff, link(east, middle)], travelsMs: 2 * second }, lookMs],
    ['not through the eyes of a watchdog that is dead since', { cut: cutOff, stalled: [link(west, middle)], deadWatchdogs: [middle] }, undefined],
    ['not through a store of the middle that answers nobody', { cut: [...cutOff, link(middle, east)], unreadable: [middle] }, undefined],
    [
      'not by a store of its own that answers nobody, when nothing else can be asked',
      { cut: [link(east, west), link(east, middle)], unreadable: [east] },
      undefined,
    ],
    ['not where every way is cut', { cut: [...cutOff, link(west, middle), link(middle, west)] }, undefined],
    [
      'not by asking, where nobody can ask any more before the next look',
      { stalled: [link(west, east), link(west, middle)], allCutFrom: 19 * second },
      undefined,
    ],
    ['by asking, where everybody can until the next look', { stalled: [link(west, east), link(west, middle)], allCutFrom: 21 * second }, 0],
    [
      'not by asking, where nobody could ask for some time',
      { stalled: [link(west, east), link(west, middle)], allCutFrom: 4 * second, allCutTo: 6 * second },
      undefined,
    ],
    ['when it arrives, where nobody can ask any more', { allCutFrom: 7 * second, travelsMs: 3 * second }, 3 * second],
    ['not where it is still under way when every link is cut', { allCutFrom: 7 * second, travelsMs: 30 * second }, undefined],
  ])('%s', (_, trouble, at) => expect(heardAtOf(trouble).get(east)).toBe(at));

  it('where it was stored elsewhere, from there, by the other function of the region that wrote it too', () => {
    const neitherWay = [link(east, middle), link(middle, east), link(middle, west), link(west, middle)];
    expect(heardAtOf({}).get(west)).toBe(0);
    expect(heardAtOf({ unreadable: [west] }).get(west)).toBe(0);
    expect(heardAtOf({}, middle).get(west)).toBe(second);
    expect(heardAtOf({ cut: neitherWay }, middle).has(west)).toBe(false);
    expect(heardAtOf({ cut: cutOff }, middle).has(east)).toBe(true);
    expect(heardAtOf({ cut: neitherWay }, middle).has(east)).toBe(false);
  });
});
