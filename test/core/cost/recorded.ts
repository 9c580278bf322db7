/** What the real engine asks of its tables, topics and metrics in simulated hours, call by call, as DynamoDB would charge it. */
import type { RegionId } from '../../../src/core/basics/brand';
import { hour } from '../../../src/core/basics/time';
import type { Config } from '../../../src/core/config/config';
import { itemBytes, readUnits, writeUnits } from '../../../src/core/cost/item-size';
import type { FunctionRole } from '../../../src/core/names';
import { type Item, isOwnPartition, type Key } from '../../../src/core/table';
import type { Ports, Replica } from '../../../src/engine/ports';
import type { Engine } from '../../sim/engine';
import { realEngine } from '../../sim/real-engine';
import { World } from '../../sim/world';

export interface RecordedCall {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly replica: RegionId;
  readonly action: 'PutItem' | 'BatchGetItem' | 'Query';
  /** Of the key that is asked for: `HEAD`, `LOG`, or several. */
  readonly kinds: string;
  readonly units: number;
  readonly bytes: number;
}

export interface Recording {
  readonly calls: readonly RecordedCall[];
  /** Calls of PutMetricData, one for each region that is told. */
  readonly metrics: number;
}

/** Hours of a world in which nothing is wrong, after `warmUpHours` in which environments start and logs are read at first. */
export async function record(config: Config, { warmUpHours, hours }: { readonly warmUpHours: number; readonly hours: number }): Promise<Recording> {
  const calls: RecordedCall[] = [];
  let metrics = 0;
  const engine: Engine = (self, ports) => {
    const note = (call: Omit<RecordedCall, 'region' | 'role'>): void => {
      calls.push({ region: self.region, role: self.role, ...call });
    };
    const recorded: Ports = {
      ...ports,
      replica: (region) => recording(ports.replica(region), (partition) => region === self.region && isOwnPartition(partition, region), note),
      beatMetrics: {
        publish: (...told) => {
          metrics += 1;
          return ports.beatMetrics.publish(...told);
        },
      },
    };
    return realEngine(self, recorded);
  };
  const world = new World({ seed: 7, config, engine });
  await world.runUntil(warmUpHours * hour);
  calls.length = 0;
  metrics = 0;
  await world.runUntil((warmUpHours + hours) * hour);
  return { calls, metrics };
}

const kindOf = (pk: string): string => pk.split('#')[0]!;

/** As `adapters/ports.ts` makes replicas, reads are consistent at home alone, and there of what the region wrote itself. */
function recording(replica: Replica, isConsistent: (partition: string) => boolean, note: (call: Omit<RecordedCall, 'region' | 'role'>) => void): Replica {
  const put = (item: Item): void => {
    const bytes = itemBytes(item);
    note({ replica: replica.region, action: 'PutItem', kinds: kindOf(item.pk), units: writeUnits(bytes), bytes });
  };
  const found = (keys: readonly Key[], items: readonly Item[]): void => {
    const sizes = keys.map(({ pk, sk }) => items.find((item) => item.pk === pk && item.sk === sk)).map((item) => (item === undefined ? 0 : itemBytes(item)));
    const units = sizes.reduce((sum, bytes, index) => sum + readUnits(bytes, isConsistent(keys[index]!.pk)), 0);
    const kinds = [...new Set(keys.map(({ pk }) => kindOf(pk)))].join(' ');
    note({ replica: replica.region, action: 'BatchGetItem', kinds, units, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) });
  };
  return {
    region: replica.region,
    get: async (keys) => {
      const items = await replica.get(keys);
      found(keys, items);
      return items;
    },
    query: async (partition, from, to) => {
      const items = await replica.query(partition, from, to);
      const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
      note({ replica: replica.region, action: 'Query', kinds: kindOf(partition), units: readUnits(bytes, isConsistent(partition)), bytes });
      return items;
    },
    put: (item) => {
      put(item);
      return replica.put(item);
    },
    putIfAbsent: (item) => {
      put(item);
      return replica.putIfAbsent(item);
    },
    putIfNewer: (item) => {
      put(item);
      return replica.putIfNewer(item);
    },
  };
}
