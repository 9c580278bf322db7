/** What a good answer is, as it is written. */
import * as z from 'zod';
import { numberRule, numberShape, textRule, textShape } from '../../condition-pieces';
import { jsonPathTrouble } from '../../json-paths';
import { flag, map } from '../../pieces';
import { parseStatus, statusPattern } from '../../status-codes';
import { isFieldName } from './field-names';
import { own } from './rules';

const statusPart = z.union([z.number(), z.string().meta({ pattern: statusPattern })]);
const status = z
  .union([statusPart, z.array(statusPart).meta({ minItems: 1 })], own('status'))
  .refine((value) => parseStatus(value) !== undefined, own('status'))
  .meta({ description: 'Status codes that are good.', default: '2xx', examples: ['2xx', 200, '200-204', ['2xx', 301], ['2xx', 'not 204']] });

const header = z
  .union(
    [
      z.string(),
      map({
        ...textShape,
        optional: flag('Whether it may be missing.', false).optional(),
        absent: flag('Whether it must be missing.', false).optional(),
      }),
    ],
    own('header-wanted'),
  )
  .meta({ description: 'Exactly this value, or conditions.' });

const path = z
  .string(own('json-path'))
  .refine((value) => jsonPathTrouble(value) === undefined, own('json-path'))
  .meta({ description: 'A path into JSON (RFC 9535); everything that it leads to must be as wanted.', examples: ['$.status', '$.checks[*].ok'] });

const jsonShape = {
  ...textShape,
  ...numberShape,
  json: path,
  equals: z.json().meta({ description: 'Exactly this value.' }).optional(),
  exists: flag('Whether there must be something at the path.', true).optional(),
  oneOf: z.array(z.json(), own('one-of')).min(1, own('one-of')).meta({ description: 'One of these values.' }).optional(),
  equalsNot: z.json().meta({ description: 'Anything but this value.' }).optional(),
  sameAs: path.meta({ description: 'The same value as the one that stands at this other path.', examples: ['$.wanted'] }).optional(),
  count: numberRule('How many values the path leads to.').optional(),
  length: numberRule('How long the text is, in characters, or how many the list or the map has.').optional(),
};

/** A map without `json` is about the body as text. */
const bodyRule = z.union([map({ ...textShape, json: z.never(own('json-path')).optional() }), map(jsonShape)], own('body'));
export type BodyRuleSource = z.output<typeof bodyRule>;

const body = z.union([z.string(), bodyRule, z.array(z.union([z.string(), bodyRule], own('body'))).min(1)], own('body')).meta({
  description: 'What the body must be: text that it contains, conditions, or a list of those.',
  examples: ['all is well', { json: '$.status', equals: 'ok' }],
});

const version = z.enum(['1.0', '1.1', '2'], own('version'));

export const expectation = <Within extends z.ZodType>(within: Within) =>
  map({
    status: status.optional(),
    headers: z
      .record(z.string(), header, own('headers-wanted'))
      .refine((value) => Object.keys(value).every(isFieldName), own('header-wanted-name'))
      .meta({ description: 'What headers must be, by name; of a repeated header one value is enough.', examples: [{ 'content-type': { contains: 'json' } }] })
      .optional(),
    body: body.optional(),
    size: numberRule('Bytes of the body, unpacked.').optional(),
    url: textRule('The address that answers after all redirects; text alone means exactly that one.').optional(),
    version: z
      .union([version, z.array(version).min(1)], own('version'))
      .meta({ description: 'The version of HTTP that must be spoken, in quotes, or a list of those.', examples: ['2', ['1.1', '2']] })
      .optional(),
    address: textRule('The address that is contacted, without its port; text alone means exactly that one.').optional(),
    daysLeft: z
      .union([z.number(), map(numberShape)], own('days-left'))
      .meta({
        description:
          'How many days the certificates must have left, fractions included, counted to the earliest end of all that the server sends. A number: at least so many.',
        examples: [21, { above: 21 }],
      })
      .optional(),
    tls: z.literal(true, own('tls-wanted')).meta({ description: 'Whether the answer must have come over TLS.' }).optional(),
    within: within.optional(),
  }).meta({ description: 'What a good answer is.' });
