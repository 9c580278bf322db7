/** The custom notification of Amazon Q Developer, version 1.0: what is told of one incident stands in one thread. */
import type { Notice } from '../../../core/message/notice';
import { clipped, type Look, lookOf } from '../looks';

const signs: Readonly<Record<Look, string>> = { alarm: ':rotating_light:', warning: ':warning:', remark: ':information_source:', relief: ':white_check_mark:' };

export function customNotification(notice: Notice): object {
  const { id, key, headline, details, severity, event, region } = notice;
  const keywords = [severity, region, event.condition].filter((word) => typeof word === 'string');
  return {
    version: '1.0',
    source: 'custom',
    id: clipped(id, 256),
    content: {
      textType: 'client-markdown',
      title: clipped(`${signs[lookOf(notice)]} ${headline}`, 250),
      description: clipped(details === '' ? headline : details, 8000),
      keywords: keywords.map((word) => clipped(String(word), 75)),
    },
    metadata: {
      threadId: clipped(`twinwatch:${key}:${String(event.incident ?? '')}`, 256),
      summary: clipped(headline, 250),
      enableCustomActions: false,
    },
  };
}
