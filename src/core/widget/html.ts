/** HTML from pieces. Whatever is put into a template is text, and stays text, unless it is HTML that was made here. */

export interface Html {
  readonly html: string;
}

type Piece = string | number | Html | readonly Html[];

export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: texts.map((text, place) => text + htmlOf(pieces[place] ?? '')).join('') };
}

export const nothing: Html = { html: '' };

/** At most so many characters; what is left out is said by an ellipsis. */
export function clipped(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function htmlOf(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece);
  if (typeof piece === 'number') return String(piece);
  return 'html' in piece ? piece.html : piece.map(htmlOf).join('');
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Characters that cannot be seen, or turn the direction of what follows, become a visible one. */
const escaped = (text: string): string =>
  text.replace(/[&<>"'`]/g, (character) => named[character] ?? '').replace(/[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu, '\ufffd');
