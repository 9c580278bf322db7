/** Opsgenie: one alert per incident, by its key as alias, until it is closed. */
import type { OpsgenieChannel } from '../../../core/config/channels/channel';
import type { Severity } from '../../../core/config/config';
import type { Notice } from '../../../core/message/notice';
import { type ChannelAdapter, json } from '../channel-adapter';
import { clipped } from '../looks';

const priorities: Readonly<Record<Severity, string>> = { page: 'P1', ticket: 'P3', note: 'P5' };

export const opsgenie: ChannelAdapter<OpsgenieChannel> = {
  render(notice, { key, url }) {
    const base = `${url.replace(/\/$/, '')}/v2/alerts`;
    const alias = clipped(`twinwatch:${notice.key}`, 512);
    const headers = { authorization: `GenieKey ${key}` };
    const source = `twinwatch ${notice.region}`;
    const act = (action: string) =>
      json(`${base}/${encodeURIComponent(alias)}/${action}?identifierType=alias`, { source, note: clipped(notice.headline, 25_000) }, headers);
    const create = json(base, { ...alertOf(notice), alias, source }, headers);
    switch (notice.calls) {
      case 'trigger':
        return [create];
      case 'acknowledge':
        return [act('acknowledge')];
      case 'resolve':
        return [act('close')];
      // A test must not stay open.
      case 'test':
        return [create, act('close')];
    }
  },
};

function alertOf({ headline, details, severity, calls, event }: Notice): object {
  const named = Object.entries({ subject: event.subject, condition: event.condition, incident: event.incident });
  return {
    message: clipped(headline, 130),
    description: clipped(details, 15_000),
    priority: calls === 'test' ? 'P5' : priorities[severity],
    tags: ['twinwatch', severity],
    details: Object.fromEntries(named.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
  };
}
