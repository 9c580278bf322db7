/** How long what was told as flapping may stay the last word: a score that halves in half an hour must fall, and nothing may change for as long. */
import { minute } from '../../../src/core/basics/time';
import type { Evidence } from './evidence';

/** What is written down when something changes. */
export const transitions = ['opened', 'changed', 'resolved'];
const halfLifeMs = 30 * minute;
const calmBelow = 1.5;
/** Regions count by clocks of their own, one of which may be wrong by five minutes, and look once a minute. */
const slackMs = 6 * minute;

/** When a key must be calm after all that was written of it until then. Two regions that write the same one after the other mean one change. */
export function calmAt(key: unknown, until: number, { history }: Evidence): number {
  const changes = history.logged.filter(({ at, body }) => at <= until && body.key === key && transitions.includes(String(body.kind)));
  let [score, lastAt, last] = [0, Number.NEGATIVE_INFINITY, ''];
  for (const { at, body } of changes) {
    const change = `${String(body.kind)} ${String(body.condition)}`;
    if (change === last) continue;
    score = score * 2 ** ((lastAt - at) / halfLifeMs) + 1;
    [lastAt, last] = [at, change];
  }
  return lastAt + Math.max(halfLifeMs, halfLifeMs * Math.log2(score / calmBelow)) + slackMs;
}
