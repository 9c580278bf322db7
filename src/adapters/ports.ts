/** The real world, for functions: every port with its real body. */
import type { RegionId } from '../core/basics/brand';
import type { Config } from '../core/config/config';
import { isOwnPartition } from '../core/table';
import type { OwnRelay, Pokes, Ports, Shards, Topics } from '../engine/ports';
import { homeLimitMs, remoteLimitMs } from '../engine/world';
import { systemCalendar } from './calendar';
import { systemClock } from './clock';
import { createBeatMetrics } from './cloudwatch/beat-metrics';
import { createDiary } from './diary';
import { createReplica } from './dynamodb/replica';
import { systemMachine } from './machine';
import { createAnchors } from './probes/anchors';
import { createOutside } from './probes/outside';
import { createOwnInbox } from './probes/own-inbox';
import { createProber } from './probes/prober';
import { ownSecrets } from './secrets/own-secrets';
import { createSecretCheck } from './secrets/secret-check';

export interface PortsOptions {
  readonly config: Config;
  /** Where this function runs. */
  readonly region: RegionId;
  readonly account: string;
  readonly version: string;
  readonly invocation: string;
  /** Where this region takes pings; undefined where it does not. */
  readonly inboxUrl?: string | undefined;
}

/** Cheap enough for every invocation: what is dear (clients, the TLS context) is kept by the environment. */
export function createPorts({ config, region, account, version, invocation, inboxUrl }: PortsOptions): Ports {
  const probing = { region, version, allowPrivate: config.network.allowPrivate };
  return {
    clock: systemClock,
    machine: systemMachine,
    replica: (of) =>
      createReplica({
        region: of,
        timeoutMs: of === region ? homeLimitMs : remoteLimitMs,
        // What others wrote may lag behind as it is: a read that lags a little more shows nothing that replication could not.
        isConsistent: (partition) => of === region && isOwnPartition(partition, region),
      }),
    prober: createProber({ ...probing, secrets: ownSecrets(region) }),
    topics: topicsOnDemand(account),
    beatMetrics: createBeatMetrics(),
    anchors: createAnchors(probing),
    outside: createOutside(probing),
    pokes: pokesOnDemand(account),
    shards: shardsOnDemand(account, region),
    secrets: createSecretCheck(region),
    relay: relayOnDemand(account, region),
    inbox: createOwnInbox({ region, version, url: inboxUrl }),
    calendar: systemCalendar,
    diary: createDiary({ clock: systemClock, invocation }),
  };
}

/** A round that announces nothing does not load what publishes. */
function topicsOnDemand(account: string): Topics {
  return {
    async publish(region, message) {
      const { createTopics } = await import('./sns/topics');
      return createTopics({ account }).publish(region, message);
    },
  };
}

/** While every channel takes what it is told, nothing is handed over again. */
function relayOnDemand(account: string, region: RegionId): OwnRelay {
  return {
    async hand(message, channels) {
      const { createOwnRelay } = await import('./lambda/own-relay');
      return createOwnRelay({ account, region }).hand(message, channels);
    },
  };
}

/** While every peer is punctual nobody is poked. */
function pokesOnDemand(account: string): Pokes {
  return {
    async poke(region, nonce) {
      const { createPokes } = await import('./lambda/pokes');
      return createPokes({ account }).poke(region, nonce);
    },
  };
}

/** Most configurations have one function probe everything. */
function shardsOnDemand(account: string, region: RegionId): Shards {
  return {
    async probe(request, timeoutMs) {
      const { createShards } = await import('./lambda/shards');
      return createShards({ account, region }).probe(request, timeoutMs);
    },
  };
}
