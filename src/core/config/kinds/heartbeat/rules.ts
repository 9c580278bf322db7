/** What the rules of heartbeat monitors say when they are broken. */
import { formatDuration, lacksUnit, parseDuration, suggestDuration } from '../../durations';
import { isMap } from '../../plain-value';
import type { RuleWords, Seen, Words } from '../../rules';
import { cronTrouble } from './calendar';

export type HeartbeatRule = 'heartbeat' | 'every' | 'grace' | 'cron' | 'timezone' | 'token' | 'times';

/** A year and a day. */
export const longestMs = 366 * 24 * 3_600_000;
export const shortestMs = 1000;

/** Such as `openssl rand -hex 16` makes. */
export const tokenAdvice = 'give its variable 20 to 100 letters, digits, - or _, such as `openssl rand -hex 16` makes';

const heartbeatAdvice = `write a map such as { every: 1h, grace: 5m, token: "\${env:BACKUP_TOKEN}" }`;
const everyAdvice = 'write a duration such as 1h';
const graceAdvice = 'write a duration such as 5m';
const cronAdvice = 'write minute, hour, day, month and weekday, such as "0 3 * * *"';
const timezoneAdvice = 'write a name such as Europe/Lisbon or UTC';
const timesAdvice = 'write either `every: 1h` or `cron: "0 3 * * *"`';

export const heartbeatRules: Readonly<Record<HeartbeatRule, RuleWords>> = {
  heartbeat: { advice: heartbeatAdvice, words: ({ shown }) => ({ problem: `${shown} does not say when a ping is due`, advice: heartbeatAdvice }) },
  every: { advice: everyAdvice, words: (seen) => durationWords(seen, everyAdvice) },
  grace: { advice: graceAdvice, words: (seen) => durationWords(seen, graceAdvice) },
  cron: {
    advice: cronAdvice,
    words: ({ value, shown, isReferenced }) => {
      const trouble = typeof value === 'string' && !isReferenced ? cronTrouble(value) : undefined;
      return { problem: `${shown} is no calendar that can be read${trouble === undefined ? '' : ` (${trouble})`}`, advice: cronAdvice };
    },
  },
  timezone: { advice: timezoneAdvice, words: ({ shown }) => ({ problem: `${shown} is no time zone`, advice: timezoneAdvice }) },
  // Nothing of the value may be said, however wrong it is.
  token: {
    advice: `write \${env:NAME}, and ${tokenAdvice}`,
    words: () => ({ problem: 'what stands for the token is too short, too long, or easy to guess', advice: tokenAdvice }),
  },
  times: {
    advice: timesAdvice,
    words: ({ value }) => {
      const hasBoth = isMap(value) && value.every !== undefined && value.cron !== undefined;
      return { problem: hasBoth ? 'a ping cannot be due both by `every` and by `cron`' : 'does not say when a ping is due', advice: timesAdvice };
    },
  },
};

function durationWords({ value, shown, isReferenced }: Seen, advice: string): Words {
  if (isReferenced) return { problem: `what ${shown} stands for does not fit`, advice: `${advice} into the variable` };
  const ms = parseDuration(value);
  if (ms !== undefined) return { problem: `${shown} is not between ${formatDuration(shortestMs)} and ${formatDuration(longestMs)}`, advice };
  const suggested = suggestDuration(value);
  return { problem: lacksUnit(value) ? `${shown} has no unit` : `${shown} is no duration`, advice: suggested === undefined ? advice : `write ${suggested}` };
}
