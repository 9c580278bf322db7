/** An answer, and one thing that is expected of it. */
import type { Phases } from '../../../core/observation';
import type { Failure } from '../failure';
import type { Unpacked } from './unpack';

export interface Answer extends Unpacked {
  /** What answered in the end. */
  readonly url: URL;
  readonly limitBytes: number;
  /** The address contacted in the end, without its port. */
  readonly address: string;
}

/** One thing that is expected. */
export interface Check {
  readonly what: string;
  readonly wanted: string;
  readonly seen: (answer: Answer, phases: Phases) => string;
  readonly failure: (answer: Answer, phases: Phases) => Failure | undefined;
}
