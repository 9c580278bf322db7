/** The configuration that the inventory in `docs/` is written for: one of everything that can be deployed. */
import { instant, monitorHash, monitorId, regionId } from '../../src/core/basics/brand';
import { hour, minute, second } from '../../src/core/basics/time';
import type { Config, Monitor } from '../../src/core/config/config';

/** It refers to what only its prober may read. */
const shop: Monitor = {
  id: monitorId('shop'),
  hash: monitorHash('000000000001'),
  intervalMs: minute,
  timeoutMs: 10 * second,
  downAfter: 2,
  upAfter: 2,
  severity: 'page',
  regionsToPage: 'majority',
  target: 'https://shop.example.com/health',
  probe: {
    kind: 'http',
    url: 'https://shop.example.com/health',
    request: { bearer: `\${secret:twinwatch/shop}` },
    expect: { status: [[200, 299]] },
  },
  secrets: ['twinwatch/shop'],
};

const backup: Monitor = {
  id: monitorId('nightly-backup'),
  hash: monitorHash('000000000002'),
  intervalMs: minute,
  timeoutMs: 10 * second,
  downAfter: 1,
  upAfter: 1,
  severity: 'page',
  regionsToPage: 'majority',
  target: 'pings us every 24h',
  probe: { kind: 'heartbeat', token: 'example-of-a-token', times: { kind: 'every', everyMs: 24 * hour }, graceMs: 30 * minute },
};

export const exampleConfig: Config = {
  madeAt: instant(0),
  hash: 'example',
  regions: { probers: [regionId('eu-west-1'), regionId('us-east-2')], witness: regionId('eu-central-1') },
  beatIntervalMs: minute,
  watch: { tolerateMs: minute },
  anchors: [],
  network: { allowPrivate: false },
  channels: [
    { kind: 'email', name: 'ops-mail', address: 'ops@example.com' },
    { kind: 'webhook', name: 'ops-hook', url: 'https://ops.example.com/hook' },
    { kind: 'pagerduty', name: 'pager', key: `\${secret:twinwatch/pagerduty}`, url: 'https://events.pagerduty.com/v2/enqueue' },
  ],
  outside: [],
  monitors: [backup, shop],
};

/** The same, and more monitors than one function can probe. */
export const grownConfig: Config = {
  ...exampleConfig,
  monitors: [backup, ...Array.from({ length: 15_000 }, (_, n): Monitor => ({ ...shop, id: monitorId(`shop-${n}`) }))],
};
