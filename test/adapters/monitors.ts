import { monitorHash, monitorId } from '../../src/core/basics/brand';
import type { Monitor } from '../../src/core/config/config';
import type { HttpProbe } from '../../src/core/config/kinds/http/probe';

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
