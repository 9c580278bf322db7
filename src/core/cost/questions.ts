/** How often one probe asks. */
import type { Probe } from '../config/kinds/probe';

/** Of members that are looked up for each probe nobody knows beforehand how many there are. */
const membersOfName = 3;

export function questionsIn(probe: Probe): number {
  if (probe.kind !== 'members') return 1;
  return 1 + ('at' in probe.members ? probe.members.at.length : membersOfName);
}
