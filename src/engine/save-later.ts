/** What no replica accepted is written down as soon as one does: else it is gone with this environment, and nobody tells its end. */
import { second } from '../core/basics/time';
import { type Beat, encodeBeat } from '../core/beat';
import { unsavedIncidents } from '../core/restatement';
import { staleSlotMs } from '../core/slots';
import { appendIfStored, forgetUnsaved, incidentsOf, logEntries } from './region-log';
import { store } from './store';
import { hasTimeToWrite } from './time-left';
import type { World } from './world';

/** To be called after something was stored. */
export async function saveLater(world: World): Promise<void> {
  await saveBeats(world);
  await saveLog(world);
}

/** What is older than any event that is worked for, or of a time to come by a clock that was set back, is recorded no more: it stays a gap. */
function isRecent({ ports }: World, { slot }: Beat): boolean {
  const ageMs = ports.clock.now() - slot * second;
  return ageMs >= 0 && ageMs <= staleSlotMs;
}

const beatsToSave = (world: World): readonly Beat[] => world.memory.unstored.filter((known) => isRecent(world, known));

/** As long as there is any, an invocation stays. */
export const hasBeatsToSave = (world: World): boolean => beatsToSave(world).length > 0;

/** Remembers a beat that no replica took. */
export function keepBeat(world: World, beat: Beat): void {
  const { memory } = world;
  memory.unstored = [...beatsToSave(world), beat];
}

/** What was seen is no gap because it is stored late. Where stores are slow the rest waits, and no round does. */
export async function saveBeats(world: World): Promise<void> {
  const { memory, ports } = world;
  const fromMs = ports.clock.elapsedMs();
  for (const beat of beatsToSave(world)) {
    if (!hasTimeToWrite(world) || ports.clock.elapsedMs() - fromMs >= second) return;
    if ((await store(world, 'if-newer', (writer) => encodeBeat(beat, writer))).kind === 'failed') return;
    memory.unstored = memory.unstored.filter((known) => known !== beat);
  }
}

/**
 * Incidents are written as they are, so that they keep the ids by which they were told; gaps have names of their own, and what was sent stays
 * sent, when it was: an end may have been told since. Claims and notes of who speaks were of that moment, and are left.
 */
async function saveLog(world: World): Promise<void> {
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
