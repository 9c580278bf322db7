/** Lines out of what is heard. */
import type { Failure } from '../failure';
import type { Hearing } from './hearing';

/** A longer line is no line of any dialogue; it also bounds what patterns are held against. */
export const lineBytesMax = 16 * 1024;

/** The next line without its ending; at the end of everything also one that has none. `end` when nothing is left. */
export async function nextLine(hearing: Hearing): Promise<{ readonly line: string } | 'end' | Failure> {
  let searched = 0;
  for (;;) {
    const unread = hearing.unread();
    const newline = unread.indexOf(10, searched);
    if (newline >= 0) return lineOf(hearing, newline, newline + 1);
    if (unread.length > lineBytesMax) return { reason: 'too-large', detail: `the server said more than ${lineBytesMax} bytes without the end of a line` };
    searched = unread.length;
    const more = await hearing.more();
    if (more === 'more') continue;
    if (more === 'end' && unread.length > 0) return lineOf(hearing, unread.length, unread.length);
    return more;
  }
}

function lineOf(hearing: Hearing, length: number, used: number): { readonly line: string } {
  const line = hearing.unread().subarray(0, Math.min(length, lineBytesMax)).toString('utf8').replace(/\r$/, '');
  hearing.use(used);
  return { line };
}
