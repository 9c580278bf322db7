/** `tls`: does a handshake and looks at the certificate. */
import { buildNumberRule, type NumberRuleSource } from '../../condition-pieces';
import type { NumberRule } from '../../conditions';
import { parseDuration } from '../../durations';
import { hostDestinations, withHost } from '../../host-port';
import type { Fault } from '../../mistakes';
import { isMap, valueAt } from '../../plain-value';
import type { Identity } from '../identity/probe';
import type { Kind } from '../kind';
import type { TlsProbe } from './probe';
import { tlsRules } from './rules';
import { type TlsSource, tlsSchema } from './schema';

export const tls: Kind<'tls', typeof tlsSchema, TlsProbe> = {
  key: 'tls',
  schema: tlsSchema,
  rules: tlsRules,
  example: 'tls: shop.example.com',
  build,
  target: (written) => String(withHost(written).host),
  addresses: (value) => hostDestinations(value, { needsPort: false }),
  identities: () => ['pin'],
  quarrels,
};

function build(source: TlsSource, _written: unknown, identity?: Identity): TlsProbe {
  const who = identity === undefined ? {} : { identity };
  if (typeof source === 'string') return { kind: 'tls', host: source, isVerified: true, ...who, expect: {} };
  const { host, name, starttls, verify = true, expect = {} } = source;
  const withinMs = parseDuration(expect.within);
  return {
    kind: 'tls',
    host,
    ...(name === undefined ? {} : { name }),
    ...(starttls === undefined ? {} : { starttls }),
    isVerified: verify,
    ...who,
    expect: {
      ...(expect.daysLeft === undefined ? {} : { daysLeft: atLeast(expect.daysLeft) }),
      ...(expect.chainDaysLeft === undefined ? {} : { chainDaysLeft: atLeast(expect.chainDaysLeft) }),
      ...(expect.pin === undefined ? {} : { pins: typeof expect.pin === 'string' ? [expect.pin] : expect.pin }),
      ...(expect.version === undefined ? {} : { version: expect.version }),
      ...(withinMs === undefined ? {} : { withinMs }),
    },
  };
}

/** Nobody wants exactly 21 days. */
const atLeast = (source: NumberRuleSource): NumberRule => (typeof source === 'number' ? { atLeast: source } : buildNumberRule(source));

function quarrels(value: unknown): readonly Fault[] {
  if (!isMap(value) || value.verify !== false || valueAt(value, ['expect', 'chainDaysLeft']) === undefined) return [];
  return [{ path: ['expect', 'chainDaysLeft'], problem: 'no chain is verified where `verify` is false', advice: 'write `daysLeft`, or remove `verify`' }];
}
