/** When a month begins, every region says again in its own log which incidents go on. */
import { monthOf } from '../core/basics/time';
import { restatementsDue } from '../core/restatement';
import { appendIfStored, incidentsOf, logEntries } from './region-log';
import type { World } from './world';

/** Once per month and incident; what cannot be written now is due again at the next look. */
export async function restate(world: World): Promise<void> {
  const { self, ports, memory } = world;
  const month = monthOf(ports.clock.now());
  const due = restatementsDue({ incidents: incidentsOf(memory.log), entries: logEntries(memory.log), region: self.region, month });
  for (const body of due) if ((await appendIfStored(world, body)) !== 'appended') return;
}
