/** ntfy: a push message; what wakes people has the highest priority there. */
import type { NtfyChannel } from '../../../core/config/channels/channel';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped, type Look, lookOf } from '../looks';

const priorities: Readonly<Record<Look, number>> = { alarm: 5, warning: 3, remark: 2, relief: 3 };
const tags: Readonly<Record<Look, string>> = { alarm: 'rotating_light', warning: 'warning', remark: 'information_source', relief: 'white_check_mark' };

export const ntfy: ChannelAdapter<NtfyChannel> = {
  render(notice, { url, token }) {
    const { server, topic } = placeOf(url);
    const look = lookOf(notice);
    const message = clipped(notice.details === '' ? notice.headline : notice.details, 3000);
    const headers: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return [json(server, { topic, title: clipped(notice.headline, 250), message, priority: priorities[look], tags: [tags[look]] }, headers)];
  },
};

/** JSON, which may hold any letter, is taken by the server itself and not under the topic. */
function placeOf(url: string): { readonly server: string; readonly topic: string } {
  const { origin, pathname } = new URL(url);
  const steps = pathname.split('/');
  return { topic: decodeURIComponent(steps.at(-1) ?? ''), server: `${origin}${steps.slice(0, -1).join('/')}/` };
}
