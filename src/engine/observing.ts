/** What a round observes: every due monitor, and two canaries that tell whether what it observed can be believed. */
import type { Instant, Slot } from '../core/basics/brand';
import type { CanaryReading } from '../core/beat';
import { canariesAt, discredited, readCanaries } from '../core/canary';
import type { Observation } from '../core/observation';
import { doubtsItself } from '../core/self-doubt';
import { askAnchors } from './paths';
import { probeDue, tryOnce } from './probing';
import type { World } from './world';

export interface Observed {
  readonly observations: readonly Observation[];
  readonly canaries: CanaryReading;
}

/** Where the canaries read wrong, nothing that was observed counts. */
export async function observe(world: World, slot: Slot, giveUpAt: Instant): Promise<Observed> {
  const { mustAnswer, mustRefuse } = canariesAt(world.self.canaryUrl);
  const [observations, answered, refused] = await Promise.all([
    probeDue(world, slot, giveUpAt),
    tryOnce(world, { monitor: mustAnswer, slot, giveUpAt }),
    tryOnce(world, { monitor: mustRefuse, slot, giveUpAt }),
  ]);
  const read = readCanaries({ mustAnswer: answered, mustRefuse: refused, observations });
  const canaries = read === 'right' && (await isBlind(world, observations)) ? 'nothing-answered' : read;
  if (canaries === 'right') return { observations, canaries };
  world.ports.diary.note('canaries read wrong', { slot, canaries });
  return { observations: observations.map((observation) => discredited(observation, canaries)), canaries };
}

/** Most of it fails, and from here only: neutral addresses tell whether it is this region. Where one answers, the failure is real for users here. */
async function isBlind(world: World, observations: readonly Observation[]): Promise<boolean> {
  const doubts = doubtsItself(observations, { heads: world.memory.heads, me: world.self.region });
  return doubts && (await askAnchors(world)) === 'not-reached';
}
