/**
 * A web page elsewhere can reach 127.0.0.1 through its visitor's browser, by an address or by a name that it points there.
 * It can do so only under a foreign Origin, or under a Host of its own.
 */
import type { IncomingMessage } from 'node:http';

/** Why a request is refused, or undefined when it may pass. */
export function objectionTo({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>, port: number): string | undefined {
  const hosts = hostsOf(port);
  const { host, origin } = headers;
  if (host === undefined || !hosts.includes(host.toLowerCase())) return `this server answers only to ${hosts.slice(0, 2).join(' and ')}`;
  const isReading = method === 'GET' || method === 'HEAD';
  if (isReading || origin === undefined) return undefined;
  return hosts.some((own) => origin.toLowerCase() === `http://${own}`) ? undefined : 'only the page of this server may ask for this';
}

/** A browser leaves out port 80. */
function hostsOf(port: number): readonly string[] {
  const names = ['127.0.0.1', 'localhost'];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}
