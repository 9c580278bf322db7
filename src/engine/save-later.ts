/** What no replica accepted is written down as soon as one does: else it is gone with this environment, and nobody tells its end. */
import { unsavedIncidents } from '../core/restatement';
import { appendIfStored, forgetUnsaved, incidentsOf, logEntries } from './region-log';
import { hasTimeToWrite } from './time-left';
import type { World } from './world';

/**
 * To be called after something was stored. Incidents are written as they are, so that they keep the ids by which they were told; gaps
 * have names of their own, and what was sent stays sent, when it was: an end may have been told since. Claims and notes of who speaks were of
 * that moment, and are left.
 */
export async function saveLater(world: World): Promise<void> {
  const { log } = world.memory;
  if (log.unsaved.length === 0) return;
  const now = world.ports.clock.now();
  const gaps = log.unsaved.flatMap(({ body }) => (body.kind === 'gap' ? [body] : []));
  const incidents = unsavedIncidents({ incidents: incidentsOf(log), entries: logEntries(log) });
  const said = new Set(incidents.flatMap(({ entries }) => entries.flatMap(({ body }) => (body.kind === 'receipt' ? [body.messageId] : []))));
  const receipts = log.unsaved.flatMap(({ at, body }) =>
    body.kind === 'receipt' && !said.has(body.messageId) ? [{ at, body: { ...body, savedAt: now } }] : [],
  );
  const others = [...incidents, ...gaps].map((body) => ({ at: now, body }));
  for (const { at, body } of [...others, ...receipts]) if (!hasTimeToWrite(world) || (await appendIfStored(world, body, at)) !== 'appended') return;
  forgetUnsaved(log);
}
