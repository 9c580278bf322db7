/**
 * Entries keep the ids under which they were published. Logs of a region that could not be read for a while may hold an earlier opening of
 * what was published already; which id was published first is known from the feed as it was printed last, and from nothing else.
 */
import type { Happening } from './happenings';

/** The ids in a feed that we printed, those of what began first before the others. Of any other text there are none. */
export function publishedIn(printed: string): readonly string[] {
  const found = [...printed.matchAll(entryStart)].map(([, id = '', at = '']) => ({ id, at }));
  return found.toSorted((one, other) => (one.at === other.at ? 0 : one.at < other.at ? -1 : 1)).map(({ id }) => id);
}

const entryStart = /<id>tag:[^<,]*,2026:((?:incident|gap)\/[0-9a-z]+)<\/id>\s*<title>[^<]*<\/title>\s*<published>([^<]*)<\/published>/g;

/** Whether it is a feed that we may have printed, and may print again. */
export const isPrintedFeed = (text: string): boolean =>
  /^<\?xml[^>]*>\s*<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom">\s*<id>tag:[^<,]*,2026:feed<\/id>/.test(text);

/** Each goes on under the id that was published first. Where it was published under several, readers of the others are led to that one. */
export function underPublishedIds(happenings: readonly Happening[], published: readonly string[]): readonly Happening[] {
  const order = new Map(published.map((id, index) => [id, index] as const));
  return happenings.flatMap((happening) => {
    const known = [happening.id, ...happening.formerIds]
      .filter((id) => order.has(id))
      .toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
    const [id = happening.id, ...others] = known;
    return [{ ...happening, id }, ...others.map((other) => toldTwice(happening, other))];
  });
}

const toldTwice = (happening: Happening, id: string): Happening => ({
  ...happening,
  id,
  state: 'revised',
  title: `${happening.title} (told twice)`,
  lines: ['It turned out to be the same as another entry of this feed, which goes on.', ...happening.lines],
});
