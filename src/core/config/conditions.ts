/** Conditions on numbers and texts that several kinds of probe share, as the prober reads them. All that is said must hold. */

export interface NumberRule {
  readonly equals?: number | undefined;
  readonly above?: number | undefined;
  readonly below?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

export interface TextRule {
  readonly equals?: string | undefined;
  readonly contains?: readonly string[] | undefined;
  readonly lacks?: readonly string[] | undefined;
  /** Patterns in RE2's syntax, which is judged in linear time; found anywhere unless anchored. */
  readonly matches?: readonly string[] | undefined;
  readonly matchesNot?: readonly string[] | undefined;
}
