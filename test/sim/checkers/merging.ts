/** S11: the same entries give the same incidents, in whatever order they come; what was once told is never untold. */
import { foldIncidents, type Incident } from '../../../src/core/incident';
import type { LogEntry } from '../../../src/core/log';
import { decodeLogEntry } from '../../../src/core/log-item';
import type { Checker, Evidence, Violation } from './evidence';

export const merging: Checker = (evidence) => {
  const folded = [...evidence.logs].map(([region, items]) => ({ region, entries: items.flatMap((item) => decodeLogEntry(item) ?? []) }));
  const wrong = folded.filter(({ entries }) => !isOrderIrrelevant(entries)).map(({ region }) => `the incidents of ${region} depend on the order of its log`);
  const all = foldIncidents(folded.flatMap(({ entries }) => entries));
  return [...wrong.map((what) => ({ promise: 'S11', at: evidence.to, what })), ...untold(all, evidence)];
};

/** The fold is what is tested here: against itself, with everything doubled and backwards. */
function isOrderIrrelevant(entries: readonly LogEntry[]): boolean {
  const shuffled = [...entries, ...entries].reverse();
  return JSON.stringify(foldIncidents(entries)) === JSON.stringify(foldIncidents(shuffled));
}

/** Where nothing could be written down a region tells from memory alone; everything else it told has left a trace. */
function untold(incidents: readonly Incident[], { history, harms, to }: Evidence): readonly Violation[] {
  const couldNotWrite = harms.some((harm) => harm.takes === 'store' || harm.takes === 'rights');
  if (couldNotWrite) return [];
  const known = new Set(incidents.flatMap(({ id, aliases }) => [id, ...aliases] as string[]));
  const lost = history.announced.filter((one) => !known.has(one.incident));
  return lost.map((one) => ({ promise: 'S11', at: to, what: `"${one.headline}" was told of incident ${one.incident}, which nobody knows any more` }));
}
