/** Opens the global table itself, with the credentials of whoever asks: where it is deployed no process of ours answers. */
import { systemCalendar } from '../src/adapters/calendar';
import { systemClock } from '../src/adapters/clock';
import { createReplica } from '../src/adapters/dynamodb/replica';
import { orderName } from '../src/adapters/order-name';
import type { RegionId } from '../src/core/basics/brand';
import { allRegions, type Config } from '../src/core/config/config';
import { watchKey } from '../src/core/table';
import { createOverview, type Overview } from '../src/engine/overview';
import type { Replica } from '../src/engine/ports';
import { readConfig } from './deployed/config-of';
import { CannotAsk } from './local-http';

export interface AskAws {
  /** The configuration that is deployed. */
  readonly file: string;
  /** Hears of regions that do not answer. */
  readonly say: (text: string) => void;
  /** Instead of the real ones, in tests. */
  readonly replicaOf?: ((region: RegionId) => Replica) | undefined;
}

export async function openAws({ file, say, replicaOf = realReplica }: AskAws): Promise<{ readonly config: Config; readonly overview: Overview }> {
  const config = await readConfig(file);
  const replicas = await answering(allRegions(config.regions).map(replicaOf), say);
  return { config, overview: createOverview({ config, clock: systemClock, replicas, lookLimitMs, calendar: systemCalendar, nameOf: orderName }) };
}

/** From a laptop to the other side of the world, with all pages of the logs. */
const lookLimitMs = 20_000;

const realReplica = (region: RegionId): Replica => createReplica({ region, timeoutMs: 8000, isConsistent: () => false });

/** A first small read: what is dark is left out, and said. */
async function answering(replicas: readonly Replica[], say: (text: string) => void): Promise<readonly Replica[]> {
  const tries = await Promise.all(replicas.map(async (replica) => ({ replica, error: await errorOf(replica.get([watchKey(replica.region)])) })));
  const failed = tries.flatMap(({ replica, error }) => (error === undefined ? [] : [`the table in ${replica.region} does not answer: ${error}`]));
  if (failed.length === replicas.length) throw new CannotAsk(`${failed[0]}; check your AWS credentials, and that twinwatch is deployed`);
  for (const sentence of failed) say(sentence);
  return tries.flatMap(({ replica, error }) => (error === undefined ? [replica] : []));
}

const errorOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
