/**
 * A round lasts as long as its slowest probe. What it has seen of all others need not wait for that: a failure that another region has
 * stored is confirmed at once. Nothing of it is stored before the round is over, for a beat is the record of a finished round.
 */
import type { Instant } from '../core/basics/brand';
import { second } from '../core/basics/time';
import type { Head } from '../core/beat';
import { isLooping } from '../core/slots';
import type { WatchState } from '../core/watch';
import { judge } from './judge';
import { vigilLoopMs } from './pace';
import { hasTimeToWrite } from './time-left';
import { within } from './within';
import type { World } from './world';

/** Most rounds are over by then. */
const firstLookMs = 350;
const laterLookMs = second / 2;

/** Until `observing` ends; returns when that was. `headSoFar`: the head as it would be now, where something of it is news. */
export async function judgeMeanwhile(world: World, observing: Promise<unknown>, headSoFar: () => Promise<Head | undefined>): Promise<Instant> {
  const { clock } = world.ports;
  let endedAt: Instant | undefined;
  const end = (): void => {
    endedAt = clock.now();
  };
  const over = observing.then(end, end);
  for (let waitMs = firstLookMs; ; waitMs = isLooping(world.self.config) ? laterLookMs : vigilLoopMs) {
    await within(clock, waitMs, over);
    if (endedAt !== undefined) return endedAt;
    const head = arePeersWell(world) && hasTimeToWrite(world) ? await headSoFar() : undefined;
    if (head !== undefined) await judgeFrom(world, head);
  }
}

const wellEnough: readonly WatchState[] = ['reporting', 'late'];

/** Where a peer is silent, judging asks around, and may take longer than the round has. */
const arePeersWell = ({ memory }: World): boolean => [...memory.watches.values()].every(({ state }) => wellEnough.includes(state));

/** What is remembered as written is what was written. */
async function judgeFrom(world: World, head: Head): Promise<void> {
  const { memory } = world;
  const written = memory.head;
  memory.head = head;
  try {
    await judge(world);
  } finally {
    memory.head = written;
  }
}
