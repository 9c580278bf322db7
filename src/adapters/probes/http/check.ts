/** An answer, and one thing that is expected of it. */
import type { Phases } from '../../../core/observation';
import type { Failure } from '../failure';
import type { Answerer } from '../identity/answerer';
import type { Unpacked } from './unpack';

export interface Answer extends Unpacked {
  /** What answered in the end. */
  readonly url: URL;
  readonly limitBytes: number;
  /** The address contacted in the end, without its port. */
  readonly address: string;
  /** The same of the host of the monitor, wherever that redirects. */
  readonly homeAddress: string;
  /** Who gave it, where somebody is expected. */
  readonly answerer?: Answerer | undefined;
}

/** One thing that is expected. */
export interface Check {
  readonly what: string;
  readonly wanted: string;
  readonly seen: (answer: Answer, phases: Phases) => string;
  readonly failure: (answer: Answer, phases: Phases) => Failure | undefined;
}
