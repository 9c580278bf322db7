/** One thing that the emulator lacks. */
import type { Stack } from '../assembly';
import type { Clients } from '../clients';
import type { Emulator } from '../emulator';

export interface Place {
  readonly emulator: Emulator;
  readonly clients: Clients;
  readonly stacks: readonly Stack[];
}

export interface Built {
  /** One phrase for each thing that was done; none where nothing had to be. */
  readonly did: readonly string[];
  remove(): Promise<void>;
}

export interface Bridge {
  readonly name: string;
  readonly why: string;
  build(place: Place): Promise<Built>;
}
