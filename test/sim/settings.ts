/** Configurations of small worlds, in the trusted form that the engine reads. */
import { instant, monitorHash, monitorId, type RegionId, regionId } from '../../src/core/basics/brand';
import { hashHex } from '../../src/core/basics/hash';
import { minute, second } from '../../src/core/basics/time';
import { allRegions, type Config, type Monitor } from '../../src/core/config/config';

export const dublin = regionId('eu-west-1');
export const ohio = regionId('us-east-2');
export const frankfurt = regionId('eu-central-1');

export interface WorldSize {
  readonly monitors: number;
  readonly beatMs: number;
  readonly tolerateMs?: number;
  readonly witness?: RegionId | undefined;
  /** Monitors that call us. */
  readonly jobs?: readonly Job[];
}

export interface Job {
  readonly id: string;
  readonly everyMs: number;
  readonly graceMs: number;
}

/** Two probers and, unless it is left out, a witness. */
export function smallConfig(size: WorldSize): Config {
  const witness = 'witness' in size ? size.witness : frankfurt;
  const regions = { probers: [dublin, ohio], witness };
  return {
    madeAt: instant(Date.parse('2026-11-20T00:00:00Z')),
    hash: hashHex(JSON.stringify(size)),
    regions,
    beatIntervalMs: size.beatMs,
    watch: { tolerateMs: size.tolerateMs ?? minute },
    anchors: ['https://anchor-one.example/', 'https://anchor-two.example/'],
    network: { allowPrivate: false },
    channels: [{ kind: 'webhook', name: 'ops', url: 'https://ops.example.com/hook' }],
    outside: allRegions(regions).map((region) => ({ region, pingUrl: `https://switch.example/${region}` })),
    monitors: [
      ...(size.jobs ?? []).map((job) => jobNamed(job, size.beatMs)),
      ...Array.from({ length: size.monitors }, (_, index) => monitorNamed(`service-${String(index + 1).padStart(3, '0')}`, size.beatMs)),
    ],
  };
}

function monitorNamed(id: string, intervalMs: number): Monitor {
  return {
    id: monitorId(id),
    hash: monitorHash(hashHex(`${id} ${intervalMs}`)),
    intervalMs,
    timeoutMs: Math.min(10 * second, intervalMs / 2),
    downAfter: 2,
    upAfter: 2,
    severity: 'page',
    regionsToPage: 'majority',
    target: `https://${id}.example.com/`,
    probe: { kind: 'http', url: `https://${id}.example.com/`, expect: { status: [[200, 299]] } },
  };
}

/** One outcome is enough, as it is unless a file says otherwise. */
const jobNamed = ({ id, everyMs, graceMs }: Job, intervalMs: number): Monitor => ({
  ...monitorNamed(id, intervalMs),
  downAfter: 1,
  upAfter: 1,
  target: 'calls us',
  probe: { kind: 'heartbeat', token: `token-of-${id}`, times: { kind: 'every', everyMs }, graceMs },
});
