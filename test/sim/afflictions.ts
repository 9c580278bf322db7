/** What is wrong with the functions of a region, seen through their ports: code that lies, rights that are gone, stores that refuse. */
import type { MonitorId, RegionId } from '../../src/core/basics/brand';
import { type Attempt, noPhases } from '../../src/core/observation';
import type { Item } from '../../src/core/table';
import { type Pinged, type Ports, Refused, type Replica, type Written } from '../../src/engine/ports';
import type { Environment } from './environment';
import type { Events } from './events';
import type { Random } from './random';

/** What a bad deployment does: it throws, hangs, calls everything up or down, or knows no monitors. */
export type BadDeploy = 'throws' | 'hangs' | 'lies-up' | 'lies-down' | 'empty';

export interface TableTrouble {
  /** Which calls are concerned. */
  readonly calls: 'reads' | 'writes' | 'all';
  /**
   * `throttled` is a refusal, `broken` an error; `slow` answers after three seconds; `answer-lost`: it is done, and the caller sees
   * a failure; `condition-refused`: a conditional write is done, its answer lost, and its repetition refused.
   */
  readonly how: 'throttled' | 'broken' | 'slow' | 'answer-lost' | 'condition-refused';
  /** Of each single call. */
  readonly probability: number;
}

const slowMs = 3_000;
const nameless: Pinged = { kind: 'failed', reason: 'dns-error: the name does not resolve' };
const seenAddress = '192.0.2.10:443';

/** Each set or map is changed by faults and read by every call. */
export class Afflictions {
  /** Regions whose prober never goes on after it has claimed a slot; of a deaf one not even a poke is answered. */
  readonly hung = new Set<RegionId>();
  readonly deaf = new Set<RegionId>();
  readonly revoked = new Set<RegionId>();
  readonly withoutNames = new Set<RegionId>();
  readonly deploys = new Map<RegionId, BadDeploy>();
  readonly skipped = new Map<RegionId, ReadonlySet<MonitorId>>();
  readonly tables = new Map<RegionId, TableTrouble>();
  private readonly events: Events;
  private readonly random: Random;

  constructor(events: Events, random: Random) {
    this.events = events;
    this.random = random;
  }

  portsFor(environment: Environment, ports: Ports): Ports {
    const { region } = environment;
    const replicas = new Map<RegionId, Replica>();
    const allowed = <T>(call: () => Promise<T>): Promise<T> => (this.revoked.has(region) ? Promise.reject(new Refused('AccessDeniedException')) : call());
    return {
      ...ports,
      replica: (of) => {
        const replica = replicas.get(of) ?? this.replica(environment, ports.replica(of));
        replicas.set(of, replica);
        return replica;
      },
      prober: { attempt: (monitor, timeoutMs) => this.seen(environment, monitor.id) ?? ports.prober.attempt(monitor, timeoutMs) },
      topics: { publish: (of, message) => allowed(() => ports.topics.publish(of, message)) },
      beatMetrics: { publish: (into, role, of, at) => allowed(() => ports.beatMetrics.publish(into, role, of, at)) },
      anchors: { answers: (url, timeoutMs) => (this.withoutNames.has(region) ? Promise.resolve(false) : ports.anchors.answers(url, timeoutMs)) },
      outside: { ping: (url, timeoutMs) => (this.withoutNames.has(region) ? Promise.resolve(nameless) : ports.outside.ping(url, timeoutMs)) },
      pokes: { poke: (of, nonce) => allowed(() => ports.pokes.poke(of, nonce)) },
    };
  }

  /** Whether at least some reads of the table of a region still bring something. */
  answersReads(region: RegionId): boolean {
    return this.lostReadsOf(region) < 1;
  }

  /** Whether most of them do: whoever asks a few times learns what is there. */
  answersMostReads(region: RegionId): boolean {
    return this.lostReadsOf(region) < 0.5;
  }

  private lostReadsOf(region: RegionId): number {
    const trouble = this.tables.get(region);
    return trouble === undefined || trouble.calls === 'writes' || trouble.how === 'condition-refused' ? 0 : trouble.probability;
  }

  /** What a probe seems to see where it is not the target that decides. */
  private seen({ region, role }: Environment, monitor: MonitorId): Promise<Attempt> | undefined {
    const deploy = role === 'prober' ? this.deploys.get(region) : undefined;
    if (deploy === 'lies-up') return Promise.resolve({ reason: 'ok', detail: '', phases: noPhases, address: seenAddress });
    if (deploy === 'lies-down') return Promise.resolve({ reason: 'protocol', detail: 'not what was expected', phases: noPhases });
    if (monitor === 'canary-must-refuse') return undefined;
    if (this.withoutNames.has(region)) return Promise.resolve({ reason: 'dns-error', detail: 'the name does not resolve', phases: noPhases });
    if (this.skipped.get(region)?.has(monitor)) return Promise.resolve({ reason: 'prober-error', detail: 'this probe does not work', phases: noPhases });
    return undefined;
  }

  private replica(environment: Environment, replica: Replica): Replica {
    const read = <T>(call: () => Promise<T>): Promise<T> => this.ask(environment, replica, 'reads', call);
    const write = <T>(call: () => Promise<T>): Promise<T> => this.ask(environment, replica, 'writes', call);
    return {
      region: replica.region,
      get: (keys) => read(() => replica.get(keys)),
      query: (partition, from, to) => read(() => replica.query(partition, from, to)),
      put: (item) => write(() => replica.put(item)),
      putIfAbsent: (item) => write(() => this.compete(replica, () => replica.putIfAbsent(item))),
      putIfNewer: (item) => write(() => this.compete(replica, () => this.claiming(environment, item, replica.putIfNewer(item)))),
    };
  }

  /** A conditional write may seem to have been won by somebody else: by its own first attempt, whose answer was lost. */
  private async compete(replica: Replica, call: () => Promise<Written>): Promise<Written> {
    const trouble = this.tables.get(replica.region);
    const isRepeated = trouble?.how === 'condition-refused' && this.random.chance(trouble.probability);
    const written = await call();
    return isRepeated ? 'refused' : written;
  }

  /** A hung prober claims its slot and is never heard of again. */
  private async claiming(environment: Environment, item: Item, writing: Promise<Written>): Promise<Written> {
    const written = await writing;
    if (item.pk.startsWith('CLAIM#') && item.seq !== 0 && environment.role === 'prober' && this.hung.has(environment.region)) environment.stick();
    return environment.isStuck ? new Promise<never>(() => undefined) : written;
  }

  private ask<T>({ region }: Environment, replica: Replica, calls: 'reads' | 'writes', call: () => Promise<T>): Promise<T> {
    if (this.revoked.has(region)) return Promise.reject(new Refused('AccessDeniedException'));
    const trouble = this.tables.get(replica.region);
    const isConcerned = trouble !== undefined && (trouble.calls === 'all' || trouble.calls === calls);
    if (!isConcerned || !this.random.chance(trouble.probability)) return call();
    switch (trouble.how) {
      case 'throttled':
        return answered(replica, new Refused('ProvisionedThroughputExceededException'));
      case 'broken':
        return answered(replica, new Error('InternalServerError'));
      case 'slow':
        return new Promise((resolve, reject) => {
          this.events.in(slowMs, () => call().then(resolve, reject));
        });
      case 'answer-lost':
        return call().then(() => Promise.reject(new Error('socket hang up')));
      case 'condition-refused':
        return call();
    }
  }
}

/** A refusal is an answer: it has to get there and back, too. */
const answered = (replica: Replica, error: Error): Promise<never> => replica.get([]).then(() => Promise.reject(error));
