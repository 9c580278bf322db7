/** A URL as the monitor that somebody would write for it. */
import { kindKeys } from '../../src/core/config/kinds/kinds';
import { CannotAsk } from '../local-http';

interface Described {
  /** The key of the kind. */
  readonly key: string;
  readonly value: unknown;
  /** Where the usual one is no good. */
  readonly interval?: string;
}

/** By scheme; what a kind does not take as it stands is taken apart here. */
const descriptions: Readonly<Record<string, (url: string) => Described>> = {
  http: (url) => ({ key: 'http', value: url }),
  https: (url) => ({ key: 'http', value: url }),
  ws: (url) => ({ key: 'websocket', value: url }),
  wss: (url) => ({ key: 'websocket', value: url }),
  tcp: (url) => ({ key: 'tcp', value: hostIn(url) }),
  tls: (url) => ({ key: 'tls', value: hostIn(url) }),
  grpc: (url) => ({ key: 'grpc', value: hostIn(url) }),
  dns: (url) => ({ key: 'dns', value: dnsIn(url) }),
  domain: (url) => ({ key: 'domain', value: hostIn(url), interval: '6h' }),
};

/** The text of a configuration whose one monitor is this; JSON is YAML. */
export function textOfUrl(url: string): string {
  const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
  const described = Object.hasOwn(descriptions, scheme) ? descriptions[scheme]?.(url) : undefined;
  if (described === undefined || !kindKeys.some((key) => key === described.key)) throw new CannotAsk(unknownScheme(scheme));
  // A dollar sign is part of the URL, and no reference.
  const monitor = { [described.key]: described.value, interval: described.interval };
  if (JSON.stringify(monitor).includes('${')) throw new CannotAsk('a URL on the command line holds no references; write the value itself');
  return JSON.stringify({ regions: { probers: ['eu-west-1'] }, network: { allowPrivate: true }, monitors: { url: monitor } });
}

function unknownScheme(scheme: string): string {
  const known = Object.entries(descriptions).flatMap(([name, describe]) =>
    kindKeys.some((key) => key === describe(`${name}://x/y`).key) ? [`${name}://`] : [],
  );
  return `${scheme}:// cannot be probed; write ${known.join(', ')}, or the name of a monitor`;
}

/** What stands between the slashes. */
const hostIn = (url: string): string => url.slice(url.indexOf('://') + 3).replace(/[/?#].*$/, '');

/** `dns://192.0.2.53/example.com?type=MX`; without a server it is this machine's own. */
function dnsIn(url: string): unknown {
  const server = hostIn(url);
  const [path = '', query = ''] = url.slice(url.indexOf('://') + 3 + server.length).split('?');
  const name = path.replace(/^\//, '');
  const type = new URLSearchParams(query).get('type')?.toUpperCase();
  if (name === '') return { name: server, ...(type === undefined ? {} : { type }) };
  return { name, ...(type === undefined ? {} : { type }), ...(server === '' ? {} : { resolver: server }) };
}
