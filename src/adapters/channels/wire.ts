/** What goes to a receiver, and what comes back. */

/** One request. All of it may hold what is secret. */
export interface Post {
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  /** How long it asks us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** What the body begins with, on one line. */
  readonly opening: string;
}
