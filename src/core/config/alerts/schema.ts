/** Planned work, who is told of what, and the names by which monitors are spoken of together. */
import * as z from 'zod';
import { cronTrouble, isTimezone } from '../kinds/heartbeat/calendar';
import { namePattern } from '../names';
import { because, duration, flag, map, text, url } from '../pieces';
import { readTime } from './local-time';
import { type AlertRule, longestMs, shortestMs } from './rules';

const own = because<AlertRule>;
const lasting = (ms: number): boolean => ms >= shortestMs && ms <= longestMs;

const names = (description: string, example: readonly string[]) =>
  z
    .array(z.string(own('names')), own('names'))
    .min(1, own('names'))
    .meta({ description, examples: [example] })
    .optional();

const moment = (description: string, example: string) =>
  text<AlertRule>('moment', (value) => readTime(value, 'UTC') !== undefined, { description, examples: [example] }).optional();

export const group = text<AlertRule>('group', (value) => new RegExp(namePattern).test(value), {
  description: 'Monitors of one group can be silenced, maintained and routed together.',
  examples: ['shop'],
}).optional();

export const labels = z
  .record(z.string(), z.string(own('labels')), own('labels'))
  .meta({ description: 'What else is known of it, for routes.', examples: [{ team: 'payments' }] })
  .optional();

export const dependsOn = names('Monitors without which this one cannot be well: while one of them is down and told, nobody is woken for this one.', [
  'payments',
]);

const which = {
  monitors: names('Monitors by their ids.', ['shop']),
  groups: names('Every monitor of these groups.', ['shop']),
};

const planned = map({
  ...which,
  all: flag('Every monitor.', false).optional(),
  from: moment('When it begins, once.', '2026-11-21T22:00:00Z'),
  until: moment('When it is over.', '2026-11-21T23:00:00Z'),
  cron: text<'cron'>('cron', (value) => cronTrouble(value) === undefined, {
    description: 'When it begins, again and again: minute, hour, day, month, weekday. A time that clocks are put forward over begins when they are.',
    examples: ['0 2 * * SUN'],
  }).optional(),
  for: duration<AlertRule>('lasting', lasting, { description: 'How long it lasts each time, up to 7 days.', examples: ['1h'] }).optional(),
  timezone: text<'timezone'>('timezone', isTimezone, {
    description: 'Where the clock hangs that `cron` and times without a zone are read by.',
    default: 'UTC',
    examples: ['Europe/Lisbon'],
  }).optional(),
  why: text('text', () => true, { description: 'Why, for people.', examples: ['backups'] }).optional(),
});

export const maintenance = z
  .array(planned, own('maintenance'))
  .meta({ description: 'When work is planned: probing goes on, its results count as paused, and nobody is woken before it is over.' })
  .optional();

const told = z.array(z.string(own('told')), own('told')).min(1, own('told'));

const escalation = map({
  after: duration<AlertRule>('later', lasting, { description: 'So long after it began, if nobody has taken it.', examples: ['15m'] }),
  channels: told.meta({ description: 'Who is told then.', examples: [['boss']] }),
});

const verdictNames = ['down', 'partial', 'flaky'] as const;

const route = map({
  ...which,
  severity: z
    .array(z.enum(['page', 'ticket', 'note'], because('severity')), own('severities'))
    .min(1, own('severities'))
    .meta({ description: 'How grave it is.', examples: [['page']] })
    .optional(),
  verdict: z
    .array(z.enum(verdictNames, own('verdicts')), own('verdicts'))
    .min(1, own('verdicts'))
    .meta({ description: 'What is said of a monitor.', examples: [['down']] })
    .optional(),
  labels,
  channels: told.meta({ description: 'Who is told, by the names of channels.', examples: [['pager']] }),
  continue: flag('Whether routes after this one are looked at as well.', false).optional(),
  escalate: z
    .array(escalation, own('routes'))
    .meta({ description: 'Who else is told when nobody takes it.', examples: [[{ after: '15m', channels: ['boss'] }]] })
    .optional(),
});

export const routes = z
  .array(route, own('routes'))
  .meta({ description: 'Who is told of what: the first that fits, and on from there with `continue`. Where none fits, everybody is told.' })
  .optional();

export const cap = map({
  messages: z
    .number(own('messages'))
    .int(own('messages'))
    .min(1, own('messages'))
    .max(1000, own('messages'))
    .meta({ description: 'So many messages may leave by themselves.', default: 20 })
    .optional(),
  within: duration<AlertRule>('lasting', lasting, {
    description: 'Within so long. What comes then is gathered into one message a minute.',
    default: '10m',
  }).optional(),
})
  .meta({ description: 'How many messages anybody is sent in a storm.' })
  .optional();

export const feed = map({
  ...which,
  title: text('text', () => true, { description: 'What subscribers see it called.', default: 'twinwatch', examples: ['Status of Example'] }).optional(),
  url: url('Where it is published.', 'https://status.example.com/feed.atom').optional(),
})
  .meta({ description: 'What `/feed.atom` and `twinwatch feed` tell subscribers. Without a list it is of all monitors.' })
  .optional();
