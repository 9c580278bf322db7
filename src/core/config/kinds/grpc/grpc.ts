/** `grpc`: asks for the health of a gRPC server. */
import { parseDuration } from '../../durations';
import { hostDestinations, withHost } from '../../host-port';
import type { Fault, Path } from '../../mistakes';
import { entriesOf, isMap, type PlainMap, valueAt } from '../../plain-value';
import type { Kind, Quarrel } from '../kind';
import { buildTlsOptions, insecureWarnings, secretFaults, tlsOptionFaults } from '../tls-options';
import type { GrpcProbe } from './probe';
import { grpcRules } from './rules';
import { type GrpcSource, grpcSchema } from './schema';

export const grpc: Kind<'grpc', typeof grpcSchema, GrpcProbe> = {
  key: 'grpc',
  schema: grpcSchema,
  rules: grpcRules,
  example: 'grpc: api.example.com:443',
  build,
  target,
  addresses: (value) => hostDestinations(value, { needsPort: false }),
  quarrels,
  warnings: insecureWarnings,
};

function build(source: GrpcSource): GrpcProbe {
  if (typeof source === 'string') return { kind: 'grpc', host: source, service: '', expect: {} };
  const { host, service = '', plaintext, tls, metadata, expect } = source;
  const withinMs = parseDuration(expect?.within);
  return {
    kind: 'grpc',
    host,
    service,
    ...(plaintext === true ? { isPlain: true } : {}),
    ...(tls === undefined ? {} : { tls: buildTlsOptions(tls) }),
    ...(metadata === undefined ? {} : { metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value])) }),
    expect: withinMs === undefined ? {} : { withinMs },
  };
}

function target(written: unknown): string {
  const { host, service } = withHost(written);
  return service === undefined ? String(host) : `${String(host)} ${String(service)}`;
}

function quarrels(value: unknown, { written }: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  return [...secretFaults(written, [['tls', 'key'], ...credentialPaths(written)]), ...tlsOptionFaults(value), ...plainFaults(value)];
}

const credentialPaths = (written: unknown): readonly Path[] =>
  entriesOf(valueAt(written, ['metadata']))
    .filter(([name]) => /^(authorization|cookie|x-api-key)$/i.test(name))
    .map(([name]) => ['metadata', name]);

function plainFaults({ plaintext, tls }: PlainMap): readonly Fault[] {
  if (plaintext !== true || tls === undefined) return [];
  return [{ path: ['tls'], problem: 'no TLS is spoken where `plaintext` is true', advice: 'keep one of the two' }];
}
