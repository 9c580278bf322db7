/** The simulated world: everything the engine touches, tied together in virtual time. */
import type { RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { allRegions, type Config } from '../../src/core/config/config';
import type { Item } from '../../src/core/table';
import type { PokeAnswer, Ports } from '../../src/engine/ports';
import { Afflictions } from './afflictions';
import { SimulatedAnchors } from './anchors';
import { Clocks } from './clocks';
import type { Engine } from './engine';
import type { Environment } from './environment';
import { Events } from './events';
import { Hearing } from './hearing';
import { History } from './history';
import { Inboxes } from './inboxes';
import { LaggingReads } from './lagging-reads';
import { noticing } from './looking';
import { SimulatedMetrics } from './metrics';
import { Network } from './network';
import { OutsideSwitches } from './outside-switch';
import { Random } from './random';
import { Region } from './region';
import { GlobalTable, type Write } from './table';
import { Targets } from './targets';
import { SimulatedTopics } from './topics';

/** When every simulated story begins. */
export const startsAt = Date.parse('2026-11-21T00:00:00Z');

export interface WorldSettings {
  readonly seed: number;
  readonly config: Config;
  readonly engine: Engine;
}

export class World {
  readonly config: Config;
  readonly events = new Events(startsAt);
  readonly clocks: Clocks;
  readonly network: Network;
  readonly table: GlobalTable;
  readonly topics: SimulatedTopics;
  readonly metrics: SimulatedMetrics;
  readonly anchors: SimulatedAnchors;
  readonly outside: OutsideSwitches;
  readonly targets: Targets;
  readonly afflictions: Afflictions;
  readonly inboxes: Inboxes;
  readonly history: History;
  readonly regions: ReadonlyMap<RegionId, Region>;
  /** Called for every write at the moment it is accepted. */
  readonly writeWatches: ((write: Write, at: number) => void)[] = [];

  constructor({ seed, config, engine }: WorldSettings) {
    const { events } = this;
    const names = allRegions(config.regions);
    this.config = config;
    this.clocks = new Clocks(events, new Random(seed, 'freezing').chance(0.5));
    this.network = new Network(events, new Random(seed, 'network'));
    const lagging = new LaggingReads({ events, random: new Random(seed, 'reads'), regions: names });
    this.table = new GlobalTable({ events, random: new Random(seed, 'table'), network: this.network, regions: names, lagging });
    this.topics = new SimulatedTopics(this.network);
    this.metrics = new SimulatedMetrics(this.network);
    this.anchors = new SimulatedAnchors(events);
    this.outside = new OutsideSwitches(events, config.outside);
    this.targets = new Targets(events, new Random(seed, 'targets'), this.anchors);
    this.afflictions = new Afflictions(events, new Random(seed, 'afflictions'));
    this.inboxes = new Inboxes({ events, network: this.network, config, portsFor: (environment) => this.portsFor(environment) });
    this.history = new History(() => this.elapsedMs);
    const parts = {
      seed,
      config,
      engine,
      events,
      clocks: this.clocks,
      portsFor: (environment: Environment) => this.portsFor(environment),
      badDeployOf: (region: RegionId) => this.afflictions.deploys.get(region),
    };
    this.regions = new Map(names.map((name) => [name, new Region(name, parts)]));
    this.listen();
    this.skewClocks(new Random(seed, 'clocks'));
    for (const region of this.regions.values()) region.start();
  }

  /** Milliseconds since the story began. */
  get elapsedMs(): number {
    return this.events.now - startsAt;
  }

  /** Lets time pass until so long after the story began. */
  runUntil(elapsedMs: number): Promise<void> {
    return this.events.runUntil(startsAt + elapsedMs);
  }

  region(name: RegionId): Region {
    const region = this.regions.get(name);
    if (region === undefined) throw new Error(`there is no region ${name} in this world`);
    return region;
  }

  /** A laptop on which all of it runs shuts its lid: only the world outside goes on. */
  sleep(): () => void {
    const wakings = [this.clocks.sleep(), this.inboxes.sleep(), ...[...this.regions.values()].map((region) => region.sleep())];
    return () => {
      for (const wake of wakings) wake();
    };
  }

  private listen(): void {
    this.network.onHealed = () => this.table.drain();
    const hearing = this.hearing();
    this.table.onArrived = (replica, item) => hearing.arrived(replica, item);
    this.table.onWrite = (write) => {
      this.history.recordWrite(write, (heardAt) => hearing.follow({ writer: write.writer, place: write.replica, item: write.item }, heardAt));
      for (const watch of this.writeWatches) watch(write, this.elapsedMs);
    };
    this.topics.onAccepted = (accepted) => this.history.recordAccepted(accepted);
    this.outside.isReachedFrom = (region) => this.anchors.isReachedFrom(region) && !this.network.isDark(region);
    this.outside.onPing = (region) => this.history.recordOutsidePing(region);
    this.outside.onPage = (region) => this.history.recordOutsidePage(region);
    for (const region of this.regions.values()) {
      for (const { lambda } of region.functions) lambda.onBadEnding = (ending) => this.history.recordEnding(ending);
    }
  }

  private hearing(): Hearing {
    const ears = {
      network: this.network,
      regions: [...this.regions.keys()],
      isReadable: (region: RegionId) => this.table.answers(region) && this.afflictions.answersReads(region),
      answersWhoAsks: (region: RegionId) => this.table.answers(region) && this.afflictions.answersMostReads(region),
      hasLookedSince: (region: RegionId, at: number) => (this.history.lastVigilOf(region) ?? 0) > at,
    };
    return new Hearing(
      ears,
      { now: () => this.elapsedMs, quietlyIn: (ms, run) => void this.events.quietlyIn(ms, run) },
      this.config.beatIntervalMs < minute ? 10 * second : 65 * second,
    );
  }

  private skewClocks(random: Random): void {
    for (const region of this.regions.keys()) this.clocks.skew(region, Math.round(random.between(-500, 500)));
  }

  private portsFor(environment: Environment): Ports {
    const ports = this.afflictions.portsFor(environment, this.wellPortsFor(environment));
    const eyes = {
      now: () => this.elapsedMs,
      onQuestion: (region: RegionId) => this.history.recordQuestion(region),
      onLook: (region: RegionId) => this.history.recordLook(region),
      onBeat: (region: RegionId, beat: Item) => this.history.recordTry(region, Number(beat.seq)),
    };
    return { ...ports, replica: (region) => noticing(ports.replica(region), environment.region, eyes) };
  }

  private wellPortsFor(environment: Environment): Ports {
    return {
      clock: this.clocks.clockOf(environment),
      machine: this.clocks.machine,
      replica: (region) => this.table.replicaFor(environment, region),
      prober: this.targets.proberFor(environment),
      topics: this.topics.topicsFor(environment),
      beatMetrics: this.metrics.metricsFor(environment),
      anchors: this.anchors.anchorsFor(environment),
      outside: this.outside.outsideFor(environment),
      inbox: this.inboxes.inboxFor(environment),
      // All simulated channels are served by SNS.
      relay: { hand: async () => undefined },
      calendar: { next: async () => () => undefined },
      pokes: { poke: (region, nonce) => this.poke(environment, region, nonce) },
      diary: { note: (what, facts) => this.history.recordNote({ region: environment.region, role: environment.role, what, facts }) },
    };
  }

  /** A synchronous invocation: the call has to get there, and the answer back. */
  private async poke(caller: Environment, region: RegionId, nonce: string): Promise<PokeAnswer> {
    await this.network.call(caller, region, () => undefined);
    if (this.afflictions.deaf.has(region)) return new Promise<never>(() => undefined);
    const asked = await outcomeOf(this.region(region).lambdaOf('prober').ask({ poke: nonce }));
    return this.network.call(caller, region, () => {
      if (asked.error !== undefined) throw asked.error;
      return asked.answer as PokeAnswer;
    });
  }
}

async function outcomeOf(asking: Promise<unknown>): Promise<{ readonly answer?: unknown; readonly error?: unknown }> {
  try {
    return { answer: await asking };
  } catch (error) {
    return { error };
  }
}
