/** `tls`: does a handshake and looks at the certificate. */
import { buildNumberRule, type NumberRuleSource } from '../../condition-pieces';
import type { NumberRule } from '../../conditions';
import { parseDuration } from '../../durations';
import { hostDestinations, withHost } from '../../host-port';
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap, valueAt } from '../../plain-value';
import type { TlsOptions } from '../http/probe';
import type { Identity } from '../identity/probe';
import type { Kind, Quarrel } from '../kind';
import { secretFaults, tlsOptionFaults } from '../tls-options';
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
  const { host, name, starttls, ca, certificate, key, verify = true, expect = {} } = source;
  const withinMs = parseDuration(expect.within);
  return {
    kind: 'tls',
    host,
    ...(name === undefined ? {} : { name }),
    ...(starttls === undefined ? {} : { starttls }),
    ...(ca === undefined && certificate === undefined ? {} : { tls: given({ ca, certificate, key }) }),
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

const given = (options: TlsOptions): TlsOptions => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** Nobody wants exactly 21 days. */
const atLeast = (source: NumberRuleSource): NumberRule => (typeof source === 'number' ? { atLeast: source } : buildNumberRule(source));

function quarrels(value: unknown, { written }: Quarrel): readonly Fault[] {
  if (!isMap(value)) return [];
  const ofOptions = [...secretFaults({ tls: written }, [['tls', 'key']]), ...tlsOptionFaults({ tls: value })];
  return [...ofOptions.map((fault) => ({ ...fault, path: fault.path.slice(1) })), ...chainFaults(value)];
}

function chainFaults(value: PlainMap): readonly Fault[] {
  if (value.verify !== false || valueAt(value, ['expect', 'chainDaysLeft']) === undefined) return [];
  return [{ path: ['expect', 'chainDaysLeft'], problem: 'no chain is verified where `verify` is false', advice: 'write `daysLeft`, or remove `verify`' }];
}
