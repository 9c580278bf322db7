/** All regions of the system on this machine: started together, introduced to each other, and ended together. */
import { join } from 'node:path';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions } from '../src/core/config/config';
import type { AlarmEvent, DeliveryEvent, FromEdge } from './aws/edge-messages';
import { type Faults, noFaults } from './aws/faults';
import { edgeSpec, type Place } from './edge-spec';
import { type LinkChange, Links, type LinkView } from './links';
import type { ProcessBook } from './process-book';
import { Region, type RegionView } from './region';

export interface LocalSystemParts extends Place {
  readonly book: ProcessBook;
  readonly onDelivery: (delivery: DeliveryEvent) => void;
  readonly onAlarm: (region: RegionId, alarm: AlarmEvent) => void;
  readonly onFailure: (region: RegionId, failure: Extract<FromEdge, { kind: 'invocation' }>) => void;
  /** It runs, and cannot store. */
  readonly onTrouble: (region: RegionId, problem: string) => void;
  readonly onLost: (region: RegionId, pid: number, end: string) => void;
}

export class LocalSystem {
  readonly #regions: ReadonlyMap<RegionId, Region>;
  readonly #links: Links;
  readonly #faults = new Map<RegionId, Faults>();
  #isStopping = false;

  constructor(parts: LocalSystemParts) {
    const names = allRegions(parts.config.regions);
    this.#links = new Links(names);
    this.#regions = new Map(names.map((name) => [name, newRegion(parts, name)]));
  }

  /** Throws when a region could not start; the others must be stopped then. */
  async start(): Promise<void> {
    await Promise.all([...this.#regions.values()].map((region) => region.start()));
    this.#introduceAll();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#regions.values()].map((region) => region.stop()));
  }

  /** At once, and without waiting: this process is about to end. */
  killAll(): void {
    this.#isStopping = true;
    for (const region of this.#regions.values()) region.killAtOnce();
  }

  regions(): readonly RegionView[] {
    return [...this.#regions.values()].map((region) => region.view());
  }

  links(): readonly LinkView[] {
    return this.#links.list();
  }

  /** Where the table of a region is read. */
  urlOf(region: RegionId): string {
    return this.#region(region).url;
  }

  async darken(region: RegionId): Promise<void> {
    await this.#region(region).kill();
  }

  /** With the port and the data it had; throws when it does not come up. */
  async bringBack(region: RegionId): Promise<void> {
    if (this.#isStopping) return;
    await this.#region(region).start();
    this.#introduceAll();
  }

  setLink(link: LinkChange): void {
    this.#links.set(link);
    this.#tellLinks(this.#region(link.from));
  }

  isCut(from: RegionId, to: RegionId): boolean {
    return this.#links.isCut(from, to);
  }

  /** Nothing else is wrong with that region then. A dark one learns of it when it comes back. */
  setFaults(region: RegionId, faults: Partial<Faults>): void {
    this.#faults.set(region, { ...noFaults, ...faults });
    this.#tellFaults(this.#region(region));
  }

  /** The one that came back knows nobody. To the others it is no news. */
  #introduceAll(): void {
    const peers = Object.fromEntries([...this.#regions.values()].map((region) => [region.name, region.url]));
    for (const region of this.#regions.values()) {
      region.tell({ kind: 'peers', peers });
      this.#tellLinks(region);
      this.#tellFaults(region);
    }
  }

  #tellLinks(region: Region): void {
    for (const order of this.#links.ordersFor(region.name)) region.tell(order);
  }

  #tellFaults(region: Region): void {
    region.tell({ kind: 'faults', faults: this.#faults.get(region.name) ?? noFaults });
  }

  #region(name: RegionId): Region {
    const region = this.#regions.get(name);
    if (region === undefined) throw new Error(`there is no region ${name}`);
    return region;
  }
}

function newRegion(parts: LocalSystemParts, name: RegionId): Region {
  return new Region({
    name,
    role: parts.config.regions.witness === name ? 'witness' : 'prober',
    edgeFile: parts.built.edgeFile,
    logFile: join(parts.dataFolder, name, 'logs', 'edge.log'),
    spec: (port) => edgeSpec(parts, name, port),
    book: parts.book,
    hear: (message) => hear(parts, name, message),
    onLost: (pid, end) => parts.onLost(name, pid, end),
  });
}

function hear(parts: LocalSystemParts, region: RegionId, message: FromEdge): void {
  if (message.kind === 'delivery') parts.onDelivery(message);
  if (message.kind === 'alarm') parts.onAlarm(region, message);
  if (message.kind === 'trouble') parts.onTrouble(region, message.problem);
  if (message.kind === 'invocation') parts.onFailure(region, message);
}
