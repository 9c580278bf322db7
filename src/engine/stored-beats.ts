/** Beats of a region as replicas still have them: of any hours, under any name. */
import { type Instant, type RegionId, slotAt } from '../core/basics/brand';
import { hour, second } from '../core/basics/time';
import { beatPartition, type Item, onlyShard, padded, type Writer } from '../core/table';
import type { Clock, Replica } from './ports';
import { type Outcome, within } from './within';

export interface Shelves {
  readonly clock: Clock;
  readonly replicas: readonly Replica[];
  /** For each single query. */
  readonly limitMs: number;
}

export interface StoredBeats {
  /** One item for each beat and replica that has it, in no order. */
  readonly items: readonly Item[];
  /** Replicas that answered everything. */
  readonly answered: ReadonlySet<RegionId>;
}

const queriesAtOnce = 8;

/** Asks all replicas at the same time; one that fails once is not asked further. */
export async function readBeats(
  shelves: Shelves,
  wanted: { readonly writers: readonly Writer[]; readonly from: Instant; readonly to: Instant },
): Promise<StoredBeats> {
  const items: Item[] = [];
  const answered = new Set<RegionId>();
  const partitions = wanted.writers.flatMap((writer) =>
    hoursBetween(wanted.from, wanted.to).map((at) => beatPartition(writer, onlyShard, slotAt(at / second))),
  );
  const [first, last] = [padded(Math.ceil(Math.max(0, wanted.from) / second)), padded(Math.floor(Math.max(0, wanted.to) / second))];
  const readAll = async (replica: Replica): Promise<void> => {
    for (let index = 0; index < partitions.length; index += queriesAtOnce) {
      const asked = partitions
        .slice(index, index + queriesAtOnce)
        .map((partition) => within(shelves.clock, shelves.limitMs, replica.query(partition, first, last)));
      const outcomes = await Promise.all(asked);
      items.push(...outcomes.flatMap(itemsOf));
      if (outcomes.some((outcome) => outcome.kind === 'failed')) return;
    }
    answered.add(replica.region);
  };
  await Promise.all(shelves.replicas.map(readAll));
  return { items, answered };
}

const itemsOf = (outcome: Outcome<readonly Item[]>): readonly Item[] => (outcome.kind === 'done' ? outcome.value : []);

/** The beginning of each hour that the time touches. */
function hoursBetween(from: number, to: number): readonly number[] {
  const hours: number[] = [];
  for (let at = Math.floor(from / hour) * hour; at <= to; at += hour) hours.push(at);
  return hours;
}
