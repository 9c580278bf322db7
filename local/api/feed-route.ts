/** What subscribers are told, for readers of feeds. */
import { print, readPrinted } from '../../src/adapters/printed-feed';
import type { Overview } from '../../src/engine/overview';
import { writeFile } from './answer';
import type { Route } from './route';

export const feedPath = '/feed.atom';

export interface FeedParts {
  readonly overview: Pick<Overview, 'feed'>;
  /** Where it is kept as it was served last. */
  readonly file: string;
}

export const feedRoutes = (parts: FeedParts): readonly Route[] => [
  {
    method: 'GET',
    path: feedPath,
    answer: async ({ response }): Promise<'streamed'> => {
      writeFile(response, { contentType: 'application/atom+xml; charset=utf-8', content: Buffer.from(await served(parts)) });
      return 'streamed';
    },
  },
];

/** A disk that is full, or a file that cannot be read, keeps nobody from being told. */
async function served({ overview, file }: FeedParts): Promise<string> {
  const printed = await readPrinted(file).catch(() => undefined);
  const text = overview.feed(printed);
  if (text !== printed) await print(file, text).catch(() => undefined);
  return text;
}
