/** Microsoft Teams: an adaptive card, as a workflow that begins with a webhook request posts it. */
import type { TeamsChannel } from '../../../core/config/channels/channel';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped, type Look, lookOf } from '../looks';

const colours: Readonly<Record<Look, string>> = { alarm: 'Attention', warning: 'Warning', remark: 'Default', relief: 'Good' };

export const teams: ChannelAdapter<TeamsChannel> = {
  render(notice, { url }) {
    const headline = { type: 'TextBlock', text: plain(notice.headline), weight: 'Bolder', size: 'Medium', wrap: true, color: colours[lookOf(notice)] };
    const lines = clipped(notice.details, 15_000).split('\n');
    const details = lines.filter((line) => line !== '').map((line) => ({ type: 'TextBlock', text: plain(line), wrap: true, spacing: 'None' }));
    const card = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      msteams: { width: 'Full' },
      fallbackText: notice.headline,
      body: [headline, ...details],
    };
    return [json(url, { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }] })];
  },
  /** The older connectors answer 200, and say in the body that it did not work. */
  refusal: ({ opening }) => (/failed with error|HTTP error 4\d\d/i.test(opening) ? opening : undefined),
};

/** Without the signs that a card would take for links, emphasis or lists. */
const plain = (text: string): string => text.replace(/[\\[\]*_`]/g, '\\$&').replace(/^(\s*)([-+#>]|\d+\.)/, '$1\\$2');
