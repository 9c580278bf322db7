/** `dns`: asks a name server and looks at the records. */
import { buildNumberRule, buildTextRule } from '../../condition-pieces';
import { parseDuration } from '../../durations';
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap } from '../../plain-value';
import type { Destination, Kind, Quarrel } from '../kind';
import { buildTlsOptions, insecureWarnings, secretFaults, tlsOptionFaults } from '../tls-options';
import type { DnsProbe, RecordsRule } from './probe';
import { dnsRules } from './rules';
import { type DnsSource, dnsSchema, type RecordsSource, resolverUrl } from './schema';

export const dns: Kind<'dns', typeof dnsSchema, DnsProbe> = {
  key: 'dns',
  schema: dnsSchema,
  rules: dnsRules,
  example: 'dns: shop.example.com',
  build,
  target,
  addresses,
  quarrels,
  warnings: insecureWarnings,
};

function build(source: DnsSource): DnsProbe {
  const written = typeof source === 'string' ? { name: source } : source;
  return {
    kind: 'dns',
    name: written.name,
    type: written.type ?? 'A',
    ...(written.resolver === undefined ? {} : { resolver: written.resolver }),
    transport: written.transport ?? 'udp',
    ...(written.tls === undefined ? {} : { tls: buildTlsOptions(written.tls) }),
    wantsRecursion: written.recursion ?? true,
    expect: buildExpect(written.expect ?? {}),
  };
}

type Expectation = NonNullable<Exclude<DnsSource, string>['expect']>;

function buildExpect({ rcode = 'NOERROR', answers, authority, additional, authoritative, within }: Expectation): DnsProbe['expect'] {
  const withinMs = parseDuration(within);
  return {
    rcodes: typeof rcode === 'string' ? [rcode] : rcode,
    ...(answers === undefined ? {} : { answers: buildRecords(answers) }),
    ...(authority === undefined ? {} : { authority: buildRecords(authority) }),
    ...(additional === undefined ? {} : { additional: buildRecords(additional) }),
    ...(authoritative === undefined ? {} : { isAuthoritative: authoritative }),
    ...(withinMs === undefined ? {} : { withinMs }),
  };
}

function buildRecords(source: RecordsSource): RecordsRule {
  if (typeof source === 'string') return { equals: [source] };
  if (!('length' in source)) return buildRule(source);
  return { equals: source };
}

function buildRule({ equals, count, ttl, ...texts }: Exclude<RecordsSource, string | readonly string[]>): RecordsRule {
  const { equals: _none, ...rule } = buildTextRule(texts, 'contains');
  return {
    ...rule,
    ...(equals === undefined ? {} : { equals: typeof equals === 'string' ? [equals] : equals }),
    ...(count === undefined ? {} : { count: buildNumberRule(count) }),
    ...(ttl === undefined ? {} : { ttl: buildNumberRule(ttl) }),
  };
}

/** `MX of example.com at 192.0.2.53` */
function target(written: unknown): string {
  const { name, type = 'A', resolver } = longForm(written);
  return `${type} of ${name}${resolver === undefined ? '' : ` at ${resolver}`}`;
}

const longForm = (value: unknown): PlainMap => (isMap(value) ? value : { name: value });

function addresses(value: unknown): readonly Destination[] {
  const { resolver } = longForm(value);
  const leadsTo = typeof resolver === 'string' ? resolverUrl(resolver) : undefined;
  return leadsTo === undefined ? [] : [{ path: ['resolver'], leadsTo }];
}

function quarrels(value: unknown, { written }: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  return [...secretFaults(written, [['tls', 'key']]), ...tlsOptionFaults(value), ...plainFaults(value)];
}

function plainFaults({ transport = 'udp', tls }: PlainMap): readonly Fault[] {
  if (tls === undefined || transport === 'tls' || transport === 'https') return [];
  return [{ path: ['tls'], problem: `no TLS is spoken over ${String(transport)}`, advice: 'write `transport: tls` or `transport: https`, or remove it' }];
}
