/** What others sent, as it may stand in a message: the first 120 characters that can be shown, blanks folded. */
export const printable = (text: string): string =>
  text
    .slice(0, 4096)
    .replace(/[\p{C}\p{Z}\s\ufffd]+/gu, ' ')
    .trim()
    .slice(0, 120);

/** The same in quotes, short enough to stand beside what was wanted. */
export function quotedSeen(text: string): string {
  const shown = printable(text);
  return shown.length > 60 ? `"${shown.slice(0, 59)}…"` : `"${shown}"`;
}
