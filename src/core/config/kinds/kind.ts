/** What a kind of probe tells the rest of the configuration of itself. */
import type * as z from 'zod';
import type { Fault, Path } from '../mistakes';
import type { Patience } from '../patience';
import type { PlainMap } from '../plain-value';
import type { RuleWords } from '../rules';
import type { HttpUrl } from '../urls';
import type { Identity, IdentityWay } from './identity/probe';

export interface Kind<Key extends string, Schema extends z.ZodType, Probe> {
  /** The key of a monitor that holds it, and the `kind` of its probe. */
  readonly key: Key;
  /** What may stand below the key. Its messages are names of general rules, or of `rules`. */
  readonly schema: Schema;
  /** The words of the rules that no other kind has, by name. */
  readonly rules: Readonly<Record<string, RuleWords>>;
  /** What to write where a monitor says nothing of how it is probed. */
  readonly example: string;
  /**
   * The trusted form of what has no mistakes. Text that may be secret must stay as it was resolved, whole, in a string of its own:
   * the hash of a monitor finds it there and puts the reference back in its place. `written` is the value with references as references.
   * `identity` is only said where the kind can prove it.
   */
  build(source: z.output<Schema>, written: unknown, identity?: Identity): Probe;
  /** What may be shown of the target: `written` is the value with references as references. */
  target(written: unknown): string;
  /** Where it leads, with the path below the key: held against the rules of addresses. Not validated yet: what cannot be read is left out. */
  addresses(value: unknown): readonly Destination[];
  /** By what it can prove who answers; not validated yet. @default none */
  identities?(value: unknown): readonly IdentityWay[];
  /** Where one outcome is as good as several in a row: these are not tried again. @default false */
  readonly isSureAtOnce?: true;
  /** Mistakes that no value holds alone. Not validated yet. */
  quarrels?(value: unknown, context: Quarrel): readonly Fault[];
  /** What is allowed, and still worth a second thought, with paths below the key. */
  warnings?(value: unknown): readonly Fault[];
}

export interface Quarrel {
  /** The value with references as references. */
  readonly written: unknown;
  readonly patience: Patience;
  readonly monitor: PlainMap;
}

export interface Destination {
  readonly path: Path;
  readonly leadsTo: Pick<HttpUrl, 'host' | 'address'>;
}
