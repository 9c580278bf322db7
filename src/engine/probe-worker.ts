/** What a probe worker does when the prober of its region asks: it probes one shard of a round and answers what it saw. It claims, records, judges and tells nothing. */
import { type Instant, instant, slotAt } from '../core/basics/brand';
import { probingMs, second } from '../core/basics/time';
import { canariesAt, readCanaries } from '../core/canary';
import type { ShardAnswer } from '../core/shard-answer';
import { shardOf } from '../core/sharding';
import type { Invocation, ShardRequest } from './ports';
import { dueIn, type Probing, probeAll, tryOnce } from './probing';
import type { Self } from './world';

export interface WorkerWorld extends Probing {
  readonly self: Pick<Self, 'region' | 'config' | 'canaryUrl'>;
  readonly invocation: Invocation;
}

export interface WorkerEvent {
  readonly shard?: unknown;
  /** Any function may be invoked only to prove that it has landed well. */
  readonly landing?: unknown;
}

const nonceLengthMax = 64;

/** Throws where the event asks for nothing that can be answered. */
export function shardRequestOf(event: unknown): ShardRequest {
  const { nonce, slot, shard, of, giveUpAt } = typeof event === 'object' && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > nonceLengthMax) {
    throw new Error(`"shard.nonce" must be text of 1 to ${nonceLengthMax} characters, which the answer repeats`);
  }
  if (!isWhole(slot) || !isWhole(shard) || !isWhole(of) || shard >= of) {
    throw new Error('"shard" must hold whole numbers: `slot`, and `shard` from 0 of `of`');
  }
  if (typeof giveUpAt !== 'number' || !Number.isFinite(giveUpAt)) throw new Error('"shard.giveUpAt" must be a time in milliseconds');
  return { nonce, slot: slotAt(slot), shard, of, giveUpAt: instant(giveUpAt) };
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export async function answerShard(world: WorkerWorld, request: ShardRequest): Promise<ShardAnswer> {
  const { nonce, slot, shard, of } = request;
  const { region, config, canaryUrl } = world.self;
  const giveUpAt = endOf(world, request);
  const { mustAnswer, mustRefuse } = canariesAt(canaryUrl);
  const [observations, answered, refused] = await Promise.all([
    probeAll(world, { monitors: dueIn(world, slot).filter((monitor) => shardOf(monitor, of) === shard), slot, giveUpAt }),
    tryOnce(world, { monitor: mustAnswer, slot, giveUpAt }),
    tryOnce(world, { monitor: mustRefuse, slot, giveUpAt }),
  ]);
  const canaries = readCanaries({ mustAnswer: answered, mustRefuse: refused, observations });
  return { nonce, region, configHash: config.hash, canaries, seen: observations };
}

/** Whatever the clocks of both say, no round lasts longer than a round, and the answer must leave before this environment is killed. */
function endOf({ self, ports, invocation }: WorkerWorld, { giveUpAt }: ShardRequest): Instant {
  const now = ports.clock.now();
  return instant(Math.min(giveUpAt, now + probingMs(self.config.beatIntervalMs), now + invocation.remainingMs() - second));
}
