/**
 * What the emulator lacks, bridged from outside: each bridge does what AWS would have done with the same template, says so, and is taken
 * away again. One that finds its work already done does nothing, and says that it is not needed any more. docs/emulators.md has the reasons.
 */

import type { Bridge, Place } from './bridges/bridge';
import { askForConfirmation } from './bridges/confirmations';
import { addReplicas } from './bridges/replicas';
import { setTimeToLive } from './bridges/time-to-live';
import { allowUnknownConditions } from './bridges/unknown-conditions';

/** In the order in which they are built; they are taken away the other way round. */
export const tableBridges: readonly Bridge[] = [addReplicas, setTimeToLive];
export const regionBridges: readonly Bridge[] = [allowUnknownConditions, askForConfirmation];

/** Takes away what was built. */
export type Removal = () => Promise<void>;

export async function build(bridges: readonly Bridge[], place: Place, say: (text: string) => void): Promise<readonly Removal[]> {
  const removals: Removal[] = [];
  for (const { name, why, build: buildOne } of bridges) {
    const built = await buildOne(place);
    if (built.did.length === 0) say(`   bridge ${name}: not needed, the emulator has learnt it`);
    else say(`   bridge ${name}: ${why}`);
    for (const what of built.did) say(`     ${what}`);
    removals.unshift(async () => {
      await built.remove();
      say(`   bridge ${name}: taken away`);
    });
  }
  return removals;
}
