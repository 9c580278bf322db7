/** Whether a function that has landed can read what its configuration refers to. What is read is looked at by nobody. */
import { secretsOf } from '../core/region-functions';
import type { LandingCheck } from './landing-answer';
import type { OwnSecrets, Ports } from './ports';
import { within } from './within';
import type { Self } from './world';

export interface SecretReader {
  readonly self: Pick<Self, 'region' | 'config'> & { readonly role: Parameters<typeof secretsOf>[1] };
  readonly ports: Pick<Ports, 'clock'> & { readonly secrets?: OwnSecrets | undefined };
}

/** A store answers in two seconds or not at all, and a cold environment loads what asks it. */
const readLimitMs = 5000;

/** One check for each reference, and none where there is nothing to read. */
export function checkSecrets({ self, ports }: SecretReader): Promise<readonly LandingCheck[]> {
  const { secrets } = ports;
  if (secrets === undefined) return Promise.resolve([]);
  return Promise.all(
    secretsOf(self.config, self.role).map(async (reference): Promise<LandingCheck> => {
      const outcome = await within(ports.clock, readLimitMs, secrets.tryRead(reference));
      return { kind: 'secrets', at: self.region, isGood: outcome.kind === 'done', said: outcome.kind === 'done' ? '' : naming(reference, outcome.error) };
    }),
  );
}

const naming = (reference: string, error: string): string => (error.includes(reference) ? error : `the secret ${reference}: ${error}`);
