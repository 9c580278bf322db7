import { monitorHash, monitorId } from '../../src/core/basics/brand';
import type { Monitor } from '../../src/core/config/config';
import type { DnsProbe } from '../../src/core/config/kinds/dns/probe';
import type { DomainProbe } from '../../src/core/config/kinds/domain/probe';
import type { HttpProbe } from '../../src/core/config/kinds/http/probe';
import type { Probe } from '../../src/core/config/kinds/probe';
import type { TcpProbe } from '../../src/core/config/kinds/tcp/probe';
import type { TlsProbe } from '../../src/core/config/kinds/tls/probe';
import type { WebsocketProbe } from '../../src/core/config/kinds/websocket/probe';

/** An http monitor of `url` that wants a 2xx. */
export const httpMonitor = (url: string, expect: Partial<HttpProbe['expect']> = {}): Monitor =>
  aimedAt(url, { kind: 'http', url, expect: { status: [[200, 299]], ...expect } });

type DnsWish = Partial<Omit<DnsProbe, 'expect'>> & { readonly expect?: Partial<DnsProbe['expect']> };

/** A dns monitor that asks the system's resolver for addresses of shop.example.com. */
export const dnsMonitor = ({ expect, ...wish }: DnsWish): Monitor =>
  aimedAt('shop.example.com', {
    kind: 'dns',
    name: 'shop.example.com',
    type: 'A',
    transport: 'udp',
    wantsRecursion: true,
    ...wish,
    expect: { rcodes: ['NOERROR'], ...expect },
  });

/** A domain monitor of example.com whose list of registries is nowhere. */
export const domainMonitor = (wish: Partial<DomainProbe>): Monitor =>
  aimedAt('example.com', { kind: 'domain', name: 'example.com', bootstrap: 'http://127.0.0.1:1/', expect: { daysLeft: { atLeast: 30 } }, ...wish });

const aimedAt = (target: string, probe: Monitor['probe']): Monitor => ({
  id: monitorId('checkout'),
  hash: monitorHash('0123456789ab'),
  intervalMs: 60_000,
  timeoutMs: 10_000,
  downAfter: 2,
  upAfter: 2,
  severity: 'page',
  regionsToPage: 'majority',
  target,
  probe,
});

/** A monitor of any kind. */
export const monitorOf = (probe: Probe): Monitor => ({ ...httpMonitor('http://unused.test/'), target: probe.kind, probe });

export const tlsProbe = (host: string, more: Partial<TlsProbe> = {}): TlsProbe => ({ kind: 'tls', host, isVerified: true, expect: {}, ...more });

export const websocketProbe = (url: string, more: Partial<WebsocketProbe> = {}): WebsocketProbe => ({
  ...{ kind: 'websocket', url, headers: {}, subprotocols: [], dialogue: [], expect: {} },
  ...more,
});

export const tcpProbe = (host: string, more: Partial<TcpProbe> = {}): TcpProbe => ({ kind: 'tcp', host, newline: 'crlf', dialogue: [], expect: {}, ...more });
