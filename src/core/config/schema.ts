/** The shape of `twinwatch.yaml`. Messages are names of rules; rule-words.ts has their words. */
import * as z from 'zod';
import { cap, dependsOn, feed, group, labels, maintenance, routes } from './alerts/schema';
import { awsRegions } from './aws-regions';
import { type ChannelKey, channelKeys, channelKeysIn, channelKinds } from './channels/channels';
import { isOnGrid } from './intervals';
import { identitySchema } from './kinds/identity/schema';
import { type KindKey, kindKeys, kinds } from './kinds/kinds';
import { namePattern } from './names';
import { because, duration, flag, map, referencePattern, text, url } from './pieces';
import { vpc } from './vpc-pieces';

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

const allowance = (description: string, example: number) =>
  z
    .number(because('allowance'))
    .int(because('allowance'))
    .min(1, because('allowance'))
    .max(1000, because('allowance'))
    .meta({ description, examples: [example] })
    .optional();

const budgetFor = (description: string) =>
  map({
    perHost: allowance('Probes of one host that a region has under way at the same time.', 2),
    perSecond: allowance('Probes of one host that a region begins in a second, evenly spread.', 5),
  })
    .meta({ description })
    .optional();

const budget = budgetFor('How much the host may be asked by each region. Monitors of one host share it.');

const severity = z
  .enum(['page', 'ticket', 'note'], because('severity'))
  .meta({ description: 'page: wake someone; ticket: in working hours; note: on the page only.', default: 'page' });

const family = z
  .enum(['ipv4', 'ipv6'], because('family'))
  .meta({ description: 'From which family the address is taken. Default: IPv4 where the name has one, else IPv6.' });

type KindShape = { readonly [Key in KindKey]: z.ZodOptional<(typeof kinds)[Key]['schema']> };
const kindShape = Object.fromEntries(kindKeys.map((key) => [key, kinds[key].schema.optional()])) as unknown as KindShape;

const monitor = map({
  ...kindShape,
  identity: identitySchema.optional(),
  family: family.optional(),
  ...patience,
  severity: severity.optional(),
  budget,
  group,
  labels,
  dependsOn,
})
  .refine((value) => kindKeys.filter((key) => value[key] !== undefined).length === 1, because('kind'))
  .meta({ oneOf: kindKeys.map((key) => ({ required: [key] })) });

type ChannelShape = { readonly [Key in ChannelKey]: z.ZodOptional<(typeof channelKinds)[Key]['schema']> };
const channelShape = Object.fromEntries(channelKeys.map((key) => [key, channelKinds[key].schema.optional()])) as unknown as ChannelShape;

const channel = z
  .strictObject(channelShape, because('map'))
  .refine((value) => channelKeysIn(value).length === 1, because('channel'))
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
      defaults: z
        .strictObject({ ...patience, budget, labels }, because('map'))
        .meta({ description: 'For every monitor that does not say otherwise.' })
        .optional(),
      watch: watch.optional(),
      budget: budgetFor('What no host may be asked more than by a region, whatever its monitors say.'),
      anchors: z
        .array(url('A neutral address.', 'https://dynamodb.eu-north-1.amazonaws.com/'), because('anchors'))
        .meta({ description: 'Neutral addresses that tell "the peer is gone" from "I am cut off".', default: [] })
        .optional(),
      network: z
        .strictObject(
          {
            allowPrivate: flag('Whether loopback and private addresses may be probed and told.', false).optional(),
            vpc: vpc.optional(),
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
      runbook: url(
        'Where your copy of docs/runbook.md can be read: links of the dashboard and of alarms lead to its sections.',
        'https://wiki.example.com/twinwatch-runbook',
      ).optional(),
      maintenance,
      routes,
      cap,
      feed,
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
