/** What a dns monitor may say. */
import * as z from 'zod';
import { numberRule, textShape } from '../../condition-pieces';
import { because, flag, map, referencePattern, text, within } from '../../pieces';
import { parseHttpUrl } from '../../urls';
import { tlsOptions } from '../tls-options';
import { dnsTransports, dnsTypes, parseDnsServer } from './probe';
import { type DnsRule, rcodeNames } from './rules';

const own = because<DnsRule>;

const label = '[A-Za-z0-9_*-]{1,63}';
const nameForm = new RegExp(`^(?:\\.|${label}(?:\\.${label})*\\.?)$`);

const name = text<DnsRule>('dns-name', (value) => nameForm.test(value) && value.replace(/\.$/, '').length <= 253, {
  description: 'The name that is asked for.',
  examples: ['shop.example.com'],
});

const resolver = text<DnsRule>('dns-resolver', (value) => resolverUrl(value) !== undefined, {
  description: 'The name server that is asked, instead of the one that this machine uses.',
  examples: ['192.0.2.53', 'ns1.example.net:5353'],
});

/** A name server as the URL that a host of this kind would have: hosts are judged in one place. */
export function resolverUrl(written: string) {
  const server = parseDnsServer(written);
  if (server === undefined) return undefined;
  const host = server.host.includes(':') ? `[${server.host}]` : server.host;
  const url = parseHttpUrl(`http://${host}${server.port === undefined ? '' : `:${server.port}`}`);
  return typeof url === 'string' ? undefined : url;
}

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names, rule: DnsRule) =>
  z
    .string(own(rule))
    .refine((value): value is Names[number] => names.includes(value), own(rule))
    .meta({ pattern: `^(?:${names.join('|')})$|${referencePattern}` });

const rcode = oneOf(rcodeNames, 'dns-rcode');
const rcodes = z
  .union([rcode, z.array(rcode).min(1, own('dns-rcode'))], own('dns-rcode'))
  .meta({ description: 'The answer codes that are good.', default: 'NOERROR', examples: ['NXDOMAIN', ['NOERROR', 'NXDOMAIN']] });

const wholeRecords = textShape.contains.unwrap();
const patterns = textShape.matches.unwrap();

const recordsShape = {
  equals: wholeRecords.meta({ description: 'Exactly these records, in any order.' }).optional(),
  contains: wholeRecords.meta({ description: 'Records that must be there.' }).optional(),
  lacks: wholeRecords.meta({ description: 'Records that must not be there.' }).optional(),
  matches: patterns.meta({ description: 'Patterns in the syntax of RE2, each of which must be found in at least one record.' }).optional(),
  matchesNot: patterns.meta({ description: 'Patterns in the syntax of RE2, none of which may be found in any record.' }).optional(),
  count: numberRule('How many records there are.').optional(),
  ttl: numberRule('The time to live of every record, in seconds.').optional(),
};

const records = (description: string) => z.union([wholeRecords, map(recordsShape)], own('dns-records')).meta({ description });

export type RecordsSource = z.output<ReturnType<typeof records>>;

const expectation = map({
  rcode: rcodes.optional(),
  answers: records(
    'What the answers of the type asked for must be; a record, or a list, is all that there may be. At least one where nothing is said.',
  ).optional(),
  authority: records('What the records of the authority section must be.').optional(),
  additional: records('What the records of the additional section must be.').optional(),
  authoritative: z.boolean(because('flag')).meta({ description: 'Whether the server must answer for a zone of its own, or must not.' }).optional(),
  within: within().optional(),
}).meta({ description: 'What a good answer is.' });

export const dnsSchema = z
  .union(
    [
      name,
      map({
        name,
        type: oneOf(dnsTypes, 'dns-type')
          .meta({ description: `The type of record that is asked for: ${dnsTypes.join(', ')}.`, default: 'A' })
          .optional(),
        resolver: resolver.optional(),
        transport: oneOf(dnsTransports, 'dns-transport')
          .meta({ description: 'How it is asked: udp, tcp, tls for DNS over TLS, or https for DNS over HTTPS.', default: 'udp' })
          .optional(),
        tls: tlsOptions('resolver').optional(),
        recursion: flag('Whether the server is asked to find out what it does not know itself.', true).optional(),
        expect: expectation.optional(),
      }),
    ],
    own('dns'),
  )
  .meta({ description: 'Asks a name server and looks at the records.' });

export type DnsSource = z.output<typeof dnsSchema>;
