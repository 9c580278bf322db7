/**
 * The part of URLs that a configuration may hold, read by hand: core has no `URL`. It is stricter than the WHATWG
 * parser, so that both see the same host: no spaces, backslashes, percent signs or letters beyond ASCII in it.
 */
import { parseIpv4, parseIpv6 } from './ip-addresses';

export interface HttpUrl {
  readonly isSecure: boolean;
  /** In lower case, without the brackets of an IPv6 address. */
  readonly host: string;
  /** The bytes of the host where it is an IP address, 4 or 16 of them. */
  readonly address?: readonly number[] | undefined;
}

export type UrlTrouble = 'no-url' | 'not-http' | 'credentials' | 'characters' | 'host' | 'port';

/** Absolute http or https URLs alone; what else it may be is said. */
export function parseHttpUrl(text: string): HttpUrl | UrlTrouble {
  const [, scheme = '', authority = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text) ?? [];
  if (scheme === '') return 'no-url';
  if (!/^https?$/i.test(scheme)) return 'not-http';
  if (/[\s\\<>"`]/.test(text) || hasControls(text)) return 'characters';
  if (authority.includes('@')) return 'credentials';
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{0,6}))?$/.exec(authority) ?? [];
  if (host === '') return 'host';
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return 'port';
  const read = readHost(host.toLowerCase());
  return read === undefined ? 'host' : { isSecure: scheme.length === 5, ...read };
}

const hasControls = (text: string): boolean => [...text].some((letter) => letter < ' ' || letter === '\u007f');

function readHost(host: string): Pick<HttpUrl, 'host' | 'address'> | undefined {
  if (host.startsWith('[')) {
    const inner = host.slice(1, -1);
    const address = parseIpv6(inner);
    return address === undefined ? undefined : { host: inner, address };
  }
  const labels = host.replace(/\.$/, '').split('.');
  if (host.length > 253 || !labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))) return undefined;
  const last = labels.at(-1) ?? '';
  if (!/^(\d+|0x[0-9a-f]*)$/.test(last)) return { host };
  const address = parseIpv4(labels);
  return address === undefined ? undefined : { host, address };
}
