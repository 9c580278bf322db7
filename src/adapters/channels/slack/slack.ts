/** Slack: the headline as the message, the rest beside a coloured bar. */
import type { SlackChannel } from '../../../core/config/channels/channel';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped, colourOf, isAlarm, lookOf } from '../looks';

export const slack: ChannelAdapter<SlackChannel> = {
  render(notice, { url, mention }) {
    const headline = escaped(notice.headline);
    const text = mention !== undefined && isAlarm(notice) ? `${mention} ${headline}` : headline;
    const attachment = { color: `#${colourOf[lookOf(notice)]}`, text: clipped(escaped(notice.details), 7000), mrkdwn_in: [] };
    return [json(url, { text: clipped(text, 3000), attachments: notice.details === '' ? [] : [attachment], unfurl_links: false })];
  },
};

/** What a target said must mention nobody. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
