/**
 * An alert that is killed on its way: the invocation that tells something is ended at one of its awaits. Between two awaits nothing
 * leaves it, so its awaits are all the points there are: a call either was never made, or was made and its answer never seen.
 */
import type { RegionId } from '../../src/core/basics/brand';
import { minute, second } from '../../src/core/basics/time';
import { allRegions, type Config } from '../../src/core/config/config';
import type { LogEntry } from '../../src/core/log';
import { decodeLogEntry } from '../../src/core/log-item';
import type { FunctionRole } from '../../src/core/names';
import type { Item } from '../../src/core/table';
import type { Engine } from './engine';
import type { Fault } from './faults';
import { inflict } from './inflict';
import { realEngine } from './real-engine';
import { World } from './world';

/** After so long everybody has had a turn to tell it, and has learnt that it was told. */
const settledMs = 100 * second;

/** What is told in a story, and by when. */
export interface Telling {
  readonly config: Config;
  readonly fault: Fault;
  readonly key: string;
  readonly kind: 'opened' | 'resolved';
  readonly until: number;
}

/** An invocation, by its function and when it began. */
export interface Teller {
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly begins: number;
}

export interface Killed {
  /** False where the invocation ended by itself before that many answers. */
  readonly isCut: boolean;
  /** What it had recorded, sent and receipted before it died. */
  readonly stage: Stage;
  /** Every message that told it, in order; `at` in milliseconds since the story began. */
  readonly told: readonly { readonly sender: RegionId; readonly at: number }[];
  /** What each replica holds at the end of all regions' logs about its key. */
  readonly logs: ReadonlyMap<RegionId, readonly LogEntry[]>;
}

export type Stage = 'nothing' | 'recorded' | 'sent' | 'receipted';

/** The invocation that tells it when nothing is killed. */
export async function tellerOf(telling: Telling): Promise<Teller> {
  const begun = new Map<string, number>();
  let teller: Teller | undefined;
  const world = worldOf(telling, (self) => ({ begins: (at) => void begun.set(`${self.region} ${self.role}`, at), ends: () => undefined }));
  world.writeWatches.push(({ writer, item }) => {
    if (teller !== undefined || stepOf(item, telling) !== 'announced') return;
    const role = item.by === 'watchdog' ? 'watchdog' : 'prober';
    teller = { region: writer, role, begins: begun.get(`${writer} ${role}`) ?? 0 };
  });
  await world.runUntil(telling.until);
  if (teller === undefined) throw new Error(`nobody told that ${telling.key} was ${telling.kind}`);
  return teller;
}

/** The same story, but that invocation dies instead of taking its answer number `answers`, from 0. */
export async function killTeller(telling: Telling, teller: Teller, answers: number): Promise<Killed> {
  let isCut = true;
  let calm: () => void = () => undefined;
  const isVictim = ({ region, role }: { readonly region: RegionId; readonly role: string }): boolean => region === teller.region && role === teller.role;
  const world = worldOf(telling, (self) => ({
    begins: () => undefined,
    ends: (at) => {
      if (at !== teller.begins || !isVictim(self)) return;
      isCut = false;
      calm();
    },
  }));
  const stage = stageOf(world, telling, teller);
  await world.runUntil(teller.begins - 1);
  calm = world.region(teller.region).lambdaOf(teller.role).crashNext([answers]);
  await world.runUntil(teller.begins + settledMs);
  const told = world.history.announced.filter(({ key, kind }) => key === telling.key && kind === telling.kind);
  const logs = new Map(allRegions(telling.config.regions).map((region) => [region, logOf(world, region, telling.key)]));
  return { isCut, stage: stage(), told, logs };
}

/** How far the invocation gets that begins when the teller begins. */
function stageOf({ writeWatches, history }: World, telling: Telling, { region, role, begins }: Teller): () => Stage {
  const wrote = new Set<string | undefined>();
  writeWatches.push(({ writer, item }, at) => {
    if (writer === region && item.by === role && at >= begins && at < begins + minute / 2) wrote.add(stepOf(item, telling));
  });
  const isSent = (): boolean =>
    history.announced.some(({ key, kind, sender, at }) => key === telling.key && kind === telling.kind && sender === region && at < begins + minute / 2);
  return () => {
    if (wrote.has('receipt')) return 'receipted';
    if (!wrote.has('announced')) return 'nothing';
    return isSent() ? 'sent' : 'recorded';
  };
}

/** The kind of a log entry that is about what is told; undefined for any other item. */
function stepOf(item: Item, { key, kind }: Telling): string | undefined {
  const body = item.pk.startsWith('LOG#') ? decodeLogEntry(item)?.body : undefined;
  return body?.key === key && 'transition' in body && body.transition === kind ? body.kind : undefined;
}

type Watching = (self: { readonly region: RegionId; readonly role: string }) => {
  readonly begins: (at: number) => void;
  /** With the time at which it began. */
  readonly ends: (at: number) => void;
};

function worldOf({ config, fault }: Telling, watching: Watching): World {
  const world: World = new World({ seed: 1, config, engine: watched(watching, () => world.elapsedMs) });
  inflict(fault, world);
  return world;
}

const watched =
  (watching: Watching, elapsedMs: () => number): Engine =>
  (self, ports) => {
    const handler = realEngine(self, ports);
    const { begins, ends } = watching(self);
    return async (event, invocation) => {
      const at = elapsedMs();
      begins(at);
      const answer = await handler(event, invocation);
      ends(at);
      return answer;
    };
  };

function logOf(world: World, replica: RegionId, key: string): readonly LogEntry[] {
  const items = world.table.stores.get(replica)?.all() ?? [];
  return items.flatMap((item) => (item.pk.startsWith('LOG#') ? (decodeLogEntry(item) ?? []) : [])).filter(({ body }) => body.key === key);
}
