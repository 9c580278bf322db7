/** The shape of `twinwatch.yaml`. Messages are names of rules; rule-words.ts has their words. */
import * as z from 'zod';
import { awsRegions } from './aws-regions';
import { durationPattern, parseDuration } from './durations';
import { isOnGrid } from './intervals';
import { namePattern } from './names';
import type { Rule } from './rules';
import { parseStatus, statusPattern } from './status-codes';
import { parseHttpUrl } from './urls';

/** A reference may stand wherever text may. */
const referencePattern = '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}';

const because = (rule: Rule) => ({ error: rule });

function text(rule: Rule, isGood: (value: string) => boolean, meta: z.GlobalMeta) {
  return z.string(because(rule)).refine(isGood, because(rule)).meta(meta);
}

function duration(rule: Rule, isGood: (ms: number) => boolean, meta: z.GlobalMeta) {
  const pattern = `${durationPattern}|${referencePattern}`;
  return text(rule, (value) => isGood(parseDuration(value) ?? Number.NaN), { pattern, ...meta });
}

const url = (description: string, ...examples: string[]) =>
  text('url', (value) => typeof parseHttpUrl(value) === 'object', { description, pattern: `^[Hh][Tt][Tt][Pp][Ss]?://|${referencePattern}`, examples });

const count = (description: string) =>
  z.number(because('count')).int(because('count')).min(1, because('count')).max(10, because('count')).meta({ description, default: 2 });

const policy = z
  .union(
    [
      z.enum(['all', 'majority', 'any']),
      z.number(because('policy')).int(because('policy')).min(1, because('policy')).max(awsRegions.length, because('policy')),
    ],
    because('policy'),
  )
  .meta({ description: 'How many of the regions with a fresh view must find it down before it is down; fewer is "partial".', default: 'majority' });

const patience = {
  interval: duration('interval', isOnGrid, {
    description: 'How often a monitor is probed from every region: seconds that divide a minute, or whole minutes.',
    default: '60s',
    examples: ['10s', '60s', '5m'],
  }).optional(),
  timeout: duration('timeout', (ms) => ms >= 100 && ms <= 50_000, {
    description: 'When a probe is given up; shorter than the interval, at most 50s. Default: 10s, or half of a shorter interval.',
    examples: ['2s', '10s'],
  }).optional(),
  downAfter: count('Failing samples in a row after which a monitor is down.').optional(),
  upAfter: count('Good samples in a row after which a monitor is up again.').optional(),
  page: policy.optional(),
};

const statusPart = z.union([z.number(), z.string().meta({ pattern: statusPattern })]);
const status = z
  .union([statusPart, z.array(statusPart).meta({ minItems: 1 })], because('status'))
  .refine((value) => parseStatus(value) !== undefined, because('status'))
  .meta({ description: 'Status codes that are good.', default: '2xx', examples: ['2xx', 200, '200-204', ['2xx', 301]] });

const httpTarget = url('What is asked.', 'https://shop.example.com/health');

const http = z
  .union(
    [
      httpTarget,
      z.strictObject(
        {
          url: httpTarget,
          expect: z
            .strictObject(
              {
                status: status.optional(),
                within: duration('within', (ms) => ms > 0, {
                  description: 'The longest that a good answer may take, at most the timeout.',
                  examples: ['800ms'],
                }).optional(),
              },
              because('map'),
            )
            .meta({ description: 'What a good answer is.' })
            .optional(),
        },
        because('map'),
      ),
    ],
    because('http'),
  )
  .meta({ description: 'Asks a URL with GET and looks at the answer.' });

const severity = z
  .enum(['page', 'ticket', 'note'], because('severity'))
  .meta({ description: 'page: wake someone; ticket: in working hours; note: on the page only.', default: 'page' });

const monitor = z.strictObject({ http, ...patience, severity: severity.optional() }, because('map'));

const channel = z
  .strictObject(
    {
      email: text('email', (value) => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(value), {
        description: 'A mail address.',
        examples: ['ops@example.com'],
      }).optional(),
      webhook: url("A URL that receives posts in SNS's envelope.", 'https://ops.example.com/hook').optional(),
    },
    because('map'),
  )
  .refine((value) => Object.keys(value).length === 1, because('channel'))
  .meta({ minProperties: 1, maxProperties: 1 });

const outsideSwitch = z.strictObject({ ping: url('What is asked with GET while all is well.', 'https://hc-ping.com/your-uuid') }, because('map'));

const region = text('region', (value) => awsRegions.includes(value), { anyOf: [{ enum: [...awsRegions] }, { pattern: referencePattern }] });

const regions = z
  .strictObject(
    {
      probers: z
        .array(region, because('probers'))
        .min(1, because('probers'))
        .meta({ description: 'AWS regions that probe. Two watch each other.', examples: [['eu-west-1', 'us-east-2']] }),
      witness: region.optional().meta({ description: 'A region that only watches the others.', examples: ['eu-central-1'] }),
    },
    because('map'),
  )
  .meta({ description: 'Where twinwatch runs.' });

const watch = z
  .strictObject(
    {
      tolerate: duration('tolerate', (ms) => ms >= 5000, {
        description: "The blackout of a peer that must not page, at least 5s. Every bound of the dead-man's switch follows from it.",
        default: '60s',
      }).optional(),
    },
    because('map'),
  )
  .meta({ description: 'How the regions watch each other.' });

const named = { propertyNames: { pattern: namePattern } };

export const configSchema = z
  .strictObject(
    {
      regions,
      defaults: z.strictObject(patience, because('map')).meta({ description: 'For every monitor that does not say otherwise.' }).optional(),
      watch: watch.optional(),
      anchors: z
        .array(url('A neutral address.', 'https://dynamodb.eu-north-1.amazonaws.com/'), because('anchors'))
        .meta({ description: 'Neutral addresses that tell "the peer is gone" from "I am cut off".', default: [] })
        .optional(),
      network: z
        .strictObject(
          {
            allowPrivate: z
              .boolean(because('flag'))
              .meta({ description: 'Whether loopback and private addresses may be probed and told.', default: false })
              .optional(),
          },
          because('map'),
        )
        .meta({ description: 'What may be contacted.' })
        .optional(),
      channels: z
        .record(z.string(), channel, because('map'))
        .meta({ description: 'Who is told, by a name that you choose. Two that do not depend on each other are better than one.', ...named })
        .optional(),
      outside: z
        .record(z.string(), outsideSwitch, because('map'))
        .meta({
          description: 'A dead-man service outside of AWS for each region: its watchdog asks this URL about once a minute while it sees all others at work.',
          propertyNames: { enum: [...awsRegions] },
        })
        .optional(),
      monitors: z
        .record(z.string(), monitor, because('map'))
        .refine((value) => Object.keys(value).length > 0, because('monitors'))
        .meta({ description: 'What is watched, by an id that you choose.', minProperties: 1, ...named }),
    },
    because('map'),
  )
  .meta({ title: 'twinwatch.yaml', description: 'What twinwatch watches, from where, and who is told.' });

export type SourceConfig = z.output<typeof configSchema>;
export type SourceMonitor = SourceConfig['monitors'][string];
