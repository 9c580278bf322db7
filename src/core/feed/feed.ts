/** What subscribers of a configuration are told. */
import type { Config } from '../config/config';
import { knownGaps } from '../gap';
import type { Incident } from '../incident';
import type { LogEntry } from '../log';
import { isIn } from '../scope';
import { atomFeed } from './atom';
import { happeningsOf } from './happenings';
import { publishedIn, underPublishedIds } from './published-ids';

export interface Known {
  readonly incidents: readonly Incident[];
  readonly entries: readonly LogEntry[];
  /** The feed as it was printed last: what was published goes on under the ids that it had. */
  readonly printed?: string | undefined;
}

/** A monitor that is watched no longer is shown no longer. */
export function feedOf({ feed, monitors, madeAt }: Pick<Config, 'feed' | 'monitors' | 'madeAt'>, { incidents, entries, printed }: Known): string {
  const shown = new Set<string>(monitors.filter((monitor) => feed === undefined || isIn(monitor, feed.of)).map(({ id }) => id));
  const happenings = happeningsOf({ incidents, gaps: knownGaps(entries), isShown: (monitor) => shown.has(monitor) });
  const kept = underPublishedIds(happenings, publishedIn(printed ?? ''));
  return atomFeed({ title: feed?.title ?? 'twinwatch', url: feed?.url, happenings: kept, since: madeAt });
}
