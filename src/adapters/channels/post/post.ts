/** Any URL: our own JSON, or a body made of a template; signed where the file says with what. */

import { hashHex } from '../../../core/basics/hash';
import type { PostChannel } from '../../../core/config/channels/channel';
import { publicEvent } from '../../../core/feed/public-event';
import type { Notice } from '../../../core/message/notice';
import type { ChannelAdapter } from '../channel-adapter';
import { signatureHeaders } from './signature';

export const post: ChannelAdapter<PostChannel> = {
  async render(given, { url, method, headers, body: template, sign, isPublic }, seconds) {
    const notice = isPublic === true ? forSubscribers(given) : given;
    const { body, type } = template === undefined ? own(notice) : await fromTemplate(template, notice, headers['content-type']);
    const signed = sign === undefined ? {} : signatureHeaders({ id: notice.id, seconds, body, secret: sign });
    const anonymous: Readonly<Record<string, string>> = isPublic === true ? { 'user-agent': 'twinwatch' } : {};
    return [{ url, method, headers: { ...anonymous, 'content-type': type, 'webhook-id': notice.id, ...headers, ...signed }, body }];
  },
};

/** Whatever a template names, and however it fails: there is nothing else that could be sent. An id of ours names a region. */
function forSubscribers({ id, calls, severity, region: _region, at, event }: Notice): Notice {
  const told = publicEvent(event);
  return { id: hashHex(id), calls, severity, at, key: String(told.service ?? ''), region: '', headline: String(told.headline), details: '', event: told };
}

interface Content {
  readonly body: string;
  readonly type: string;
}

const jsonType = 'application/json';

const own = ({ event, details }: Notice, trouble?: string): Content => ({
  body: JSON.stringify({ ...event, ...(details === '' ? {} : { details }), ...(trouble === undefined ? {} : { templateTrouble: trouble }) }),
  type: jsonType,
});

/** What is to be told is told, whatever becomes of the template. */
async function fromTemplate(
  template: string,
  notice: Notice,
  type = /^\s*(\[|\{(?![{%]))/.test(template) ? jsonType : 'text/plain; charset=utf-8',
): Promise<Content> {
  const { filled } = await import('./template');
  const made = await filled(template, fieldsOf(notice));
  if (made.kind === 'failed') return own(notice, made.trouble);
  if (type.includes('json') && !isJson(made.text)) return own(notice, 'what the template made is no JSON; put `| json` behind each value');
  return { body: made.text, type };
}

/** What a template may name. */
export function fieldsOf({ headline, details, severity, calls, key, region, at, event }: Notice): Readonly<Record<string, unknown>> {
  return { headline, details, text: `${headline}\n${details}`, lines: details.split('\n'), severity, calls, key, region, at, event };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
