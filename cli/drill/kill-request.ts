/** What the killing of a region is asked with. */
import type { LocalApi } from './local-api';
import type { Pace } from './patience';

export interface KillRequest {
  readonly api: LocalApi;
  readonly region: string;
  readonly pace: Pace;
  /** How it goes, for people who wait. */
  readonly say: (text: string) => void;
  /** Instead of the usual ones, in tests. */
  readonly limits?: Partial<KillLimits>;
}

export interface KillLimits {
  /** From the kill until it must have been told. */
  readonly boundMs: number;
  /** From the undoing until it is no longer waited for. */
  readonly resolvedMs: number;
  /** How long a witness stays dark, to see that nobody is woken. */
  readonly witnessMs: number;
}
