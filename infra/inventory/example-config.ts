/** The configuration that the inventory in `docs/` is written for: one of everything that can be deployed. */
import { instant, regionId } from '../../src/core/basics/brand';
import { minute } from '../../src/core/basics/time';
import type { Config } from '../../src/core/config/config';

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
  ],
  outside: [],
  monitors: [],
};
