/** What a drill does, and what must come of it. */
export interface Plan {
  /** Such as `cut`. */
  readonly drill: string;
  /** On what, as it is written on the command line: `us-east-2`, `eu-west-1>us-east-2`. */
  readonly on: string;
  /** What is done, as a sentence. */
  readonly does: string;
  /** The body of `POST /api/drills`. */
  readonly order: Readonly<Record<string, unknown>>;
  /** What watchers are asked about while it goes on. */
  readonly regions: readonly string[];
  readonly expects: ToBeTold | Quiet;
}

export interface ToBeTold {
  readonly kind: 'told';
  readonly subject: string;
  readonly family: string;
  /** Whoever is gone cannot be the one who tells it. */
  readonly notBy: readonly string[];
  readonly boundMs: number;
  /** The bound counts from the last round of this region, which may come so much later than the fault. */
  readonly lastRound?: { readonly of: string; readonly withinMs: number } | undefined;
  /** Instead of ending when it was told. */
  readonly forMs?: number | undefined;
}

/** Nobody may be woken, and nothing be told. */
export interface Quiet {
  readonly kind: 'quiet';
  readonly forMs: number;
}
