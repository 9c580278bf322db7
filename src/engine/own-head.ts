/** Where a region goes on: the head that it stored last. */
import type { Slot } from '../core/basics/brand';
import { decodeHead, type Head } from '../core/beat';
import { allRegions } from '../core/config/config';
import { sequenceNumber } from '../core/sequence';
import { slotAfter } from '../core/slots';
import { headKey, onlyShard, type Writer } from '../core/table';
import { noteNames } from './elsewhere';
import { writersOf } from './store';
import { within } from './within';
import { homeLimitMs, type World } from './world';

export interface OwnHead {
  readonly head: Head | undefined;
  /** Whether every place where it may stand could be read. */
  readonly isRead: boolean;
}

/**
 * What this region stored last, as far as its own replica knows: another environment may have run meanwhile, and what this one
 * remembers is only the next best. Before a slot whose predecessor was written at home, nothing newer can stand under another name,
 * unless this environment itself knows better: rounds that a fast clock named ahead may have been stored elsewhere.
 */
export async function lastHead(world: World, slot?: Slot): Promise<OwnHead> {
  const { self, memory } = world;
  const atHome = await readHeads(world, [self.region]);
  const isNewest = (head: Head): boolean => memory.head !== undefined && sequenceNumber(head) >= sequenceNumber(memory.head);
  const isRecent = slot !== undefined && atHome?.some((head) => isNewest(head) && slotAfter(self.config, head.slot) >= slot) === true;
  const others = isRecent ? [] : writersOf(self.region, allRegions(self.config.regions)).filter((writer) => writer !== self.region);
  const elsewhere = atHome === undefined || others.length === 0 ? [] : await readHeads(world, others);
  const heads = [...(atHome ?? []), ...(elsewhere ?? [])];
  const newest = heads.sort((one, other) => sequenceNumber(other) - sequenceNumber(one))[0];
  memory.epoch = Math.max(memory.epoch, newest?.epoch ?? 0);
  return { head: newest ?? memory.head, isRead: atHome !== undefined && elsewhere !== undefined };
}

/** Undefined where home does not answer. */
async function readHeads(world: World, writers: readonly Writer[]): Promise<readonly Head[] | undefined> {
  const { self, ports } = world;
  const keys = writers.map((writer) => headKey(writer, onlyShard));
  const outcome = await within(ports.clock, homeLimitMs, ports.replica(self.region).get(keys));
  if (outcome.kind === 'failed') return undefined;
  noteNames(world, outcome.value);
  return outcome.value.flatMap((item) => decodeHead(item) ?? []);
}
