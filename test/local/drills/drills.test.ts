import { type DrillsParts, Drills as RealDrills } from '../../../local/drills/drills';
import { regionId } from '../../../src/core/basics/brand';
import { eventually } from '../eventually';

const us = regionId('us-east-2');

/** Two clocks that a test moves. */
class HandClocks {
  wall = 1_000_000;
  steady = 0;
  readonly wallMs = (): number => this.wall;
  readonly steadyMs = (): number => this.steady;
  both(ms: number): void {
    this.wall += ms;
    this.steady += ms;
  }
}

let clocks: HandClocks;
let done: string[];
let drills: RealDrills;
beforeEach(() => {
  clocks = new HandClocks();
  done = [];
  const system: DrillsParts['system'] = {
    regions: () => [],
    darken: async () => void done.push('dark'),
    bringBack: async () => void done.push('back'),
    setLink: () => undefined,
    isCut: () => false,
    setFaults: (_region, faults) => void done.push(JSON.stringify(faults)),
  };
  drills = new RealDrills({ system, clocks, renewalMs: 15_000, lookMs: 5 });
});
afterEach(() => drills.endAll());

async function freeze() {
  const begun = await drills.begin({ kind: 'freeze', region: us });
  if (begun.kind !== 'begun') throw new Error(begun.sentence);
  return begun.drill;
}

it('a drill goes on while it is renewed', async () => {
  const { id } = await freeze();
  for (let turn = 0; turn < 5; turn += 1) {
    clocks.both(10_000);
    expect(drills.renew(id)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  expect(done).toEqual(['{"prober":"frozen"}']);
});

it('a drill whose driver says nothing more is undone, once', async () => {
  const { id, undone } = await freeze();
  clocks.both(10_000);
  await new Promise((resolve) => setTimeout(resolve, 15));
  clocks.both(6000);
  expect(await undone).toEqual({ because: 'whoever drives it said nothing for 16 s', problem: undefined });
  expect(drills.renew(id)).toBe(false);
  expect(await drills.end(id)).toBe(false);
  expect(done).toEqual(['{"prober":"frozen"}', '{}']);
});

it.each<[string, (clocks: HandClocks) => void, string]>([
  ['the machine sleeps', (hand) => (hand.wall += 312_000), 'this machine slept for about 312 s'],
  ['its clock is set back', (hand) => (hand.wall -= 60_000), 'the clock of this machine was set back by 60 s'],
  ['it stands still', (hand) => hand.both(40_000), 'this machine stood still for 40 s'],
])('a drill in the middle of which %s is undone, and says so', async (_what, happen, because) => {
  const { undone } = await freeze();
  happen(clocks);
  expect(await undone).toMatchObject({ because });
  expect(done.at(-1)).toBe('{}');
});

it('a drill that cannot be put in is taken out again', async () => {
  const broken = new RealDrills({
    system: {
      regions: () => [],
      darken: async () => {
        throw new Error('no such process');
      },
      bringBack: async () => void done.push('back'),
      setLink: () => undefined,
      isCut: () => false,
      setFaults: () => undefined,
    },
  });
  await expect(broken.begin({ kind: 'kill', region: us })).rejects.toThrow('no such process');
  expect(done).toEqual(['back']);
  await eventually(() => broken.list().length === 0);
});
