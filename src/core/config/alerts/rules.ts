/** What the rules of maintenance, routes and names of groups say when they are broken. */
import { formatDuration, lacksUnit, parseDuration, suggestDuration } from '../durations';
import type { RuleWords, Seen, Words } from '../rules';

export type AlertRule =
  | 'maintenance'
  | 'moment'
  | 'lasting'
  | 'names'
  | 'group'
  | 'labels'
  | 'routes'
  | 'verdicts'
  | 'severities'
  | 'told'
  | 'later'
  | 'messages';

/** Nothing that repeats lasts longer: what was quiet before is looked up no further back. */
export const longestMs = 7 * 24 * 3_600_000;
export const shortestMs = 60_000;

const maintenanceAdvice = 'write a list such as [{ monitors: [shop], cron: "0 2 * * SUN", for: 1h, timezone: Europe/Lisbon }]';
const momentAdvice = 'write a time such as 2026-11-21T22:00:00Z, or 2026-11-21T22:00 with a `timezone`';
const lastingAdvice = 'write a duration such as 1h';
const namesAdvice = 'write a list of names such as [shop]';
const laterAdvice = 'write a duration such as 15m';

export const alertRules: Readonly<Record<AlertRule, RuleWords>> = {
  maintenance: rule(maintenanceAdvice, 'is no list'),
  moment: rule(momentAdvice, 'is no time'),
  lasting: { advice: lastingAdvice, words: (seen) => durationWords(seen, lastingAdvice) },
  names: rule(namesAdvice, 'is no list of names'),
  group: rule('write letters, digits, . _ or -, up to 64', 'is no name of a group'),
  labels: rule('write names and texts such as { team: payments }', 'is no map of texts'),
  routes: rule('write a list such as [{ severity: [page], channels: [pager] }]', 'is no list'),
  verdicts: rule('write a list such as [down, partial]', 'is no list of what may be said of a monitor'),
  severities: rule('write a list such as [page, ticket]', 'is no list of severities'),
  told: rule('write the names of channels such as [pager]', 'tells nobody'),
  later: { advice: laterAdvice, words: (seen) => durationWords(seen, laterAdvice) },
  messages: rule('write a whole number from 1 to 1000', 'is no whole number from 1 to 1000'),
};

function rule(advice: string, problem: string): RuleWords {
  return { advice, words: ({ shown }) => ({ problem: `${shown} ${problem}`, advice }) };
}

function durationWords({ value, shown, isReferenced }: Seen, advice: string): Words {
  if (isReferenced) return { problem: `what ${shown} stands for does not fit`, advice: `${advice} into the variable` };
  const ms = parseDuration(value);
  if (ms !== undefined) return { problem: `${shown} is not between ${formatDuration(shortestMs)} and ${formatDuration(longestMs)}`, advice };
  const suggested = suggestDuration(value);
  return { problem: lacksUnit(value) ? `${shown} has no unit` : `${shown} is no duration`, advice: suggested === undefined ? advice : `write ${suggested}` };
}
