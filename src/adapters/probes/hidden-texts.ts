/** Texts without what nobody may see: a target may repeat what it was sent, and a condition may hold what is known to us alone. */

import type { Means } from './means';

/** Tells nothing of what is hidden, also of what is put on the list later. */
export function discreet(tell: Means['tell'], hidden: readonly string[]): Means['tell'] {
  if (tell === undefined) return undefined;
  return (finding) =>
    tell({ ...finding, seen: without(hidden, finding.seen), wanted: finding.wanted === undefined ? undefined : without(hidden, finding.wanted) });
}

export const without = (hidden: readonly string[], text: string): string => hidden.reduce(withoutOne, text);

function withoutOne(text: string, secret: string): string {
  const rest = text.replaceAll(secret, '…');
  return withoutBeginning(rest, secret);
}

const leastShown = 5;

/** What others sent is cut for messages, and the cut may go through a secret. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= leastShown; length -= 1) {
    const beginning = secret.slice(0, length);
    if (text.endsWith(beginning)) return `${text.slice(0, -length)}…`;
    if (text.includes(`${beginning}…`)) return text.replaceAll(`${beginning}…`, '…');
  }
  return text;
}
