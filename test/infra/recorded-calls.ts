/** Every distinct call to AWS that the functions made under simulated faults, as IAM would be asked about it. */
import type { RegionId } from '../../src/core/basics/brand';
import { type FunctionRole, functionArn, metricNamespace, tableName, topicArn } from '../../src/core/names';
import type { Ports, Replica } from '../../src/engine/ports';
import type { Engine } from '../sim/engine';
import { realEngine } from '../sim/real-engine';
import { runSeed, type SeedSettings } from '../sim/seed';
import { account } from './assembly';
import type { Call } from './policy';

export interface MadeCall extends Call {
  readonly role: FunctionRole;
  readonly region: RegionId;
  readonly action: string;
  readonly resource: string;
}

export const replicaArn = (region: string): string => `arn:aws:dynamodb:${region}:${account}:table/${tableName}`;

/** Each is so long that hours are rolled up in it, or so short that it only shows how functions loop. */
export type Storm = Omit<SeedSettings, 'engine'>;

export async function callsOf(storms: readonly Storm[]): Promise<readonly MadeCall[]> {
  const calls = new Map<string, MadeCall>();
  const engine: Engine = (self, ports) => {
    const note = (action: string, resource: string, keys: Call['keys'] = {}): void => {
      const call = { role: self.role, region: self.region, action, resource, keys };
      calls.set(JSON.stringify(call), call);
    };
    return realEngine(self, noting(ports, note));
  };
  for (const storm of storms) await runSeed({ ...storm, engine });
  return [...calls.values()];
}

type Note = (action: string, resource: string, keys?: Call['keys']) => void;

function noting(ports: Ports, note: Note): Ports {
  return {
    ...ports,
    replica: (region) => notingReplica(ports.replica(region), note),
    topics: {
      publish: (region, message) => {
        note('sns:Publish', topicArn(account, region));
        return ports.topics.publish(region, message);
      },
    },
    beatMetrics: {
      publish: (into, ...told) => {
        note('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': [metricNamespace] });
        return ports.beatMetrics.publish(into, ...told);
      },
    },
    pokes: {
      poke: (region, nonce) => {
        note('lambda:InvokeFunction', functionArn(account, region, 'prober'));
        return ports.pokes.poke(region, nonce);
      },
    },
  };
}

/** The actions are those of `adapters/dynamodb/replica.ts`. */
export function notingReplica(replica: Replica, note: Note): Replica {
  const arn = replicaArn(replica.region);
  const about = (action: string, partitions: readonly string[]): void => note(`dynamodb:${action}`, arn, { 'dynamodb:LeadingKeys': [...new Set(partitions)] });
  const put =
    <Given extends { readonly pk: string }, Answer>(write: (item: Given) => Answer) =>
    (item: Given): Answer => {
      about('PutItem', [item.pk]);
      return write(item);
    };
  return {
    region: replica.region,
    get: (keys) => {
      about(
        'BatchGetItem',
        keys.map(({ pk }) => pk),
      );
      return replica.get(keys);
    },
    query: (partition, from, to) => {
      about('Query', [partition]);
      return replica.query(partition, from, to);
    },
    put: put((item) => replica.put(item as never)),
    putIfAbsent: put((item) => replica.putIfAbsent(item as never)),
    putIfNewer: put((item) => replica.putIfNewer(item as never)),
  };
}
