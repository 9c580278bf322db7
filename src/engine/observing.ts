/** What a round observes: every due monitor, and two canaries that tell whether what it observed can be believed. */
import type { Instant, Slot } from '../core/basics/brand';
import type { CanaryReading } from '../core/beat';
import { anchorAt, canariesAt, discredited, readCanaries } from '../core/canary';
import type { Monitor } from '../core/config/config';
import { type Attempt, decidingAttempt, type Observation, outcomeOf } from '../core/observation';
import { doubtsItself } from '../core/self-doubt';
import type { Reached } from '../core/watch';
import { type Look, probeAll, type SoFar, tryOnce } from './probing';
import { probeInShards } from './sharded-probing';
import type { World } from './world';

export interface Observed {
  readonly observations: readonly Observation[];
  readonly canaries: CanaryReading;
}

type Sighted = Exclude<CanaryReading, 'closed-port-answered'>;

interface Round {
  readonly slot: Slot;
  readonly giveUpAt: Instant;
  readonly observations: readonly Observation[];
}

/** Of a round: with the help of probe workers, where there are any. */
export const observe = (world: World, look: Look): Promise<Observed> => observeAll(world, look, probeInShards);

/** Where the canaries read wrong, nothing that was observed counts. */
export async function observeAll(world: World, look: Look, probe: typeof probeInShards = probeAll): Promise<Observed> {
  const { slot, giveUpAt, soFar } = look;
  const { mustAnswer, mustRefuse } = canariesAt(world.self.canaryUrl);
  const canary = async (monitor: Monitor): Promise<Attempt> => {
    const made = await tryOnce(world, { monitor, slot, giveUpAt });
    soFar?.canaries.set(monitor.id, made);
    return made;
  };
  const [observations, answered, refused] = await Promise.all([probe(world, look), canary(mustAnswer), canary(mustRefuse)]);
  const read = readCanaries({ mustAnswer: answered, mustRefuse: refused, observations });
  const canaries = read === 'closed-port-answered' ? read : await sightOf(world, read, { slot, giveUpAt, observations });
  if (canaries === 'right') return { observations, canaries };
  world.ports.diary.note('canaries read wrong', { slot, canaries });
  return { observations: believed(observations, canaries), canaries };
}

/** Whether what a round has seen so far would count whatever comes: both canaries read right, and more than half of all that is due is well. */
export function isBelievable({ self }: World, { observations, canaries }: SoFar, due: number): boolean {
  const { mustAnswer, mustRefuse } = canariesAt(self.canaryUrl);
  const [answered, refused] = [canaries.get(mustAnswer.id), canaries.get(mustRefuse.id)];
  if (answered === undefined || outcomeOf(answered) !== 'ok' || refused === undefined || outcomeOf(refused) === 'ok') return false;
  return observations.filter((observation) => outcomeOf(decidingAttempt(observation)) === 'ok').length * 2 > due;
}

/** What counts of observations, as the canaries of their round read. */
export const believed = (observations: readonly Observation[], canaries: CanaryReading): readonly Observation[] =>
  canaries === 'right' ? observations : observations.map((observation) => discredited(observation, canaries));

/**
 * A region that reaches nothing, or from which most fails and from here only, suspects itself and asks neutral addresses. Where
 * one answers it is believed: what fails is real for users here. Where there are none to ask, a doubt alone proves nothing.
 */
async function sightOf(world: World, read: Sighted, { slot, giveUpAt, observations }: Round): Promise<Sighted> {
  const doubts = read === 'nothing-answered' || doubtsItself(observations, { heads: world.memory.heads, me: world.self.region });
  const anchors = doubts ? await probeAnchors(world, slot, giveUpAt) : 'reached';
  if (anchors === 'nobody-to-ask') return read;
  return anchors === 'reached' ? 'right' : 'nothing-answered';
}

/** With the eye that is in doubt, so that a prober that sees nothing anywhere is not cleared by a connection that it does not use. */
async function probeAnchors(world: World, slot: Slot, giveUpAt: Instant): Promise<Reached> {
  const attempts = await Promise.all(world.self.config.anchors.map((url) => tryOnce(world, { monitor: anchorAt(url), slot, giveUpAt })));
  const outcomes = attempts.map(outcomeOf).filter((outcome) => outcome !== 'not-covered');
  if (outcomes.length === 0) return 'nobody-to-ask';
  return outcomes.includes('ok') ? 'reached' : 'not-reached';
}
