/** What the logs say of messages on their way to the channels of the relay. */
import type { About, LogEntry } from './log';
import { aboutName } from './message/notice';

/** Whether any region's relay brought this to the channel. */
export const deliveredTo = (entries: readonly LogEntry[], channel: string, about: About): boolean =>
  entries.some(({ body }) => body.kind === 'receipt' && body.channel === channel && aboutName(body) === aboutName(about));
