/** What a function answers that runs only when it is called, when it is asked whether it has landed well: it does nothing of what it is there for. */
import type { DeployedFunction } from '../core/names';
import { type Landing, type LandingAnswer, type LandingCheck, landingOf } from './landing-answer';
import { checkSecrets, type SecretReader } from './landing-secrets';

export interface CalledFunction extends SecretReader {
  readonly self: SecretReader['self'] & { readonly role: DeployedFunction; readonly codeVersion: string };
}

/** Throws where the event asks for nothing that can be answered. */
export async function answerCalledLanding(called: CalledFunction, event: unknown): Promise<LandingAnswer> {
  return calledAnswer(called, landingOf(event), await checkSecrets(called));
}

export function calledAnswer({ self }: Pick<CalledFunction, 'self'>, { nonce }: Landing, checks: readonly LandingCheck[]): LandingAnswer {
  const { region, role, config, codeVersion } = self;
  return { nonce, region, role, configHash: config.hash, codeVersion, checks };
}
