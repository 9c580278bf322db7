import type { RegionId } from '../../src/core/basics/brand';
import { isoTime, minute, second } from '../../src/core/basics/time';
import { headKey, type Key, onlyShard, type Writer, watchKey, writerAt } from '../../src/core/table';
import { runProber, runWatchdog } from '../../src/engine/invocation';
import { append } from '../../src/engine/region-log';
import { storeSign } from '../../src/engine/store';
import { at, config, east, middle, monitor, opened, west } from '../core/builders';
import { type SmallWorld, smallWorld, timeLeft } from './small-world';

const everyMinute = config({ beatIntervalMs: minute, monitors: [monitor({ intervalMs: minute })] });
const everywhere = [west, east, middle];
const headOf = (writer: Writer): Key => headKey(writer, onlyShard);

/** The replicas in which this stands under the name that says so. */
const standsIn = (small: SmallWorld, keyOf: (writer: Writer) => Key): readonly RegionId[] =>
  everywhere.filter((replica) => small.stores.get(replica)?.get(keyOf(writerAt(west, replica))) !== undefined);

const refuses = (small: SmallWorld, ...replicas: readonly RegionId[]): void => {
  for (const replica of replicas) small.refusing.replicas.add(replica);
};

describe('a sign of life', () => {
  const sign = (small: SmallWorld) => storeSign(small.world, (writer) => ({ ...headOf(writer), seq: 7 }));

  it.each<readonly [string, readonly RegionId[], readonly RegionId[]]>([
    ['stands at home alone, where that takes it', [], [west]],
    ['stands in every other replica, where home refuses it: who is looking may reach only one of them', [west], [east, middle]],
    ['stands in those that take it', [west, east], [middle]],
    ['stands nowhere, where nobody takes it', everywhere, []],
  ])('%s', async (_, refusing, expected) => {
    const small = smallWorld();
    refuses(small, ...refusing);
    expect(await sign(small)).toEqual(expected.map((replica) => writerAt(west, replica)));
    expect(standsIn(small, headOf)).toEqual(expected);
  });

  it('is a beat as well as a watch record', async () => {
    const small = smallWorld({ config: everyMinute });
    refuses(small, west);
    const event = { scheduledTime: isoTime(small.now) };
    await runProber(event, { ...small.world, invocation: timeLeft(small, 10 * second) });
    await runWatchdog(event, { ...small.another({ role: 'watchdog' }), invocation: timeLeft(small, 10 * second) });
    expect(standsIn(small, headOf)).toEqual([east, middle]);
    expect(standsIn(small, watchKey)).toEqual([east, middle]);
  });
});

describe('what is numbered', () => {
  it('stands in one replica alone, whoever refuses it', async () => {
    const small = smallWorld({ now: at('00:10') });
    refuses(small, west);
    await append(small.world, opened());
    const entries = everywhere.map((replica) => small.stores.get(replica)?.query(`LOG#${writerAt(west, replica)}#2026-11`, '', '~') ?? []);
    expect(entries.map(({ length }) => length)).toEqual([0, 1, 0]);
  });
});
