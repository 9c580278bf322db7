/** What is decided about each thing that could be said: to say it, to remember that it is known, or to keep silent, and why. */
import type { Instant, RegionId, Slot } from './basics/brand';
import type { Finding } from './conclusion';
import type { Flaps } from './flapping';
import type { Incident } from './incident';
import type { About } from './log';
import type { Arranged } from './orders/arranged';
import type { ParentOf, PassedReason, QuietReason } from './quiet';

export type SayReason = 'first-speaker' | 'flapping' | 'my-page-came-late' | 'others-stayed-silent' | 'no-receipt-yet' | 'still-so' | 'nobody-took-it';
export type SilenceReason =
  | 'told'
  | 'told-by-its-end'
  | 'a-later-one-was-told'
  | 'muted-while-flapping'
  | 'only-noted-on-the-page'
  | 'being-sent'
  | 'waiting-for-my-turn'
  | 'not-found-by-me'
  | 'not-yet-due'
  | 'taken'
  | 'not-told-yet'
  | 'gathered-soon'
  | QuietReason
  | PassedReason;

export type Decision =
  | { readonly kind: 'say'; readonly reason: SayReason; readonly about: About; readonly flaps?: Flaps | undefined }
  /** Remember durably since when this region knows, so that its turn comes even if it restarts. */
  | { readonly kind: 'note'; readonly reason: 'just-learnt'; readonly about: About }
  | { readonly kind: 'silence'; readonly reason: SilenceReason };

export interface Listener {
  readonly me: RegionId;
  readonly now: Instant;
  /** All regions that could speak. */
  readonly regions: readonly RegionId[];
  /** What this region itself finds now, by key: it speaks first only of what it has concluded, or finds too. */
  readonly finds: ReadonlyMap<string, Finding['condition']>;
  /** By orders and by the configuration; nothing where it is left out. */
  readonly arranged?: Arranged | undefined;
  readonly parentOf?: ParentOf | undefined;
  /** After so many minutes without anybody to see to it others are told of an incident. */
  readonly escalateAfter?: ((incident: Incident) => readonly number[]) | undefined;
  /**
   * When, by its own clock, this region sees the beat or the record of that slot, whichever tells of the incident; its own is dated when it was begun.
   * Undefined where it saw none of that region.
   */
  readonly seesAt?: ((region: RegionId, slot: Slot, incident: Incident) => Instant | undefined) | undefined;
  /** While messages are gathered, everybody waits so much longer for the others. */
  readonly slackMs?: number | undefined;
}
