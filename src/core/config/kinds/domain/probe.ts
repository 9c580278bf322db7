/** How a domain monitor is probed, as the prober reads it. */
import type { NumberRule } from '../../conditions';

export interface DomainProbe {
  readonly kind: 'domain';
  /** In ASCII, as it was registered. */
  readonly name: string;
  /** Base URL of the RDAP server that is asked; the one that the bootstrap file names where nothing is said. */
  readonly server?: string | undefined;
  /** URL of the file that names the server of each registry. */
  readonly bootstrap: string;
  readonly expect: {
    readonly daysLeft: NumberRule;
    readonly withinMs?: number | undefined;
  };
}
