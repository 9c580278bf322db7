/** What each rule of the schema says when it is broken. */
import { alertRules } from './alerts/rules';
import { awsRegions } from './aws-regions';
import { channelKeys } from './channels/channels';
import { channelRules } from './channels/rules';
import { patternTrouble } from './condition-pieces';
import { formatDuration, lacksUnit, parseDuration, suggestDuration } from './durations';
import { isOnGrid, nearestIntervals } from './intervals';
import { kindKeys, kindOf, kindRules } from './kinds/kinds';
import { nearestName } from './nearest-key';
import { isMap } from './plain-value';
import type { GeneralRule, RuleWords, Seen, Words } from './rules';
import { urlWords } from './url-words';

/** Why a value is not what `rule` wants, and what to write. */
export function wordsFor(rule: string, seen: Seen): Words {
  if (seen.value === null || seen.value === undefined) return { problem: 'has no value', advice: adviceFor(rule) };
  return isGeneral(rule) ? words[rule](seen) : ruleOfKind(rule).words(seen);
}

/** What to write where a value is missing. */
export const adviceFor = (rule: string): string => (isGeneral(rule) ? adviceOf[rule] : ruleOfKind(rule).advice);

const isGeneral = (rule: string): rule is GeneralRule => Object.hasOwn(words, rule);

function ruleOfKind(rule: string) {
  const found = ownRule(alertRules, rule) ?? ownRule(channelRules, rule) ?? ownRule(kindRules, rule);
  if (found === undefined) throw new Error(`no kind has words for the rule "${rule}"`);
  return found;
}

const ownRule = (rules: Readonly<Record<string, RuleWords>>, rule: string): RuleWords | undefined => (Object.hasOwn(rules, rule) ? rules[rule] : undefined);

const adviceOf: Readonly<Record<GeneralRule, string>> = {
  interval: 'write a duration such as 60s',
  timeout: 'write a duration such as 10s',
  within: 'write a duration such as 800ms',
  tolerate: 'write a duration such as 60s',
  count: 'write a whole number from 1 to 10',
  severity: 'write page, ticket or note',
  policy: 'write all, majority, any, or how many regions',
  url: 'write an address such as https://shop.example.com/health',
  email: 'write a mail address such as ops@example.com',
  channel: `write one of ${channelKeys.map((key) => `\`${key}\``).join(', ')}`,
  kind: `write ${kindKeys.length === 1 ? '' : `one of ${kindKeys.join(', ')}, such as `}\`${kindOf('http').example}\``,
  number: 'write a number',
  comparison: 'write a number, or a map such as { atLeast: 10 }',
  text: 'write text, in quotes where it looks like something else',
  texts: 'write text, or a list of texts',
  pattern: 'write a pattern in the syntax of RE2',
  patterns: 'write a pattern in the syntax of RE2, or a list of them',
  textual: 'write text, or a map such as { contains: ok }',
  region: 'write an AWS region such as eu-west-1',
  probers: 'write a list of AWS regions such as [eu-west-1, us-east-2]',
  anchors: 'write a list of addresses, or [] for none',
  monitors: 'write at least one, such as `shop: { http: https://shop.example.com/health }`',
  flag: 'write true or false',
  subnets: 'write a list of 1 to 16 such as [subnet-0123456789abcdef0]',
  securityGroups: 'write a list of 1 to 5 such as [sg-0123456789abcdef0]',
  allowance: 'write a whole number from 1 to 1000',
  family: 'write ipv4 or ipv6',
  map: 'write `key: value` lines below it, or remove it',
};

