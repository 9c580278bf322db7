/** One thing that was looked at, in a sentence; where it is ill, with what to do. */
import type { RegionId } from '../../src/core/basics/brand';

export interface Finding {
  readonly region: RegionId;
  readonly verdict: 'well' | 'ill';
  readonly said: string;
}
