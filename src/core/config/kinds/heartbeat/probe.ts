/** When a heartbeat monitor must call us, as the inbox and the prober read it. */

export interface HeartbeatProbe {
  readonly kind: 'heartbeat';
  /** As good as a password: whoever has it can keep the monitor quiet. */
  readonly token: string;
  readonly times: HeartbeatTimes;
  /** How long after it was due a ping may still come, and how long a run may take that said when it began. */
  readonly graceMs: number;
}

/** Once in so long, or by a calendar. */
export type HeartbeatTimes = { readonly kind: 'every'; readonly everyMs: number } | { readonly kind: 'cron'; readonly cron: string; readonly timezone: string };
