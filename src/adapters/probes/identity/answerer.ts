/** Who answered, and what that makes of an answer. */
import type { Identity } from '../../../core/config/kinds/identity/probe';
import { answeredAs, notProven, proofRemark, provenBy, wantedWords } from '../../../core/identity';
import type { Failure } from '../failure';
import type { Finding } from '../means';
import { printable } from '../printable';

/** `another`: as whom they answered. `unproven`: why it cannot be told who answered. */
export type Answerer = { readonly kind: 'itself'; readonly as: string } | { readonly kind: 'another'; readonly as: string } | Unproven;

export interface Unproven {
  readonly kind: 'unproven';
  readonly why: string;
}

/** By what was said, which may be anything. */
export const answererOf = (said: string, { equals }: Identity): Answerer =>
  equals.includes(said) ? { kind: 'itself', as: said } : { kind: 'another', as: printable(said) };

/**
 * Who else answered comes before everything that is wrong with the answer; who it was cannot be told comes after it. What the right
 * one did wrong is told with the proof that it was that one.
 */
export function withAnswerer(answerer: Answerer, failure: Failure | undefined, { equals }: Identity): Failure | undefined {
  if (answerer.kind === 'another') return { reason: 'misidentified', detail: answeredAs(answerer.as, equals) };
  if (answerer.kind === 'itself') return failure === undefined ? undefined : { ...failure, detail: `${failure.detail}${proofRemark}` };
  return failure ?? { reason: 'misidentified', detail: notProven(answerer.why, equals) };
}

/** For whoever wants to know everything that was looked at. */
export function answererFinding(answerer: Answerer, identity: Identity): Finding {
  const seen = answerer.kind === 'unproven' ? `not proven: ${answerer.why}` : answerer.as;
  return { what: 'identity', seen, wanted: `${wantedWords(identity.equals)}, by ${provenBy(identity)}`, isGood: answerer.kind === 'itself' };
}
