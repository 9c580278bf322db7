/** Patterns found in what is heard, and what their groups captured. */
import { compiledOf } from '../conditions/texts';
import type { Failure } from '../failure';
import type { Hearing } from './hearing';
import { lineBytesMax, nextLine } from './lines';

/** What the groups of the last pattern captured, by number, and what groups of any pattern did, by name. */
export type Captures = Map<string, string>;

export interface Finding {
  readonly captures: Captures;
  /** Told of what was said and is not it. */
  readonly onMissed: (said: string) => void;
}

/** `last`: what was said last, where nothing more will be. */
type Found = { readonly said: string } | { readonly last: string } | Failure;

/** Finds the first line that the pattern is found in. */
export async function findLine(pattern: string, hearing: Hearing, { captures, onMissed }: Finding): Promise<Found> {
  let last = '';
  for (;;) {
    const next = await nextLine(hearing);
    if (next === 'end') return { last };
    if (!('line' in next)) return next;
    if (capture(pattern, next.line, captures) !== undefined) return { said: next.line };
    if (next.line.trim() === '') continue;
    last = next.line;
    onMissed(last);
  }
}

/** Pieces of a byte each would have the same text searched again and again. */
const searchedMax = 4 * 1024 * 1024;

/** Finds the pattern in all that was said since the last one, whether a line has ended or not. */
export async function findAnywhere(pattern: string, hearing: Hearing, { captures, onMissed }: Finding): Promise<Found> {
  let searched = 0;
  for (;;) {
    const said = hearing.unread().toString('utf8');
    const end = capture(pattern, said, captures);
    if (end !== undefined) {
      hearing.use(bytesOf(hearing.unread(), end));
      return { said };
    }
    if (said !== '') onMissed(said);
    searched += said.length;
    if (said.length > lineBytesMax || searched > searchedMax)
      return { reason: 'too-large', detail: `the server said more than ${lineBytesMax} bytes without what was expected` };
    const more = await hearing.more();
    if (more === 'end') return { last: said };
    if (more !== 'more') return more;
  }
}

/** Where the pattern's find ends, in characters. Numbers are those of this pattern alone. */
export function capture(pattern: string, text: string, captures: Captures): number | undefined {
  const compiled = compiledOf(pattern);
  const matcher = compiled.matcher(text);
  if (!matcher.find()) return undefined;
  for (const name of [...captures.keys()]) if (/^\d+$/.test(name)) captures.delete(name);
  for (let group = 0; group <= compiled.groupCount(); group += 1) captures.set(String(group), matcher.group(group) ?? '');
  for (const [name, group] of Object.entries(compiled.namedGroups())) captures.set(name, matcher.group(group) ?? '');
  return matcher.end();
}

/** How many bytes make the first characters: the most that make no more of them, for the last may have several bytes. */
function bytesOf(buffer: Buffer, characters: number): number {
  let [low, high] = [0, buffer.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (buffer.toString('utf8', 0, middle).length <= characters) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Text with `{{1}}` and `{{name}}` filled in; what nothing captured stays as it is. */
export const filled = (text: string, captures: Captures): string => text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => captures.get(name) ?? whole);
