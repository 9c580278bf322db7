/** What a service is like whose members were asked one by one: how many are well, and which are out. */
import { type Attempt, outcomeOf } from './observation';

export interface MemberSeen {
  readonly address: string;
  readonly attempt: Attempt;
}

export interface MembersSeen {
  /** The same question, asked by the name: what users get. Latency and address are its. */
  readonly byName: Attempt;
  readonly members: readonly MemberSeen[];
  /** How many must be well; all where it is absent. */
  readonly atLeast?: number | undefined;
}

/** Of a member that could not be asked nothing is known: it counts for neither side, and only where it matters nothing is said. */
export function judgeMembers({ byName, members, atLeast = members.length }: MembersSeen): Attempt {
  const out = members.filter(({ attempt }) => outcomeOf(attempt) === 'failed');
  const unknown = members.filter(({ attempt }) => outcomeOf(attempt) === 'not-covered');
  const well = members.length - out.length - unknown.length;
  const counted = countWords({ well, of: members.length, atLeast });
  if (byName.reason !== 'ok') return { ...byName, detail: `${byName.detail}; of its members ${counted}${outWords(out)}` };
  const [first] = unknown;
  if (well >= atLeast) return byName;
  if (first !== undefined && well + unknown.length >= atLeast)
    return { ...byName, reason: first.attempt.reason, detail: `${counted}${outWords(out)}, and ${first.address} could not be asked: ${first.attempt.detail}` };
  // Where a machine answers that should not, nobody may touch the one that is missing before that is known.
  const isMistaken = out.some(({ attempt }) => attempt.reason === 'misidentified');
  return { ...byName, reason: isMistaken ? 'misidentified' : 'members', detail: `${counted}${outWords(out)}` };
}

const countWords = (count: { readonly well: number; readonly of: number; readonly atLeast: number }): string =>
  `${count.well} of ${count.of}${count.atLeast === count.of ? '' : `, wanted ${count.atLeast}`}`;

/** Details are short: of more than three the first two are named. */
function outWords(out: readonly MemberSeen[]): string {
  const [only] = out;
  if (only === undefined) return '';
  if (out.length === 1) return `, ${only.address} is out: ${symptomOf(only)}`;
  const named = out.slice(0, out.length > 3 ? 2 : 3).map((one) => `${one.address} (${symptomOf(one, 40)})`);
  const rest = out.length - named.length;
  return `, out are ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')}`;
}

function symptomOf({ attempt: { reason, detail } }: MemberSeen, most = 90): string {
  const words = detail.startsWith(reason) ? detail : `${reason}: ${detail}`;
  return words.length > most ? `${words.slice(0, most - 1)}…` : words;
}

/** Whether this is what the end of a round makes of a good answer that was not waited for long enough. */
export const couldBeCut = ({ reason, detail }: Attempt): boolean =>
  reason.endsWith('-timeout') || ((reason === 'members' || reason === 'misidentified') && /\b[a-z-]+-timeout\b/.test(detail));
