/** The logs of all regions, read from a replica without reading anything twice, and this region's own, appended to. */
import type { Instant } from '../core/basics/brand';
import { hashUnit } from '../core/basics/hash';
import { day, instantOfMonth, monthBefore, monthOf } from '../core/basics/time';
import { isRelayed } from '../core/config/channels/channel';
import { type Folded, foldFurther, type Incident, nothingFolded } from '../core/incident';
import { entryId, type LogBody, type LogEntry } from '../core/log';
import { decodeLogEntry, encodeLogEntry } from '../core/log-item';
import { logPartition, padded, type Writer, writerIn } from '../core/table';
import type { LogMemory } from './memory';
import type { Replica } from './ports';
import { store } from './store';
import { within } from './within';
import { homeLimitMs, type Logging } from './world';

const lastSortKey = '~';

/**
 * Reads what is new in the logs of these writers; throws what the replica throws. Of the month that is, and at first or in its
 * first day of the one before: entries may still be on their way.
 */
export async function readLogs(memory: LogMemory, replica: Replica, writers: readonly Writer[], now: Instant): Promise<void> {
  const current = monthOf(now);
  const isYoung = now - instantOfMonth(current) <= day;
  const partitions = writers.flatMap((writer) => {
    const month = logPartition(writer, current);
    return isYoung || !memory.readUpTo.has(month) ? [logPartition(writer, monthBefore(current)), month] : [month];
  });
  await Promise.all(partitions.map((partition) => readPartition(memory, replica, partition)));
}

/** The same of some months, all of each, whenever they were. */
export async function readMonths(
  memory: LogMemory,
  { replica, writers, months }: { readonly replica: Replica; readonly writers: readonly Writer[]; readonly months: readonly string[] },
): Promise<void> {
  const partitions = writers.flatMap((writer) => months.map((month) => logPartition(writer, month)));
  await Promise.all(partitions.map((partition) => readPartition(memory, replica, partition)));
}

async function readPartition(memory: LogMemory, replica: Replica, partition: string): Promise<void> {
  const upTo = memory.readUpTo.get(partition) ?? 0;
  const items = await replica.query(partition, padded(upTo + 1), lastSortKey);
  if (items.length === 0 && memory.readUpTo.has(partition)) return;
  if (items.length > 0) memory.names.add(writerIn(partition) as Writer);
  const numbers = new Set<number>();
  for (const item of items) {
    if (typeof item.n === 'number') numbers.add(item.n);
    const entry = decodeLogEntry(item);
    if (entry !== undefined) memory.entries.set(entryId(entry), entry);
  }
  let next = upTo + 1;
  while (numbers.has(next)) next += 1;
  memory.readUpTo.set(partition, Math.max(memory.readUpTo.get(partition) ?? 0, next - 1));
}

/** The same list for as long as nothing is added to it. */
export function logEntries(memory: LogMemory): readonly LogEntry[] {
  const { entries, unsaved, together } = memory;
  if (together.length !== entries.size + unsaved.length) memory.together = [...entries.values(), ...unsaved];
  return memory.together;
}

/** What counted for this environment alone is known otherwise now. */
export function forgetUnsaved(memory: LogMemory): void {
  memory.unsaved.length = 0;
  memory.together = [];
  memory.folded = { ...nothingFolded, of: [] };
}

/** What the logs read so far fold to. */
export function foldedOf(memory: LogMemory): Folded {
  const entries = logEntries(memory);
  if (memory.folded.of !== entries) memory.folded = { ...foldFurther(entries, memory.folded), of: entries };
  return memory.folded;
}

/** All incidents of the logs read so far. */
export const incidentsOf = (memory: LogMemory): readonly Incident[] => foldedOf(memory).incidents;

export type Appended = 'appended' | 'overtaken' | 'kept-in-memory';

