/** One try of a members monitor: the name and every member, each by a probe of its own, all within one probe of the round. */
import { type MemberProbe, type MembersProbe, mostMembers } from '../../../core/config/kinds/members/probe';
import { judgeMembers, type MemberSeen } from '../../../core/members';
import { type Attempt, totalMs } from '../../../core/observation';
import { isFailure } from '../failure';
import type { Means } from '../means';
import { lookUpAll } from '../resolve';
import { simpleTries, type Try } from '../tries';
import { tookText, tryOut } from '../trying';
import { inTurn } from './in-turn';

export async function probeMembers(probe: MembersProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  // The loader is found by the kind of the probe that is then handed to what it loads, which is no time of the target's.
  const tryOne = (await simpleTries[probe.of.kind]()) as Try<MemberProbe>;
  const found = await membersOf(probe, timeoutMs, means);
  if ('attempt' in found) return found.attempt;
  const questions = [probe.of, ...found.addresses.map((address): MemberProbe => ({ ...probe.of, connectTo: address }))];
  const ask = (question: MemberProbe, withinMs: number): Promise<Attempt> =>
    tryOne(question, withinMs, question === probe.of ? means : { ...means, tell: undefined });
  const [byName, ...attempts] = await inTurn(questions, { budget: means.budget, timeoutMs: found.leftMs }, ask);
  const members = attempts.map((attempt, index): MemberSeen => ({ address: found.addresses[index] ?? '', attempt }));
  for (const { address, attempt } of members) means.tell?.({ what: `member ${address}`, ...seenOf(attempt) });
  if (byName === undefined) throw new Error('nothing was asked');
  return judgeMembers({ byName, members, atLeast: probe.atLeast });
}

const seenOf = ({ reason, detail, phases }: Attempt) =>
  reason === 'ok' ? { seen: `ok in ${tookText(phases)}`, isGood: true } : { seen: `${reason}: ${detail}`, isGood: false };

type Found = { readonly addresses: readonly string[]; readonly leftMs: number } | { readonly attempt: Attempt };

/** Of one family, in an order that stays the same. */
async function membersOf({ members }: MembersProbe, timeoutMs: number, means: Means): Promise<Found> {
  if ('at' in members) return { addresses: members.at, leftMs: timeoutMs };
  let addresses: readonly string[] = [];
  const looked = await tryOut<object>(timeoutMs, means, {
    async run() {
      const found = await lookUpAll(members.resolve, means);
      if (isFailure(found)) return found;
      addresses = found;
      return {};
    },
    judge: () => undefined,
  });
  if (looked.reason !== 'ok') return { attempt: { ...looked, detail: `the members: ${looked.detail}` } };
  if (addresses.length <= mostMembers) return { addresses, leftMs: timeoutMs - totalMs(looked.phases) };
  const detail = `${members.resolve} has ${addresses.length} addresses, and at most ${mostMembers} can be asked`;
  return { attempt: { ...looked, reason: 'members', detail } };
}
