/** A turn of each function, given by hand, and its trace in the replica of another region: proof of work, not of life. */
import type { Functions } from '../../src/adapters/lambda/functions';
import type { RegionId } from '../../src/core/basics/brand';
import { second } from '../../src/core/basics/time';
import { decodeHead } from '../../src/core/beat';
import type { Config } from '../../src/core/config/config';
import { type FunctionRole, functionName } from '../../src/core/names';
import { headKey, type Item, type Key, onlyShard, watchKey } from '../../src/core/table';
import { decodeWatch } from '../../src/core/watch-record';
import type { Replica } from '../../src/engine/ports';
import { causeOf } from '../deployed/cause';
import { otherRegion } from '../deployed/config-of';
import type { LandingFact } from './landing-fact';

export interface GiveTurn {
  readonly functions: Functions;
  readonly config: Config;
  readonly region: RegionId;
  readonly role: FunctionRole;
  readonly replicaOf: (region: RegionId) => Replica;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A turn by hand may meet a slot that is taken; then the next one comes within the minute, and lasts for most of it. */
const patienceMs = 150 * second;
const lookEveryMs = second;

/** What a function leaves behind when it has done its work: a number that only grows, and the configuration that it did it with. */
interface Trace {
  readonly order: number;
  readonly configHash?: string | undefined;
}

export async function turnFacts(turn: GiveTurn): Promise<readonly LandingFact[]> {
  const { region, role, config, functions } = turn;
  const reader = otherRegion(config, region);
  const fact = (verdict: LandingFact['verdict'], said: string): readonly LandingFact[] => [{ region, verdict, said }];
  try {
    const before = await traceIn(turn, reader);
    await functions.start(region, role);
    for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
      const now = await traceIn(turn, reader);
      if (isProof(now, before, config)) return fact('ok', `the ${trace[role]} of ${region} can be read in ${reader}`);
      await turn.sleep(lookEveryMs);
    }
    return fact('fail', await whyNone(turn, reader, before));
  } catch (error) {
    return fact('fail', causeOf(error, `the table in ${reader}, or the ${role} of ${region},`, region));
  }
}

const trace: Readonly<Record<FunctionRole, string>> = { prober: 'beat', watchdog: 'watch record' };

const isProof = (now: Trace | undefined, before: Trace | undefined, { hash }: Config): boolean =>
  now !== undefined && now.order > (before?.order ?? Number.NEGATIVE_INFINITY) && (now.configHash ?? hash) === hash;

async function traceIn({ replicaOf, region, role }: GiveTurn, reader: RegionId): Promise<Trace | undefined> {
  const [item] = await replicaOf(reader).get([keyOf[role](region)]);
  return item === undefined ? undefined : readTrace[role](item);
}

const keyOf: Readonly<Record<FunctionRole, (region: RegionId) => Key>> = { prober: (region) => headKey(region, onlyShard), watchdog: watchKey };

const readTrace: Readonly<Record<FunctionRole, (item: Item) => Trace | undefined>> = {
  prober: (item) => {
    const head = decodeHead(item);
    return head === undefined ? undefined : { order: head.slot, configHash: head.configHash };
  },
  watchdog: (item) => {
    const record = decodeWatch(item);
    return record === undefined ? undefined : { order: record.seq };
  },
};

/** Tells a function that does not work from a replication that does not arrive. */
async function whyNone(turn: GiveTurn, reader: RegionId, before: Trace | undefined): Promise<string> {
  const { region, role, config } = turn;
  const none = `no new ${trace[role]} of ${region} could be read in ${reader} within ${patienceMs / second} s`;
  const there = await traceIn(turn, reader);
  if (there?.configHash !== undefined && there.configHash !== config.hash) {
    return `${none}: what comes is of the configuration ${there.configHash}, and this file is ${config.hash}; another version still works there`;
  }
  const atHome = await traceIn(turn, region);
  if (isProof(atHome, before, config)) return `${none}, but in ${region} it is there: the table does not replicate from ${region} to ${reader}`;
  return `${none}, nor in ${region}: the ${role} does not finish its work; the log group /aws/lambda/${functionName(role)} in ${region} says why`;
}
