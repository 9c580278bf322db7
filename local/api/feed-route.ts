/** What subscribers are told, for readers of feeds. */
import type { Overview } from '../../src/engine/overview';
import { writeFile } from './answer';
import type { Route } from './route';

export const feedPath = '/feed.atom';

export const feedRoutes = ({ overview }: { readonly overview: Pick<Overview, 'feed'> }): readonly Route[] => [
  {
    method: 'GET',
    path: feedPath,
    answer: ({ response }) => {
      writeFile(response, { contentType: 'application/atom+xml; charset=utf-8', content: Buffer.from(overview.feed()) });
      return 'streamed';
    },
  },
];
