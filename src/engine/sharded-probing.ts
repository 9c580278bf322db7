/**
 * A round that is too large for one function: probe workers of the same region probe a shard each, all at once, and the prober puts
 * together what they saw. What a worker does not answer well and in time is not covered, and says why; it never is down.
 */
import { instant } from '../core/basics/brand';
import { hashHex } from '../core/basics/hash';
import { second } from '../core/basics/time';
import { discredited } from '../core/canary';
import type { Monitor } from '../core/config/config';
import { shardCount } from '../core/function-size';
import { noPhases, type Observation } from '../core/observation';
import type { ShardAnswer, ShardSeen } from '../core/shard-answer';
import { byShard } from '../core/sharding';
import type { ShardRequest, Shards } from './ports';
import { type Look, probeAll } from './probing';
import { type Outcome, within } from './within';
import type { World } from './world';

/** Observations of all these monitors, in any order. Without workers, and where one function is enough, the prober probes them itself. */
export async function probeInShards(world: World, look: Look): Promise<readonly Observation[]> {
  const { shards } = world.ports;
  const of = shards === undefined ? 1 : shardCount(world.self.config);
  if (shards === undefined || of === 1) return probeAll(world, look);
  const parts = [...byShard(look.monitors, of)].map(([shard, monitors]) => probeShard(world, shards, { ...look, monitors, shard, of }));
  return (await Promise.all(parts)).flat();
}

interface Part extends Look {
  readonly shard: number;
  readonly of: number;
}

async function probeShard(world: World, shards: Shards, part: Part): Promise<readonly Observation[]> {
  const { clock, diary } = world.ports;
  const request = requestOf(world, part);
  const limitMs = Math.max(0, part.giveUpAt - clock.now());
  const outcome = await within(clock, limitMs, shards.probe(request, limitMs));
  const answer = answerTo(request, outcome, world);
  if (answer.kind === 'none') {
    diary.note('shard not covered', { shard: part.shard, of: part.of, slot: part.slot, error: answer.why });
    return part.monitors.map((monitor) => notCovered(monitor, part, answer.why));
  }
  const observations = observationsOf(part, answer.value, world);
  part.soFar?.observations.push(...observations);
  return observations;
}

/** An answer needs time to arrive and to be read: so much of what is left, and no more than is usual. */
const answerShare = 0.1;
const answerMs = second / 2;

function requestOf({ self, ports }: World, { shard, of, slot, giveUpAt }: Part): ShardRequest {
  const now = ports.clock.now();
  const nonce = hashHex(`${self.bootId} ${self.region} ${slot} ${shard} of ${of} ${now}`);
  return { nonce, slot, shard, of, giveUpAt: instant(giveUpAt - Math.min(answerMs, answerShare * Math.max(0, giveUpAt - now))) };
}

type Answered = { readonly kind: 'answer'; readonly value: ShardAnswer } | { readonly kind: 'none'; readonly why: string };

function answerTo(request: ShardRequest, outcome: Outcome<ShardAnswer>, { self }: World): Answered {
  if (outcome.kind === 'failed') return { kind: 'none', why: outcome.error };
  const { nonce, region } = outcome.value;
  if (nonce !== request.nonce || region !== self.region) return { kind: 'none', why: `it was answered for another question, in ${region}` };
  return { kind: 'answer', value: outcome.value };
}

/**
 * Monitors are the same where their hashes are, whatever else differs between the configurations: while a deployment is under way
 * the prober's is older than the worker's for a minute, and only what was changed is not covered meanwhile.
 */
function observationsOf(part: Part, answer: ShardAnswer, { self }: World): readonly Observation[] {
  const seen = new Map<string, ShardSeen>(answer.seen.map((one) => [one.hash, one]));
  const why = answer.configHash === self.config.hash ? 'it left this monitor out' : `its configuration is ${answer.configHash}, and not ${self.config.hash}`;
  return part.monitors.map((monitor) => {
    const found = seen.get(monitor.hash);
    if (found === undefined) return notCovered(monitor, part, why);
    const observation = { monitor: monitor.id, hash: monitor.hash, slot: part.slot, attempts: found.attempts };
    return answer.canaries === 'right' ? observation : discredited(observation, answer.canaries);
  });
}

/** Says something of us, and nothing of the target. */
function notCovered({ id, hash }: Monitor, { slot, shard, of }: Part, why: string): Observation {
  const detail = `probe worker of shard ${shard + 1} of ${of}: ${why}`;
  return { monitor: id, hash, slot, attempts: [{ reason: 'prober-error', detail, phases: noPhases }] };
}
