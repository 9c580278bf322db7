/** Whether one try proved who answers. */
import type { Monitor } from '../../src/core/config/config';
import { identityOf, isProvenBy, provenBy } from '../../src/core/identity';
import type { Tried } from './probe-once';

export interface IdentitySeen {
  readonly isProven: boolean;
  readonly words: string;
}

const unproven = 'not proven: ';

/** Undefined where the monitor names nobody who must answer. */
export function identitySeen({ probe }: Monitor, { reason, detail, findings }: Tried): IdentitySeen | undefined {
  const identity = identityOf(probe);
  if (identity === undefined) return undefined;
  const seen = findings.find(({ what }) => what === 'identity')?.seen;
  if (isProvenBy({ reason, detail })) return { isProven: true, words: `proven, by ${provenBy(identity)}${seen === undefined ? '' : `: ${seen}`}` };
  if (seen?.startsWith(unproven) === true) return { isProven: false, words: seen };
  return { isProven: false, words: seen === undefined ? `${unproven}${reason}` : `somebody else answered: ${seen}` };
}
