/** Whether one try proved who answers, for people. */
import type { Monitor } from './config/config';
import type { Identity } from './config/kinds/identity/probe';
import { answererIn, identityOf, isProvenBy, provenBy, unprovenIn } from './identity';
import { secretsIn } from './secret';

export interface IdentitySeen {
  readonly isProven: boolean;
  readonly words: string;
}

interface Said {
  readonly reason: string;
  readonly detail: string;
}

interface Found {
  readonly what: string;
  readonly seen: string;
}

const unproven = 'not proven: ';

/**
 * Undefined where the monitor names nobody who must answer. Where somebody looked on, their findings tell as whom they answered, or why that
 * cannot be told; else it is what the sample says of it.
 */
export function identitySeen(monitor: Pick<Monitor, 'probe' | 'hidden'>, said: Said, findings: readonly Found[] = []): IdentitySeen | undefined {
  const identity = identityOf(monitor.probe);
  if (identity === undefined) return undefined;
  const seen = findings.find(({ what }) => what === 'identity')?.seen;
  if (isProvenBy(said)) return { isProven: true, words: `proven, by ${provenBy(identity)}${asWords(seen ?? onlyOne(identity, monitor.hidden))}` };
  const why = seen?.startsWith(unproven) === true ? seen.slice(unproven.length) : unprovenIn(said.detail);
  if (why !== undefined) return { isProven: false, words: `${unproven}${why}` };
  const another = seen ?? answererIn(said.detail);
  return { isProven: false, words: another === undefined ? `${unproven}${said.reason}` : `somebody else answered: ${another}` };
}

const asWords = (name: string | undefined): string => (name === undefined ? '' : `: ${name}`);

/** Who it must have been. What nobody may see is not said. */
function onlyOne({ equals }: Identity, hidden: readonly string[] = []): string | undefined {
  const [name, ...others] = equals;
  const isOpen = name !== undefined && secretsIn(name).length === 0 && !hidden.some((secret) => name.includes(secret));
  return isOpen && others.length === 0 ? name : undefined;
}
