/** What a drill may be asked to do, and how that is called. */
import type { RegionId } from '../../src/core/basics/brand';

/** Faults of one region that need no more words. */
export const regionalKinds = ['kill', 'kill-prober', 'freeze', 'stop', 'skip', 'throttle', 'store'] as const;
export type RegionalKind = (typeof regionalKinds)[number];

export type DrillOrder =
  | { readonly kind: RegionalKind; readonly region: RegionId }
  /** Every region that probes goes dark. */
  | { readonly kind: 'both'; readonly regions: readonly RegionId[] }
  /** A topic that nobody needs tells nothing: the prober of another region is killed, so that there is something to say. */
  | { readonly kind: 'mute'; readonly region: RegionId; readonly dying: RegionId }
  | { readonly kind: 'clock'; readonly region: RegionId; readonly offMs: number }
  | { readonly kind: 'cut'; readonly from: RegionId; readonly to: RegionId; readonly both: boolean }
  | { readonly kind: 'lag'; readonly from: RegionId; readonly to: RegionId; readonly lagMs: number };

/** For the page: what stands behind the kind. */
export function whatOf(order: DrillOrder): string {
  switch (order.kind) {
    case 'both':
      return order.regions.join(' + ');
    case 'mute':
      return `${order.region}, without the prober of ${order.dying}`;
    case 'clock':
      return `${order.region} ${order.offMs < 0 ? '-' : '+'}${Math.abs(order.offMs) / 1000} s`;
    case 'cut':
      return `${order.from} ${order.both ? '⇄' : '→'} ${order.to}`;
    case 'lag':
      return `${order.from} → ${order.to} ${order.lagMs / 1000} s`;
    default:
      return order.region;
  }
}

/** The regions that it makes dark. */
export function darkened(order: DrillOrder): readonly RegionId[] {
  if (order.kind === 'both') return order.regions;
  return order.kind === 'kill' ? [order.region] : [];
}
