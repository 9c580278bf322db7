/** When it was last proven who answers a monitor: by a good answer, or by a bad one that came from the right one all the same. */
import type { Instant, RegionId } from './basics/brand';
import { ageText } from './basics/time';
import type { Config, Monitor } from './config/config';
import { provenSlotOf, type Sample } from './health';
import { identityOf, isProvenBy, provenBy, wantedWords } from './identity';
import { slotBegins } from './slots';
import type { Voice } from './verdict';

export interface Proof {
  /** Who must answer, and by what that is proven, in words. */
  readonly wanted: string;
  /** Whether the newest sample of every region that is fresh proves it. */
  readonly isProven: boolean;
  /** The newest proof of any of them. */
  readonly last: { readonly region: RegionId; readonly at: Instant } | undefined;
  /** Where it is not proven: the first region that does not see it, and what that one saw. */
  readonly why: string;
}

export interface ProofQuestion {
  readonly voices: readonly Voice[];
  readonly config: Config;
}

/** Undefined where a monitor names nobody who must answer. */
export function proofOf(monitor: Monitor, { voices, config }: ProofQuestion): Proof | undefined {
  const identity = identityOf(monitor.probe);
  if (identity === undefined) return undefined;
  const fresh = voices.flatMap((voice) => (voice.kind === 'fresh' ? [voice] : []));
  const doubting = fresh.find(({ sample }) => !isProvenBy(sample));
  const proofs = fresh.flatMap(({ region, sample }) => {
    const slot = provenSlotOf(sample);
    return slot === undefined ? [] : [{ region, at: slotBegins(config, region, slot) }];
  });
  return {
    wanted: `${wantedWords(identity.equals)}, by ${provenBy(identity)}`,
    isProven: fresh.length > 0 && doubting === undefined,
    last: proofs.toSorted((one, other) => other.at - one.at)[0],
    why: doubting === undefined ? (fresh.length === 0 ? 'no region is fresh' : '') : `${doubting.region}: ${symptomOf(doubting.sample)}`,
  };
}

const symptomOf = ({ reason, detail }: Sample): string => (detail.startsWith(reason) ? detail : `${reason}${detail === '' ? '' : `: ${detail}`}`);

/** `last proven 3 min ago from eu-west-1`. */
export const lastProofWords = ({ last }: Proof, now: Instant): string =>
  last === undefined ? 'never proven by a region that is fresh' : `last proven ${ageText(now - last.at)} ago from ${last.region}`;

/** The same, after why it is not proven now. */
export const proofWords = (proof: Proof, now: Instant): string =>
  proof.isProven ? lastProofWords(proof, now) : `not proven: ${proof.why}; ${lastProofWords(proof, now)}`;
