/** Telegram: a plain message of a bot. */
import type { TelegramChannel } from '../../../core/config/channels/channel';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped, isAlarm } from '../looks';

export const telegram: ChannelAdapter<TelegramChannel> = {
  render(notice, { token, chat, url }) {
    const text = clipped([notice.headline, notice.details].filter((part) => part !== '').join('\n\n'), 4096);
    const message = { chat_id: chat, text, link_preview_options: { is_disabled: true }, disable_notification: !isAlarm(notice) };
    return [json(`${url.replace(/\/$/, '')}/bot${token}/sendMessage`, message)];
  },
};
