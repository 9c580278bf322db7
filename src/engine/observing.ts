/** What a round observes: every due monitor, and two canaries that tell whether what it observed can be believed. */
import type { Instant, Slot } from '../core/basics/brand';
import type { CanaryReading } from '../core/beat';
import { anchorAt, canariesAt, discredited, readCanaries } from '../core/canary';
import type { Monitor } from '../core/config/config';
import { type Attempt, noPhases, type Observation, outcomeOf } from '../core/observation';
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

/** Whether what a round has seen so far will count, whatever is still to come: what has not answered yet is taken to fail. */
export async function isBelievable(world: World, { monitors, slot, giveUpAt, soFar }: Look & { readonly soFar: SoFar }): Promise<boolean> {
  const { mustAnswer, mustRefuse } = canariesAt(world.self.canaryUrl);
  const [answered, refused] = [soFar.canaries.get(mustAnswer.id), soFar.canaries.get(mustRefuse.id)];
  if (answered === undefined || outcomeOf(answered) !== 'ok' || refused === undefined || outcomeOf(refused) === 'ok') return false;
  const seen = new Set(soFar.observations.map(({ monitor }) => monitor));
  const open = monitors.filter(({ id }) => !seen.has(id)).map(({ id, hash }): Observation => ({ monitor: id, hash, slot, attempts: [unanswered] }));
  soFar.sight ??= sightOf(world, 'right', { slot, giveUpAt, observations: [...soFar.observations, ...open] }).then((read) => read === 'right');
  return soFar.sight;
}

const unanswered: Attempt = { reason: 'first-byte-timeout', detail: '', phases: noPhases };

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
