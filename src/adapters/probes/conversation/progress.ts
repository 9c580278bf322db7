/** Where a dialogue stands, for the case that it is cut off there. */
import type { Attempt } from '../../../core/observation';

export interface Progress {
  /** `step 2 of 3`; empty before the first. */
  place: string;
  /** What was wanted there, where something was said that is not it. */
  missed?: (() => string) | undefined;
}

/** `the response did not end within 2000 ms (at step 2 of 3)`. Who answered, but not what was wanted, was not too slow. */
export function cutAt({ place, missed }: Progress, attempt: Attempt): Attempt {
  if (place === '' || !cuts.includes(attempt.reason)) return attempt;
  if (missed === undefined || attempt.reason === 'tls-timeout') return { ...attempt, detail: `${attempt.detail} (at ${place})` };
  return { ...attempt, reason: 'dialogue', detail: `${missed()}; ${attempt.detail}` };
}

const cuts: readonly Attempt['reason'][] = ['tls-timeout', 'first-byte-timeout', 'transfer-timeout'];
