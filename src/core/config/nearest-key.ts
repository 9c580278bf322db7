/** Which of the known names somebody probably meant. */

/** The nearest known name, `undefined` where none is near. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const wanted = simplified(written);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = isShortened(wanted, simplified(name)) ? 1 : editDistance(wanted, simplified(name), allowed);
    if (distance <= allowed && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) nearest = { name, distance };
  }
  return nearest?.name;
}

/** `down_after`, `down-after` and `DownAfter` are one name to people. */
const simplified = (name: string): string => name.slice(0, 64).toLowerCase().replace(/[-_ ]/g, '');

/** `stat` for `status`. */
const isShortened = (written: string, name: string): boolean => written.length >= 3 && written !== name && name.startsWith(written);

/** Letters to insert, drop, replace or swap with their neighbour; anything above `limit` means "too far". */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = at(previous, column - 1) + Number(a[row - 1] !== b[column - 1]);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? at(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
