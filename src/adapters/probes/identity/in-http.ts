/** Who answers an http monitor: by the answer, by the key of the connection, or by a proof of their own. */
import type { HttpProbe } from '../../../core/config/kinds/http/probe';
import type { Identity } from '../../../core/config/kinds/identity/probe';
import type { Failure } from '../failure';
import type { Answer } from '../http/check';
import type { Means } from '../means';
import type { Trying } from '../trying';
import { type Answerer, answererFinding, withAnswerer } from './answerer';
import { answererInAnswer } from './in-answer';

/** Looked for while there is still time: it may have to be asked for. */
export async function withAnswererOf(answer: Answer, probe: HttpProbe, trying: Trying): Promise<Answer> {
  const { identity } = probe;
  return identity === undefined ? answer : { ...answer, answerer: await answererOfAnswer(answer, { probe, identity, trying }) };
}

async function answererOfAnswer(
  answer: Answer,
  { probe, identity, trying }: { readonly probe: HttpProbe; readonly identity: Identity; readonly trying: Trying },
): Promise<Answerer> {
  if (identity.by === 'pin') return answer.answerer ?? { kind: 'unproven', why: 'no key was shown' };
  if (identity.by !== 'secret') return answererInAnswer(answer, identity);
  const { answererBySecret } = await import('./by-secret');
  return answererBySecret(probe, identity, { trying, address: probe.proxy === undefined ? answer.homeAddress : undefined });
}

export function judgeAnswerer(
  { answerer }: Answer,
  failure: Failure | undefined,
  { identity, tell }: { readonly identity: Identity | undefined; readonly tell: Means['tell'] },
): Failure | undefined {
  if (answerer === undefined || identity === undefined) return failure;
  if (identity.by !== 'pin') tell?.(answererFinding(answerer, identity));
  return withAnswerer(answerer, failure, identity);
}
