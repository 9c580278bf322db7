/**
 * How an observer itself fares, after Lifeguard's local health multiplier (arXiv 1707.00788): who is slow or fails at home
 * waits longer before it accuses others. It goes up by one with each bad look and down by one with each good one.
 */
export type LocalHealth = 0 | 1 | 2 | 3;

export interface OwnLook {
  /** The look came when it should have. */
  readonly isPunctual: boolean;
  /** What was to be written could be stored somewhere. */
  readonly isStored: boolean;
}

export function localHealthAfter(before: LocalHealth, look: OwnLook): LocalHealth {
  const next = look.isPunctual && look.isStored ? before - 1 : before + 1;
  return Math.min(3, Math.max(0, next)) as LocalHealth;
}

/** What is tolerated of others, by someone who fares like this. */
export const tolerantMs = (tolerateMs: number, health: LocalHealth): number => tolerateMs * (1 + health / 2);
