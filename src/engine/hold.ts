/** Writes down which maintenance of the file holds now, so that the past stays told when the file has changed. */
import { instant } from '../core/basics/brand';
import { heldDue } from '../core/orders/held';
import { plannedIn } from '../core/orders/planned';
import { calendarsOf } from './arrangements';
import { appendIfStored, logEntries } from './region-log';
import { hasTimeToWrite } from './time-left';
import type { World } from './world';

/** What cannot be written now is due again at the next look. */
export async function writeHeld(world: World): Promise<void> {
  const { self, ports, memory } = world;
  const { config, region } = self;
  const now = ports.clock.now();
  const calendars = await calendarsOf(config, ports.calendar);
  const planned = plannedIn({ from: now, to: instant(now + 1) }, { maintenance: config.maintenance ?? [], calendars });
  for (const body of heldDue({ config, planned, entries: logEntries(memory.log), region, now })) {
    if (!hasTimeToWrite(world) || (await appendIfStored(world, body)) !== 'appended') return;
  }
}
