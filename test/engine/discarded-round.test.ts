/** A round that looks longer than any can be counts for nothing; where only the clock was set, there is time for another. */
import { instant } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { decodeBeat } from '../../src/core/beat';
import { failedRound } from '../../src/core/failed-round';
import { runProber } from '../../src/engine/invocation';
import { at, attempt, config, monitor, slot, west } from '../core/builders';
import { type SmallWorld, smallWorld } from './small-world';

const pauseMs = 67 * second;

interface Happening {
  readonly clockSetByMs: number;
  readonly sleptMs: number;
  readonly leftMs?: number;
}

/** A minute's round, in whose first probe that happens. */
async function roundIn({ clockSetByMs, sleptMs, leftMs = 50 * second }: Happening): Promise<SmallWorld> {
  const small = smallWorld({ config: config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] }) });
  let tries = 0;
  small.seen = () => {
    tries += 1;
    if (tries === 1) Object.assign(small, { now: instant(small.now + pauseMs), clockSetByMs, sleptMs });
    return attempt();
  };
  const remainingMs = () => leftMs - (small.now - small.clockSetByMs - at('00:10'));
  await runProber({ scheduledTime: isoTime(at('00:10')) }, { ...small.world, invocation: { remainingMs } });
  return small;
}

const beats = (small: SmallWorld) =>
  small.stores
    .get(west)!
    .all()
    .flatMap((item) => (item.pk.startsWith('BEAT#') ? (decodeBeat(item) ?? []) : []));

describe('a round that looks too long', () => {
  it('begins again at once where the clock was set meanwhile, and says when it really began', async () => {
    const small = await roundIn({ clockSetByMs: pauseMs, sleptMs: 0 });
    expect(beats(small)).toMatchObject([{ slot: slot('00:10'), startedAt: at('00:11:07'), covered: 1 }]);
    expect(small.notes.filter(({ what }) => what === failedRound.late)).toHaveLength(1);
  });

  it.each([
    ['its function stood still meanwhile', { clockSetByMs: 0, sleptMs: 0, leftMs: 5 * minute }],
    ['the machine slept meanwhile, which one of its clocks does not count', { clockSetByMs: pauseMs, sleptMs: pauseMs }],
    ['there is no time for another', { clockSetByMs: pauseMs, sleptMs: 0, leftMs: 20 * second }],
  ])('is the only one of its slot where %s', async (_case, happening) => {
    const small = await roundIn(happening);
    expect(beats(small)).toEqual([]);
    expect(small.notes.filter(({ what }) => what === failedRound.late)).toHaveLength(1);
  });
});
