/** What the landing of a region has shown, one sentence each. */
import type { RegionId } from '../../src/core/basics/brand';

export interface LandingFact {
  readonly region: RegionId;
  /** `note`: it does not stop a deployment, and somebody has to do something. */
  readonly verdict: 'ok' | 'fail' | 'note';
  readonly said: string;
}
