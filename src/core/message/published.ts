/** A message in the form that SNS takes: one body for each way it may go on, all in one text of limited length. */
import type { About } from '../log';
import type { RelayBody } from './notice';

export interface Publishable {
  readonly subject: string;
  readonly text: string;
  readonly json: string;
  readonly about?: About | undefined;
}

/** Ways that are not named get the default, which is for people. */
export function publishedText({ subject, text, json, about }: Publishable): string {
  const relayed: RelayBody = { text, event: JSON.parse(json), about };
  return JSON.stringify({ default: text, sms: subject, http: json, https: json, sqs: json, lambda: JSON.stringify(relayed) });
}

/** SNS takes 256 KB, with the attributes. */
const mostBytes = 250 * 1024;

export const isTooLong = (message: Publishable): boolean => utf8Bytes(publishedText(message)) > mostBytes;

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) bytes += 1;
    // Each half of a pair is two of the four bytes of its character.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 1;
  }
  return bytes;
}
