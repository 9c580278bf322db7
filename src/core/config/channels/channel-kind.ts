/** What a kind of channel tells the rest of the configuration of itself. */
import type * as z from 'zod';
import type { Destination } from '../kinds/kind';
import type { Fault } from '../mistakes';
import type { Channel } from './channel';

export interface ChannelKind<Key extends Channel['kind'], Schema extends z.ZodType> {
  /** The key of a channel that holds it. */
  readonly key: Key;
  /** What may stand below the key. Its messages are names of general rules, or of those of channels. */
  readonly schema: Schema;
  build(name: string, source: z.output<Schema>): Extract<Channel, { readonly kind: Key }>;
  /** Who must work for it to arrive, such as `slack` or the host of a URL: two channels of one provider fail together. */
  provider(source: z.output<Schema>): string;
  /** Where it leads, with the path below the key. Not validated yet: what cannot be read is left out. */
  addresses(value: unknown): readonly Destination[];
  /** Mistakes that no value holds alone. Not validated yet. */
  quarrels?(value: unknown, written: unknown): readonly Fault[];
}
