/** The log as if everything in it had been written by itself: what is restated, and what one message told of several incidents, taken apart. */
import { type Announced, entryId, type LogEntry, type Part, type Receipt, type RestatedEntry } from './log';
import { writerRegion } from './table';

/** These entries, and those that any of them restates; what told several things, as several. An entry that is known itself counts as it stands there. */
export function withRestated(entries: readonly LogEntry[]): readonly LogEntry[] {
  const parts = entries.flatMap(partsOf);
  const known = new Map(parts.map((entry) => [partId(entry), entry]));
  for (const { body } of parts) {
    if (body.kind !== 'restated') continue;
    for (const entry of body.entries) if (!known.has(partId(entry))) known.set(partId(entry), asWritten(entry));
  }
  return [...known.values()];
}

/** What names an entry of which each part is of another key. */
type Named = Pick<LogEntry, 'writer' | 'month' | 'n'> & { readonly body: { readonly key: string } };

/** Whenever a log grows all of it is asked for again. */
const ids = new WeakMap<Named, string>();

function partId(entry: Named): string {
  const known = ids.get(entry);
  if (known !== undefined) return known;
  const id = `${entryId(entry)} ${entry.body.key}`;
  ids.set(entry, id);
  return id;
}

const parted = new WeakMap<LogEntry, readonly LogEntry[]>();

/** What one message told of several incidents, as if each had been told by itself. */
function partsOf(entry: LogEntry): readonly LogEntry[] {
  const { body } = entry;
  if ((body.kind !== 'announced' && body.kind !== 'receipt') || body.also === undefined) return [entry];
  const known = parted.get(entry);
  if (known !== undefined) return known;
  const { also, ...own } = body;
  const parts = [{ ...entry, body: own }, ...also.map((part): LogEntry => ({ ...entry, body: partOf(own, part) }))];
  parted.set(entry, parts);
  return parts;
}

/** Nothing of another part may be left in it. */
function partOf(body: Announced | Receipt, part: Part): Announced | Receipt {
  const about: Part = { ...part, as: part.as, minutes: part.minutes, of: part.of, knows: part.knows };
  return body.kind === 'announced' ? { ...body, ...about } : { ...body, ...about };
}

const asWritten = ({ writer, month, n, at, by, body }: RestatedEntry): LogEntry => ({ writer, region: writerRegion(writer), month, n, at, by, body });
