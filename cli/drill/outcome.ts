/** What came of a drill: for people, for programs, and for the exit code. */
import type { AnnouncementView } from '../../src/core/views';

export interface Outcome {
  /** 0: as it should be; 1: not. */
  readonly exitCode: 0 | 1;
  /** For people. */
  readonly lines: readonly string[];
  /** For programs. */
  readonly json: Readonly<Record<string, unknown>>;
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
