/** What came of a drill: for people, for programs, and for the exit code. */
import type { AnnouncementView } from '../../src/core/views';

export interface Outcome {
  /** 0: as it should be; 1: not. */
  readonly exitCode: 0 | 1;
  /** For people. */
  readonly lines: readonly string[];
  /** For programs. */
  readonly json: OutcomeJson;
}

/** Times in ms; `null` where there is nothing that could be said. */
export interface OutcomeJson {
  readonly drill: string;
  readonly on: string;
  readonly ok: boolean;
  /** Whether somebody had to be told, or nobody might be woken. */
  readonly expected: 'told' | 'quiet';
  readonly told: boolean;
  readonly by: string | null;
  readonly text: string | null;
  /** From the fault, or from the last round, to the receipt of the message. */
  readonly afterMs: number | null;
  readonly countedFrom: 'fault' | 'last-round';
  readonly boundMs: number | null;
  readonly forMs: number;
  /** From the undoing to the message that it is over. */
  readonly resolvedAfterMs: number | null;
  readonly resolvedBoundMs: number | null;
  readonly begunAt: string;
  readonly undoneAt: string | null;
  /** Everything that was opened meanwhile, what was expected among it. */
  readonly opened: readonly Readonly<Record<string, unknown>>[];
  /** What each watcher was seen to say of the regions in question, in order. */
  readonly states: Readonly<Record<string, readonly string[]>>;
}

/** `71.3 s` */
export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

export const announcementJson = ({ id, incident, subject, kind, at, region, text, receipt }: AnnouncementView): Readonly<Record<string, unknown>> => ({
  id,
  incident,
  subject,
  kind,
  at,
  region,
  text,
  receiptedAt: receipt?.at ?? null,
});
