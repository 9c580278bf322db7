/** When a month begins, every region says again in its own log which incidents go on. */
import { monthOf } from '../core/basics/time';
import { restatementsDue } from '../core/restatement';
import { appendIfStored, incidentsOf, logEntries } from './region-log';
import { hasTimeToWrite } from './time-left';
import type { World } from './world';

/** Once per month and incident; what cannot be written now is due again at the next look. */
export async function restate(world: World): Promise<void> {
  const { self, ports, memory } = world;
  const month = monthOf(ports.clock.now());
  const { log } = memory;
  const entries = logEntries(log);
  if (log.nothingToRestate?.of === entries && log.nothingToRestate.month === month) return;
  const due = restatementsDue({ incidents: incidentsOf(log), entries, region: self.region, month });
  if (due.length === 0) log.nothingToRestate = { of: entries, month };
  for (const body of due) if (!hasTimeToWrite(world) || (await appendIfStored(world, body)) !== 'appended') return;
}
