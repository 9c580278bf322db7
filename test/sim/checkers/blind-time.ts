/** S8: whoever accuses has looked itself, again and again, for as long as it says it has missed somebody. */
import { minute, second } from '../../../src/core/basics/time';
import { type Accusation, accusationsOf, regionOf } from './accusations';
import type { Checker, Evidence } from './evidence';
import { isMissing, measured } from './missing';
import { countUpTo } from './sightings';

export const blindTime: Checker = (evidence) =>
  accusationsOf(evidence).flatMap((accusation) => {
    const { at, by, subject, condition, isOver } = accusation;
    // Who could neither write nor tell it when it was concluded had looked before that, and not before it could.
    const concludedAt = Math.min(at, accusation.concludedAt ?? at);
    if (!measured.includes(condition) || isOver || isMissing(by, concludedAt, evidence)) return [];
    const lookedMs = lookedFor(accusation, concludedAt, evidence);
    if (lookedMs >= leastLookedMs(evidence)) return [];
    return [{ promise: 'S8', at, what: `${by} called ${regionOf(subject) ?? subject} ${condition} after looking for only ${Math.round(lookedMs / second)} s` }];
  });

/**
 * For how long before it accused a region had looked around without a long break. Who says that it sees nobody needs no answer for that: to be refused, and
 * then not to be answered, is to see nobody all the time.
 */
function lookedFor({ by, condition }: Accusation, at: number, evidence: Evidence): number {
  const looks = condition === 'alone' ? evidence.sightings.questions(by) : evidence.sightings.looks(by);
  const longestBreakMs = evidence.config.beatIntervalMs < minute ? minute : 3 * minute;
  let since = at;
  for (let index = countUpTo(looks, at) - 1; index >= 0; index -= 1) {
    const look = looks[index] ?? 0;
    if (since - look > longestBreakMs) break;
    since = look;
  }
  return at - since;
}

/** What is tolerated, less what lies between two looks. */
const leastLookedMs = ({ config }: Evidence): number => config.watch.tolerateMs - (config.beatIntervalMs < minute ? 15 * second : 0);
