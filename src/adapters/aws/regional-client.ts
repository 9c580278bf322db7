/** Clients of AWS: one per region, made when first used and kept as long as the environment lives. */
import type { RegionId } from '../../core/basics/brand';

export interface ClientOptions {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number; readonly throwOnRequestTimeout: boolean };
}

/**
 * Two attempts: a connection kept over a frozen environment may be dead when it is used next, and only the first use tells.
 * Every caller has its own limit above this, so the second attempt makes nothing slower.
 */
export const clientOptions = (region: RegionId): ClientOptions => ({
  region,
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

export function oncePerRegion<Client>(make: (region: RegionId) => Client): (region: RegionId) => Client {
  const clients = new Map<RegionId, Client>();
  return (region) => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const client = make(region);
    clients.set(region, client);
    return client;
  };
}
