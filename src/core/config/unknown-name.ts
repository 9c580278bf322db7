/** A name that nothing has, said with those that were probably meant. */
import { nearestName } from './nearest-key';

/** How many names are listed where none is near. */
const mostListed = 12;

export const unknownName = (written: string, known: readonly string[]): string => unknown('monitor, region or incident', written, known);
export const unknownMonitor = (written: string, known: readonly string[]): string => unknown('monitor', written, known);
export const unknownProber = (written: string, known: readonly string[]): string => unknown('prober', written, known);

function unknown(kind: string, written: string, known: readonly string[]): string {
  const nearest = nearestNames(written, known);
  if (nearest.length > 0) return `there is no ${kind} "${written}"; did you mean ${nearest.join(' or ')}?`;
  const more = known.length > mostListed ? ` and ${known.length - mostListed} more` : '';
  return `there is no ${kind} "${written}"; there are: ${known.slice(0, mostListed).join(', ')}${more}`;
}

/** The nearest first. */
function nearestNames(written: string, known: readonly string[]): readonly string[] {
  const nearest: string[] = [];
  for (let name = nearestName(written, known); name !== undefined && nearest.length < 3; ) {
    nearest.push(name);
    name = nearestName(
      written,
      known.filter((other) => !nearest.includes(other)),
    );
  }
  return nearest;
}
