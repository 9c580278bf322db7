import { monitorHash, monitorId } from '../../src/core/basics/brand';
import type { Monitor } from '../../src/core/config/config';
import type { HttpProbe } from '../../src/core/config/kinds/http/probe';
import type { Probe } from '../../src/core/config/kinds/probe';
import type { TcpProbe } from '../../src/core/config/kinds/tcp/probe';
import type { TlsProbe } from '../../src/core/config/kinds/tls/probe';
import type { WebsocketProbe } from '../../src/core/config/kinds/websocket/probe';

/** An http monitor of `url` that wants a 2xx. */
export const httpMonitor = (url: string, expect: Partial<HttpProbe['expect']> = {}): Monitor => ({
  id: monitorId('checkout'),
  hash: monitorHash('0123456789ab'),
  intervalMs: 60_000,
  timeoutMs: 10_000,
  downAfter: 2,
  upAfter: 2,
  severity: 'page',
  regionsToPage: 'majority',
  target: url,
  probe: { kind: 'http', url, expect: { status: [[200, 299]], ...expect } },
});

/** A monitor of any kind. */
export const monitorOf = (probe: Probe): Monitor => ({ ...httpMonitor('http://unused.test/'), target: probe.kind, probe });

export const tlsProbe = (host: string, more: Partial<TlsProbe> = {}): TlsProbe => ({ kind: 'tls', host, isVerified: true, expect: {}, ...more });

export const websocketProbe = (url: string, more: Partial<WebsocketProbe> = {}): WebsocketProbe => ({
  ...{ kind: 'websocket', url, headers: {}, subprotocols: [], dialogue: [], expect: {} },
  ...more,
});

export const tcpProbe = (host: string, more: Partial<TcpProbe> = {}): TcpProbe => ({ kind: 'tcp', host, newline: 'crlf', dialogue: [], expect: {}, ...more });
