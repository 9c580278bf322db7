/** What a drill is driven with. */
import type { DrillOnLine, LocalApi, LocalView } from './local-api';
import type { Pace } from './patience';

export interface Driving {
  readonly api: LocalApi;
  readonly local: LocalView;
  readonly pace: Pace;
  /** How it goes, for people who wait. */
  readonly say: (text: string) => void;
  readonly onBegun: (drill: DrillOnLine) => void;
  /** So much longer than a bound something is waited for: late is more to know than never. */
  readonly lateMs: number;
  /** How long to listen on after a fault of which nothing was told. */
  readonly afterMs: number;
}
