/** How a dns monitor is probed, as the prober reads it. */
import type { NumberRule, TextRule } from '../../conditions';
import type { TlsOptions } from '../http/probe';

export interface DnsProbe {
  readonly kind: 'dns';
  /** In ASCII, with or without the dot at its end. */
  readonly name: string;
  readonly type: DnsType;
  /** A host, perhaps with a port, as `parseDnsServer` reads it; the system's own resolver where nothing is said. */
  readonly resolver?: string | undefined;
  /** An address that is asked in place of the resolver's host; its port and its name stay. */
  readonly connectTo?: string | undefined;
  readonly transport: DnsTransport;
  /** Over `tls` and `https`. */
  readonly tls?: TlsOptions | undefined;
  /** Whether the server is asked to find out what it does not know itself. */
  readonly wantsRecursion: boolean;
  readonly expect: {
    readonly rcodes: readonly string[];
    /** Of the answer section, the records of the type that was asked for. */
    readonly answers?: RecordsRule | undefined;
    /** Of the other two sections, all records. */
    readonly authority?: RecordsRule | undefined;
    readonly additional?: RecordsRule | undefined;
    readonly isAuthoritative?: boolean | undefined;
    readonly withinMs?: number | undefined;
  };
}

export const dnsTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SRV', 'CAA', 'SOA', 'PTR'] as const;
export type DnsType = (typeof dnsTypes)[number];

/** `tls` is DNS over TLS, `https` DNS over HTTPS. */
export const dnsTransports = ['udp', 'tcp', 'tls', 'https'] as const;
export type DnsTransport = (typeof dnsTransports)[number];

/** What is wanted of the records of a section; texts are compared as whole records, patterns are found in them. */
export interface RecordsRule extends Pick<TextRule, 'contains' | 'lacks' | 'matches' | 'matchesNot'> {
  /** Exactly these records, in any order. */
  readonly equals?: readonly string[] | undefined;
  readonly count?: NumberRule | undefined;
  /** Of every record, in seconds. */
  readonly ttl?: NumberRule | undefined;
}

export interface DnsServer {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port?: number | undefined;
}

/** `192.0.2.53`, `ns1.example.net:5353`, `2001:db8::53`, `[2001:db8::53]:5353`. The host is not judged. */
export function parseDnsServer(text: string): DnsServer | undefined {
  if (/^[\da-f.:]*:[\da-f.:]*:[\da-f.:]*$/i.test(text)) return { host: text };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]/@\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? undefined : { host, ...(port === undefined ? {} : { port: Number(port) }) };
}
