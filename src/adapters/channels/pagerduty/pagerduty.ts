/** PagerDuty, Events API v2: one alert per incident, by its key, from trigger to resolve. */
import type { PagerdutyChannel } from '../../../core/config/channels/channel';
import type { Severity } from '../../../core/config/config';
import type { Notice } from '../../../core/message/notice';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped } from '../looks';

const severities: Readonly<Record<Severity, string>> = { page: 'critical', ticket: 'warning', note: 'info' };

export const pagerduty: ChannelAdapter<PagerdutyChannel> = {
  render(notice, { key, url }) {
    const dedup = clipped(`twinwatch:${notice.key}`, 255);
    const event = (event_action: string, rest: object = {}) => json(url, { routing_key: key, event_action, dedup_key: dedup, ...rest });
    const trigger = event('trigger', { payload: payloadOf(notice), client: 'twinwatch' });
    switch (notice.calls) {
      case 'trigger':
        return [trigger];
      case 'acknowledge':
        return [event('acknowledge')];
      case 'resolve':
        return [event('resolve')];
      // A test must not stay open.
      case 'test':
        return [trigger, event('resolve')];
    }
  },
};

function payloadOf({ headline, details, severity, calls, region, at, event }: Notice): object {
  const { subject, family, condition, incident } = event;
  return {
    summary: clipped(headline, 1024),
    source: String(subject ?? `twinwatch ${region}`),
    severity: calls === 'test' ? 'info' : severities[severity],
    timestamp: at,
    component: subject,
    group: family,
    class: condition,
    custom_details: { details, region, incident },
  };
}
