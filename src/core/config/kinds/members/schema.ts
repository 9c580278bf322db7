/** What a members monitor may say. */
import * as z from 'zod';
import { because, map, text } from '../../pieces';
import { parseHttpUrl } from '../../urls';
import { httpSchema } from '../http/schema';
import { mostMembers } from './probe';
import type { MembersRule } from './rules';

const own = because<MembersRule>;

/** Without brackets; `undefined` for what is no address as it is usually written. */
export function addressIn(value: string): readonly number[] | undefined {
  if (!/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*)$/i.test(value)) return undefined;
  const read = parseHttpUrl(`http://${value.includes(':') ? `[${value}]` : value}/`);
  return typeof read === 'string' ? undefined : read.address;
}

const isName = (value: string): boolean =>
  /^[^:/?#[\]]+$/.test(value) && typeof parseHttpUrl(`http://${value}/`) === 'object' && addressIn(value) === undefined;

const of = httpSchema.meta({ description: 'What is asked, as of an http monitor: of the name, and of each address in its place.' });

const atLeast = z
  .number(own('members-least'))
  .int(own('members-least'))
  .min(1, own('members-least'))
  .meta({ description: 'How many members must be well. Default: all of them.', examples: [2] })
  .optional();

const addresses = z
  .array(
    text<MembersRule>('members-address', (value) => addressIn(value) !== undefined, {}),
    own('members-at'),
  )
  .min(1, own('members-at'))
  .max(mostMembers, own('members-at'))
  .meta({ description: 'The addresses of the members.', examples: [['192.0.2.10', '192.0.2.11']] });

const name = text<MembersRule>('members-resolve', isName, {
  description: 'A name whose addresses are the members, looked up for each probe.',
  examples: ['pay.internal.example.com'],
});

export const membersSchema = z
  .union([map({ of, at: addresses, atLeast }), map({ of, resolve: name, atLeast })], own('members'))
  .meta({ description: 'One service behind several addresses: asks it by its name, and at each address.' });

export type MembersSource = z.output<typeof membersSchema>;
