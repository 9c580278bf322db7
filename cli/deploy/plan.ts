/** The order of a roll-out: one region at a time, and each is proven before the next one is touched. */
import type { RegionId } from '../../src/core/basics/brand';
import { allRegions, type Config } from '../../src/core/config/config';
import { dashboardStackName, homeStackName, regionStackName } from '../../src/core/names';

export type DeployStep =
  | { readonly kind: 'stack'; readonly stack: string }
  | { readonly kind: 'landing'; readonly region: RegionId }
  | { readonly kind: 'gate'; readonly regions: readonly RegionId[] };

/** The gate asks all probers that are of the new version by then. */
export function planOf({ regions }: Config): readonly DeployStep[] {
  const steps: DeployStep[] = [{ kind: 'stack', stack: homeStackName }];
  allRegions(regions).forEach((region, index) => {
    steps.push({ kind: 'stack', stack: regionStackName(region) }, { kind: 'landing', region });
    if (region !== regions.witness) steps.push({ kind: 'gate', regions: regions.probers.slice(0, index + 1) });
  });
  steps.push({ kind: 'stack', stack: dashboardStackName });
  return steps;
}

export function stepWords(step: DeployStep): string {
  switch (step.kind) {
    case 'stack':
      return `deploy ${step.stack}`;
    case 'landing':
      return `landing of ${step.region}`;
    case 'gate':
      return `gate: ${step.regions.join(', ')}`;
  }
}
