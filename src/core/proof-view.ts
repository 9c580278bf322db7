/** Who answers a monitor, as programs are told. */
import type { Instant } from './basics/brand';
import { isoTime } from './basics/time';
import type { Monitor } from './config/config';
import { type ProofQuestion, proofOf, proofWords } from './proof';
import type { IdentityView } from './views';

/** A property of a view; none where nobody is named who must answer. */
export function identityIn(monitor: Monitor, seen: ProofQuestion & { readonly now: Instant }): { readonly identity?: IdentityView } {
  const proof = proofOf(monitor, seen);
  if (proof === undefined) return {};
  const { wanted, isProven, last } = proof;
  const lastProven = last === undefined ? null : { region: last.region, at: isoTime(last.at) };
  return { identity: { wanted, isProven, lastProven, words: proofWords(proof, seen.now) } };
}
