/** Reading a secret only to see that it can be read: from where it is kept, whatever this environment still knows of it. */
import type { RegionId } from '../../core/basics/brand';
import type { OwnSecrets } from '../../engine/ports';
import { createSecrets, type ReadSecret } from './secrets';

export function createSecretCheck(region: RegionId, readSecret: ReadSecret = readInAws(region)): OwnSecrets {
  return {
    async tryRead(reference) {
      await createSecrets({ readSecret, elapsedMs: () => 0 }).read([reference]);
    },
  };
}

/** Nobody reads secrets but who has some. */
const readInAws =
  (region: RegionId): ReadSecret =>
  async (place) =>
    (await import('./aws-secrets')).secretsInAws(region)(place);