const words: Readonly<Record<GeneralRule, (seen: Seen) => Words>> = {
  interval: (seen) => durationWords('interval', seen, intervalWords),
  timeout: (seen) => durationWords('timeout', seen, () => ({ problem: 'is not between 100ms and 50s', advice: adviceOf.timeout })),
  within: (seen) => durationWords('within', seen, () => ({ problem: 'leaves no time at all', advice: adviceOf.within })),
  tolerate: (seen) => durationWords('tolerate', seen, () => ({ problem: 'is less than 5s', advice: 'write 5s or more' })),
  count: ({ shown }) => ({ problem: `${shown} is no whole number from 1 to 10`, advice: 'write one, such as 2' }),
  severity: ({ value, shown, isReferenced }) => {
    const nearest = isReferenced || typeof value !== 'string' ? undefined : nearestName(value, ['page', 'ticket', 'note']);
    return { problem: `${shown} is no severity`, advice: nearest === undefined ? adviceOf.severity : `did you mean ${nearest}?` };
  },
  policy: ({ value, shown, isReferenced }) => {
    const nearest = isReferenced || typeof value !== 'string' ? undefined : nearestName(value, ['all', 'majority', 'any']);
    return { problem: `${shown} does not say how many regions must fail`, advice: nearest === undefined ? adviceOf.policy : `did you mean ${nearest}?` };
  },
  url: urlWords,
  email: ({ shown }) => ({ problem: `${shown} is no mail address`, advice: adviceOf.email }),
  channel: ({ value }) => ({
    problem: isMap(value) && Object.keys(value).length > 1 ? 'one channel cannot be two things' : 'says nothing of how it is reached',
    advice: isMap(value) && Object.keys(value).length > 1 ? 'make two channels with names of their own' : adviceOf.channel,
  }),
  kind: ({ value }) => {
    const named = isMap(value) ? kindKeys.filter((key) => value[key] !== undefined) : [];
    if (named.length < 2) return { problem: 'does not say how it is probed', advice: adviceOf.kind };
    return { problem: `is probed in ${named.length} ways: ${named.map((key) => `\`${key}\``).join(', ')}`, advice: 'make a monitor of each' };
  },
  region: ({ value, shown, isReferenced }) => {
    const nearest = isReferenced || typeof value !== 'string' ? undefined : nearestName(value, awsRegions);
    return { problem: `${shown} is no AWS region`, advice: nearest === undefined ? adviceOf.region : `did you mean ${nearest}?` };
  },
  probers: ({ value, shown, isReferenced }) => ({
    problem: Array.isArray(value) ? 'no region probes' : `${shown} is no list`,
    advice: typeof value === 'string' && !isReferenced ? `write [${value}]` : adviceOf.probers,
  }),
  anchors: ({ shown }) => ({ problem: `${shown} is no list`, advice: adviceOf.anchors }),
  monitors: () => ({ problem: 'nothing is watched', advice: adviceOf.monitors }),
  flag: ({ shown }) => ({ problem: `${shown} is neither true nor false`, advice: adviceOf.flag }),
  subnets: ({ value, shown }) => ({ problem: Array.isArray(value) ? 'names none, or too many' : `${shown} is no subnet`, advice: adviceOf.subnets }),
  securityGroups: ({ value, shown }) => ({
    problem: Array.isArray(value) ? 'names none, or too many' : `${shown} is no security group`,
    advice: adviceOf.securityGroups,
  }),
  allowance: ({ shown }) => ({ problem: `${shown} is no whole number from 1 to 1000`, advice: 'write one, such as 2' }),
  family: ({ shown }) => ({ problem: `${shown} is no family of addresses`, advice: adviceOf.family }),
  number: ({ shown }) => ({ problem: `${shown} is no number`, advice: adviceOf.number }),
  comparison: ({ shown }) => ({ problem: `${shown} is neither a number nor a comparison`, advice: adviceOf.comparison }),
  text: ({ shown }) => ({ problem: `${shown} is no text`, advice: adviceOf.text }),
  texts: ({ shown }) => ({ problem: `${shown} is neither text nor a list of texts`, advice: adviceOf.texts }),
  pattern: patternWords,
  patterns: patternWords,
  textual: ({ shown }) => ({ problem: `${shown} is neither text nor a condition`, advice: adviceOf.textual }),
  map: ({ value, shown }) => ({ problem: `${shown} is no map${Array.isArray(value) ? ' but a list' : ''}`, advice: 'write `key: value` lines below it' }),
};

function patternWords({ value, shown, isReferenced }: Seen): Words {
  const [trouble] = (Array.isArray(value) ? value : [value]).flatMap((pattern) => patternTrouble(pattern) ?? []);
  const because = isReferenced || trouble === undefined ? '' : ` (${trouble})`;
  return { problem: `${shown} is no pattern that is judged in linear time${because}`, advice: adviceOf.pattern };
}

type DurationRule = 'interval' | 'timeout' | 'within' | 'tolerate';

/** `unfit` says why a duration in the right form is not allowed; its problem continues the quoted value. */
function durationWords(rule: DurationRule, { value, shown, isReferenced }: Seen, unfit: (ms: number) => Words): Words {
  const ms = parseDuration(value);
  if (isReferenced) return { problem: `what ${shown} stands for does not fit`, advice: `${adviceOf[rule]} into the variable` };
  if (ms !== undefined) return { ...unfit(ms), problem: `${shown} ${unfit(ms).problem}` };
  const suggested = suggestDuration(value);
  const problem = lacksUnit(value) ? `${shown} has no unit` : `${shown} is no duration`;
  return { problem, advice: suggested === undefined ? adviceOf[rule] : `write ${suggested}` };
}

function intervalWords(ms: number): Words {
  const nearest = nearestIntervals(ms).filter(isOnGrid).map(formatDuration);
  const problem = ms < 60_000 ? 'does not divide a minute' : 'is not in whole minutes, up to 24h';
  return { problem, advice: `write ${nearest.join(' or ')}` };
}
