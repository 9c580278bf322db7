/** A region from which most monitors fail, while others see them well, suspects itself first. */
import type { RegionId } from './basics/brand';
import type { Head } from './beat';
import { decidingAttempt, type Observation, outcomeOf } from './observation';

/** Whether more than half of what was covered fails, and most of that fails from here only, as far as is known. */
export function doubtsItself(
  observations: readonly Observation[],
  { heads, me }: { readonly heads: ReadonlyMap<RegionId, Head>; readonly me: RegionId },
): boolean {
  const covered = observations.filter((observation) => outcomeOf(decidingAttempt(observation)) !== 'not-covered');
  const failing = covered.filter((observation) => outcomeOf(decidingAttempt(observation)) === 'failed');
  if (failing.length * 2 <= covered.length) return false;
  const others = [...heads.values()].filter((head) => head.region !== me);
  const failingElsewhere = new Set(others.flatMap((head) => head.samples.filter((sample) => !sample.ok).map((sample) => sample.hash)));
  return failing.filter(({ hash }) => failingElsewhere.has(hash)).length * 2 <= failing.length;
}
