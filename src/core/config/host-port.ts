/** `mail.example.com:25`: a host with its port, of kinds whose targets are no URLs. */
import type { Destination } from './kinds/kind';
import { isMap } from './plain-value';
import type { RuleWords } from './rules';
import { type HttpUrl, parseHttpUrl } from './urls';

export interface HostPort extends Pick<HttpUrl, 'host' | 'address'> {
  readonly port?: number | undefined;
}

type HostTrouble = 'url' | 'credentials' | 'host' | 'port' | 'no-port';

/** `needsPort` where there is no port that everybody would expect. */
export function parseHostPort(text: string, { needsPort }: { needsPort: boolean }): HostPort | HostTrouble {
  if (/[/?#]/.test(text)) return 'url';
  const read = parseHttpUrl(`http://${text}`);
  if (read === 'credentials' || read === 'port') return read;
  if (typeof read === 'string') return 'host';
  const port = /:(\d+)$/.exec(text)?.[1];
  if (port === undefined && needsPort) return 'no-port';
  return { host: read.host, address: read.address, ...(port === undefined ? {} : { port: Number(port) }) };
}

/** What a rule about a host says; `example` is a host as it should be written. */
export function hostWords(example: string, { needsPort }: { needsPort: boolean }): RuleWords {
  const advice = `write a host${needsPort ? ' and its port' : ''} such as ${example}`;
  return {
    advice,
    words({ value, shown, isReferenced }) {
      const trouble = typeof value === 'string' ? parseHostPort(value, { needsPort }) : 'host';
      const what = isReferenced ? `what ${shown} stands for` : shown;
      return troubleWords[typeof trouble === 'string' ? trouble : 'host'](what, advice);
    },
  };
}

const troubleWords: Readonly<Record<HostTrouble, (what: string, advice: string) => { problem: string; advice: string }>> = {
  url: (what, advice) => ({ problem: `${what} is no host but more than that`, advice }),
  credentials: (_, advice) => ({ problem: 'the host holds a user or a password', advice }),
  host: (what, advice) => ({ problem: `${what} is no host that can be read`, advice: `${advice}; an IPv6 address stands in brackets` }),
  port: (what) => ({ problem: `${what} has a port that does not exist`, advice: 'write a port from 1 to 65535' }),
  'no-port': (what, advice) => ({ problem: `${what} has no port`, advice }),
};

/** A kind's value as a map, where text alone stands for its `host`. */
export const withHost = (value: unknown): Readonly<Record<string, unknown>> => (isMap(value) ? value : { host: value });

/** Where a kind with a `host` leads. */
export function hostDestinations(value: unknown, wish: { needsPort: boolean }): readonly Destination[] {
  const { host } = withHost(value);
  const leadsTo = typeof host === 'string' ? parseHostPort(host, wish) : 'host';
  return typeof leadsTo === 'string' ? [] : [{ path: isMap(value) ? ['host'] : [], leadsTo }];
}
