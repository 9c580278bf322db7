/** The rules of the schema, by name, and what can be said of a broken one. Each kind of probe has rules of its own besides. */

export type GeneralRule =
  | 'interval'
  | 'timeout'
  | 'within'
  | 'tolerate'
  | 'count'
  | 'severity'
  | 'policy'
  | 'url'
  | 'email'
  | 'channel'
  | 'kind'
  | 'region'
  | 'probers'
  | 'anchors'
  | 'monitors'
  | 'flag'
  | 'subnets'
  | 'securityGroups'
  | 'allowance'
  | 'family'
  | 'number'
  | 'comparison'
  | 'text'
  | 'texts'
  | 'pattern'
  | 'patterns'
  | 'textual'
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

/** What a broken rule of a kind says. */
export interface RuleWords {
  /** What to write where a value is missing. */
  readonly advice: string;
  /** Why a value is not what the rule wants, and what to write. */
  readonly words: (seen: Seen) => Words;
}
