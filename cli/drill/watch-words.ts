/** What the others say of a region, in one line. */
import type { StatusView } from '../../src/core/views';

/** `eu-west-1 says late, eu-central-1 says reporting` */
export function watchWords({ watches }: Pick<StatusView, 'watches'>, subject: string): string {
  const words = watches.filter((watch) => watch.subject === subject && watch.observer !== subject).map(({ observer, state }) => `${observer} says ${state}`);
  return words.length === 0 ? `nobody says anything of ${subject} yet` : words.join(', ');
}
