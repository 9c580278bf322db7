/** What a members monitor may say. */
import * as z from 'zod';
import { because, map, text } from '../../pieces';
import { parseHttpUrl } from '../../urls';
import { dnsSchema } from '../dns/schema';
import { grpcSchema } from '../grpc/schema';
import { httpSchema } from '../http/schema';
import { tcpSchema } from '../tcp/schema';
import { tlsSchema } from '../tls/schema';
import { websocketSchema } from '../websocket/schema';
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

const of = z
  .union(
    [
      httpSchema,
      map({ tcp: tcpSchema }),
      map({ tls: tlsSchema }),
      map({ dns: dnsSchema }),
      map({ websocket: websocketSchema }),
      map({ grpc: grpcSchema }),
      map({ http: httpSchema }),
    ],
    own('members-of'),
  )
  .meta({
    description:
      'What is asked of the name, and of each address in its place: as of an http monitor, or `tcp`, `tls`, `dns`, `websocket` or `grpc` with what such a monitor says.',
    examples: ['https://pay.example.com/health', { tls: 'pay.example.com' }],
  });

const atLeast = z
  .number(own('members-least'))
  .int(own('members-least'))
  .min(1, own('members-least'))
  .meta({ description: 'How many members must be well. Default: all of them.', examples: [2] })
  .optional();

const at = z
  .array(
    text<MembersRule>('members-address', (value) => addressIn(value) !== undefined, {}),
    own('members-at'),
  )
  .min(1, own('members-at'))
  .max(mostMembers, own('members-at'))
  .meta({ description: 'The addresses of the members.', examples: [['192.0.2.10', '192.0.2.11']] })
  .optional();

const resolve = text<MembersRule>('members-resolve', isName, {
  description: 'In place of `at`: a name whose addresses are the members, looked up for each probe.',
  examples: ['pay.internal.example.com'],
}).optional();

export const membersSchema = map({ of, at, resolve, atLeast }, own('members')).meta({
  description: 'One service behind several addresses: asks it by its name, and at each address.',
});

export type MembersSource = z.output<typeof membersSchema>;
