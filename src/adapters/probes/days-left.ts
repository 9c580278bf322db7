/** How many days are left until a certificate ends: one rule for all that judge it. */
const dayMs = 86_400_000;

/** Fractions included, and negative where it has ended: 20.9 days are fewer than 21. */
export const daysUntil = (endMs: number, nowMs: number): number => (endMs - nowMs) / dayMs;

/** Cut to a tenth and never rounded up, so that what is too little also looks like it. */
export const daysText = (days: number): string => (Math.floor(days * 10) / 10).toFixed(1);
