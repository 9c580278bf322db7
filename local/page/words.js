/** Small words. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * An age in words, always rounded down: `7 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
 * @param {number} ms
 */
export function ageText(ms) {
  const age = Math.max(0, ms);
  if (age < 2 * minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < day) return `${Math.floor(age / hour)} h ${Math.floor((age % hour) / minute)} min`;
  return `${Math.floor(age / day)} d ${Math.floor((age % day) / hour)} h`;
}

/**
 * How long something lasted: an age, whose small rests are said and whose empty ones are not.
 * @param {number} ms
 */
export const spanText = (ms) => (ms < second ? `${Math.max(0, Math.round(ms))} ms` : ageText(ms).replace(/ 0 (min|h)$/, ''));

/**
 * @param {number} many
 * @param {string} noun
 */
export const count = (many, noun) => `${many} ${noun}${many === 1 ? '' : 's'}`;

const mostNamed = 4;

/**
 * `a`, `a and b`, `a, b and c`; a long list names the first few and counts the others.
 * @param {readonly string[]} names
 */
export function list(names) {
  const shown = names.length > mostNamed ? [...names.slice(0, mostNamed - 1), `${names.length - mostNamed + 1} more`] : names;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
