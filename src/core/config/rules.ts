/** The rules of the schema, by name, and what can be said of a broken one. */

export type Rule =
  | 'interval'
  | 'timeout'
  | 'within'
  | 'tolerate'
  | 'count'
  | 'severity'
  | 'policy'
  | 'url'
  | 'http'
  | 'email'
  | 'channel'
  | 'status'
  | 'region'
  | 'probers'
  | 'anchors'
  | 'monitors'
  | 'flag'
  | 'map';

/** A value that broke a rule. */
export interface Seen {
  readonly value: unknown;
  /** The value as it stands in the file: nothing else of it may be said. */
  readonly shown: string;
  /** Whether it came out of a reference, so that no advice may be made from it. */
  readonly isReferenced: boolean;
}

export interface Words {
  readonly problem: string;
  readonly advice: string;
}
