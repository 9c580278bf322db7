/** What a function is asked that has been deployed, and what it answers. */
import type { RegionId } from '../core/basics/brand';
import type { DeployedFunction } from '../core/names';

export interface Landing {
  /** The answer repeats it. */
  readonly nonce: string;
  /** Sends a test message with this number through the topic of the region. */
  readonly tell?: number | undefined;
}

export interface LandingAnswer {
  readonly nonce: string;
  readonly region: RegionId;
  readonly role: DeployedFunction;
  readonly configHash: string;
  readonly codeVersion: string;
  readonly checks: readonly LandingCheck[];
}

export type LandingCheckKind = 'reads' | 'writes' | 'writes-of-others-denied' | 'beats' | 'pokes' | 'secrets' | 'asks-workers' | 'draws' | 'tells';

export interface LandingCheck {
  readonly kind: LandingCheckKind;
  /** The region that was called. */
  readonly at: RegionId;
  readonly isGood: boolean;
  /** What was answered, where that is not simply yes. */
  readonly said: string;
}

/** Throws where the event asks for nothing that can be answered. */
export function landingOf(event: unknown): Landing {
  const { nonce, tell } = typeof event === 'object' && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > 64) {
    throw new Error('"landing.nonce" must be text of 1 to 64 characters, which the answer repeats');
  }
  if (tell !== undefined && !(typeof tell === 'number' && Number.isSafeInteger(tell) && tell > 0)) {
    throw new Error('"landing.tell" must be the number of a test message, a whole one from 1');
  }
  return { nonce, tell };
}
