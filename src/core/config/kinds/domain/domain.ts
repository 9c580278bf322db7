/** `domain`: asks the registry how long a domain is still registered. */
import { hour } from '../../../basics/time';
import { formatDuration, parseDuration } from '../../durations';
import type { Fault } from '../../mistakes';
import { isMap, type PlainMap } from '../../plain-value';
import { parseHttpUrl } from '../../urls';
import type { Destination, Kind } from '../kind';
import type { DomainProbe } from './probe';
import { domainRules } from './rules';
import { type DomainSource, domainSchema } from './schema';

export const domain: Kind<'domain', typeof domainSchema, DomainProbe> = {
  key: 'domain',
  schema: domainSchema,
  rules: domainRules,
  example: 'domain: example.com',
  build,
  target: (written) => String(longForm(written).name),
  addresses,
  quarrels: (_value, { patience }) => intervalFaults(patience.intervalMs),
};

const ianaBootstrap = 'https://data.iana.org/rdap/dns.json';
const usualDaysLeft = 30;

function build(source: DomainSource): DomainProbe {
  const { name, server, bootstrap = ianaBootstrap, expect = {} } = typeof source === 'string' ? { name: source } : source;
  const { daysLeft = usualDaysLeft, within } = expect;
  const withinMs = parseDuration(within);
  return {
    kind: 'domain',
    name,
    ...(server === undefined ? {} : { server }),
    bootstrap,
    expect: { daysLeft: typeof daysLeft === 'number' ? { atLeast: daysLeft } : daysLeft, ...(withinMs === undefined ? {} : { withinMs }) },
  };
}

const longForm = (value: unknown): PlainMap => (isMap(value) ? value : { name: value });

function addresses(value: unknown): readonly Destination[] {
  return ['server', 'bootstrap'].flatMap((key): Destination[] => {
    const url = longForm(value)[key];
    const leadsTo = typeof url === 'string' ? parseHttpUrl(url) : 'no-url';
    return typeof leadsTo === 'string' ? [] : [{ path: [key], leadsTo }];
  });
}

/** Registries shut out whoever asks all the time for what changes once a year. */
function intervalFaults(intervalMs: number | undefined): readonly Fault[] {
  if (intervalMs === undefined || intervalMs >= hour) return [];
  const problem = `a registry would be asked every ${formatDuration(intervalMs)}, and would shut twinwatch out`;
  return [{ path: [], problem, advice: 'write interval: 6h, or another one from 1h' }];
}
