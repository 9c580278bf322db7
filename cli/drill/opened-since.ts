/** What was newly told since a time, however often it was repeated. */
import type { AnnouncementView } from '../../src/core/views';
import type { LocalApi } from './local-api';

export async function openedSince(api: Pick<LocalApi, 'announcements'>, since: string): Promise<readonly AnnouncementView[]> {
  const opened = (await api.announcements()).filter(({ kind, at }) => kind === 'opened' && at >= since);
  return [...new Map(opened.map((announcement) => [announcement.incident, announcement])).values()];
}