/**
 * Appends to this region's log under the next free number. `overtaken`: the other function of this region wrote first;
 * read again and decide again. Where no replica accepts it, the entry counts for this environment alone.
 */
export async function append(world: Logging, body: LogBody): Promise<Appended> {
  const { self, ports, memory } = world;
  const at = ports.clock.now();
  const appended = await appendInTurn(world, body, at);
  if (appended !== 'failed') return appended;
  memory.log.unsaved.push({ writer: self.region, region: self.region, month: monthOf(at), n: numberInMemory(world, at), at, by: self.role, body });
  return 'kept-in-memory';
}

/** The same for what counts only where a replica accepts it: nobody else would ever know of it. */
export const appendOrNothing = (world: Logging, body: LogBody): Promise<'appended' | 'overtaken' | 'failed'> =>
  appendInTurn(world, body, world.ports.clock.now());

async function appendInTurn(world: Logging, body: LogBody, at: Instant): Promise<'appended' | 'overtaken' | 'failed'> {
  let appended = await appendAt(world, body, at);
  for (let tries = 1; appended === 'overtaken' && tries < mostTries && (await isOvertakenByRelay(world)); tries += 1)
    appended = await appendAt(world, body, at);
  return appended;
}

/** More than one environment keeps of one millisecond, and enough that two seldom choose the same. Exact until 2109. */
const numbersPerMs = 2048;

/** By the time and by who it is, so that no other environment gives this number, and with it the id of the incident, to something else. */
function numberInMemory({ self, memory }: Logging, at: Instant): number {
  const own = Math.floor(hashUnit(`${self.bootId} ${self.role}`) * numbersPerMs);
  return -(at * numbersPerMs + ((own + memory.log.unsaved.length) % numbersPerMs));
}

/** In a storm of messages so many relays may write at the same time. */
const mostTries = 50;

/** What became of messages on their way changes nothing that was decided: only the place is taken. */
async function isOvertakenByRelay(world: Logging): Promise<boolean> {
  if (!world.self.config.channels.some(isRelayed)) return false;
  const { entries } = world.memory.log;
  const known = entries.size;
  await catchUp(world);
  const news = [...entries.values()].slice(known);
  return news.length > 0 && news.every(({ by }) => by === 'relay');
}

/** The same for what can wait until a replica accepts it. `at`: when it happened, where that was before. */
export const appendIfStored = (world: Logging, body: LogBody, at?: Instant): Promise<'appended' | 'overtaken' | 'failed'> =>
  appendAt(world, body, at ?? world.ports.clock.now());

async function appendAt(world: Logging, body: LogBody, at: Instant): Promise<'appended' | 'overtaken' | 'failed'> {
  const { self } = world;
  const { log } = world.memory;
  // Whatever it is dated: an earlier month may be read by nobody any more.
  const month = monthOf(world.ports.clock.now());
  const entryAt = (writer: Writer): LogEntry => ({ writer, region: self.region, month, n: nextNumber(log, writer, month), at, by: self.role, body });
  const stored = await store(world, 'if-absent', (writer) => encodeLogEntry(entryAt(writer)));
  if (stored.kind === 'failed') return 'failed';
  if (stored.kind === 'refused') return 'overtaken';
  const entry = entryAt(stored.writer);
  log.entries.set(entryId(entry), entry);
  log.names.add(stored.writer);
  return 'appended';
}

function nextNumber(log: LogMemory, writer: Writer, month: string): number {
  let n = (log.readUpTo.get(logPartition(writer, month)) ?? 0) + 1;
  while (log.entries.has(entryId({ writer, month, n }))) n += 1;
  return n;
}

/** Reads what the other function of this region wrote meanwhile; where that fails, the next append finds out. */
export async function catchUp({ self, ports, memory }: Logging): Promise<void> {
  const reading = readLogs(memory.log, ports.replica(self.region), [self.region], ports.clock.now());
  await within(ports.clock, homeLimitMs, reading);
}
