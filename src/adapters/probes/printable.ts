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

/** A pattern as it was written. */
export const patternShown = (pattern: string): string => `/${pattern.slice(0, 120).replace(/\p{C}/gu, ' ')}/`;

/**
 * The same of an answer to what we sent: an echo is not shown, because what was sent may be a password.
 * Each word of it goes that is long enough to mean something.
 */
export function withoutEchoes(said: string, sent: readonly string[]): string {
  const words = sent.flatMap((text) => [text.trim(), ...text.split(/[\s"':,;={}&?]+/)]).filter((word) => word.length >= 4);
  const longestFirst = [...new Set(words)].toSorted((a, b) => b.length - a.length);
  return printable(longestFirst.reduce((text, word) => text.replaceAll(word, '…'), said));
}
