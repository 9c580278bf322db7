/** Discord: an embed with a coloured bar; only what the file says may mention anybody. */
import type { DiscordChannel } from '../../../core/config/channels/channel';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped, colourOf, isAlarm, lookOf } from '../looks';

export const discord: ChannelAdapter<DiscordChannel> = {
  render(notice, { url, mention }) {
    const embed = {
      title: clipped(escaped(notice.headline), 256),
      description: clipped(escaped(notice.details), 4096),
      color: Number.parseInt(colourOf[lookOf(notice)], 16),
      timestamp: notice.at,
    };
    const isCalling = mention !== undefined && isAlarm(notice);
    const mentions = isCalling ? { content: mention, allowed_mentions: { parse: ['everyone', 'roles', 'users'] } } : { allowed_mentions: { parse: [] } };
    return [json(url, { ...mentions, embeds: [embed] })];
  },
};

const escaped = (text: string): string => text.replace(/[\\*_~`|>[\]]/g, '\\$&');
