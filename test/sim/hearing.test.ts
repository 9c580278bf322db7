import { type RegionId, regionId } from '../../src/core/basics/brand';
import { type Ears, hearersOf, hearersThroughEyes } from './hearing';
import type { Direction, Network } from './network';

const [west, east, middle] = ['eu-west-1', 'us-east-2', 'eu-central-1'].map(regionId) as [RegionId, RegionId, RegionId];
const link = (from: RegionId, to: RegionId): string => `${from}>${to}`;

interface Trouble {
  readonly cut?: readonly string[];
  readonly stalled?: readonly string[];
  readonly unreadable?: readonly RegionId[];
  readonly deadWatchdogs?: readonly RegionId[];
}

function earsWith({ cut = [], stalled = [], unreadable = [], deadWatchdogs = [] }: Trouble): Ears {
  const canCall = ({ from, to }: Direction): boolean => !cut.includes(link(from, to));
  return {
    network: { canCall, canReplicate: (way: Direction) => canCall(way) && !stalled.includes(link(way.from, way.to)) } as Network,
    regions: [west, east, middle],
    isReadable: (region) => !unreadable.includes(region),
    isWatching: (region) => !deadWatchdogs.includes(region),
  };
}

const hears = (listener: RegionId, trouble: Trouble): boolean =>
  [hearersOf, hearersThroughEyes].some((find) => find({ writer: west, place: west }, earsWith(trouble)).includes(listener));

describe('what the west writes can be heard in the east', () => {
  const cutOff = [link(west, east), link(east, west)];

  it.each<readonly [string, Trouble, boolean]>([
    ['where nothing is wrong', {}, true],
    ['by asking, where nothing is replicated', { stalled: [link(west, east), link(west, middle)] }, true],
    ['by what is replicated, where nothing can be asked', { cut: [link(east, west), link(east, middle)] }, true],
    ['through the replica of the middle', { cut: cutOff, deadWatchdogs: [middle] }, true],
    ['through the eyes of the middle, which asks', { cut: cutOff, stalled: [link(west, middle)] }, true],
    ['not through the eyes of a dead watchdog', { cut: cutOff, stalled: [link(west, middle)], deadWatchdogs: [middle] }, false],
    ['not through a store of the middle that answers nobody', { cut: [...cutOff, link(middle, east)], unreadable: [middle] }, false],
    [
      'not by a store of its own that answers nobody, when nothing else can be asked',
      { cut: [link(east, west), link(east, middle)], unreadable: [east] },
      false,
    ],
    ['not where every way is cut', { cut: [...cutOff, link(west, middle), link(middle, west)] }, false],
  ])('%s', (_, trouble, isHeard) => expect(hears(east, trouble)).toBe(isHeard));

  it('where it was stored elsewhere, from there', () => {
    const elsewhere = { writer: west, place: middle };
    expect(hearersOf(elsewhere, earsWith({ cut: cutOff }))).toContain(east);
    expect(hearersOf(elsewhere, earsWith({ cut: [link(east, middle), link(middle, east), link(middle, west), link(west, middle)] }))).not.toContain(east);
  });
});
