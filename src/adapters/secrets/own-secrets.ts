/** The secrets of this function's region, kept for the life of the process; what reads them is loaded when the first one is used. */
import type { RegionId } from '../../core/basics/brand';
import { createSecrets, type Secrets } from './secrets';

const known = new Map<RegionId, Secrets>();

export function ownSecrets(region: RegionId): Secrets {
  const secrets =
    known.get(region) ??
    createSecrets({
      readSecret: async (place) => (await import('./aws-secrets')).secretsInAws(region)(place),
      elapsedMs: () => performance.now(),
    });
  known.set(region, secrets);
  return secrets;
}
