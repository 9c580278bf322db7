/** Every promise that is checked after a run; what is checked at every write stands in single-writer.ts. */
import { blindTime } from './blind-time';
import { blip } from './blip';
import { convergence } from './convergence';
import { downTarget } from './down-target';
import { duplicates } from './duplicates';
import type { Checker } from './evidence';
import { justAccusation } from './just-accusation';
import { merging } from './merging';
import { nobodyWaits } from './nobody-waits';
import { orderly } from './orderly';
import { quiet } from './quiet';
import { reminders } from './reminders';
import { stoppedProber } from './stopped-prober';
import { untoldTime } from './untold-time';
import { unwatchedTime } from './unwatched-time';
import { worthlessRounds } from './worthless-rounds';

export const checkers: readonly Checker[] = [
  justAccusation,
  blindTime,
  blip,
  duplicates,
  stoppedProber,
  downTarget,
  worthlessRounds,
  unwatchedTime,
  untoldTime,
  nobodyWaits,
  merging,
  convergence,
  orderly,
  quiet,
  reminders,
];

/** Promises that no run can break yet, because what they are about does not exist. */
export const notYetChecked: Readonly<Record<string, string>> = {
  S9: 'no code acts on hosts',
  L5: 'a channel is unproven after a week, and a storm lasts minutes',
};
