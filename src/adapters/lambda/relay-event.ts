/** What the relay is handed: by SNS, which signs it, or once more by the watchdog of its region, which may invoke it itself. */
import type { RegionId } from '../../core/basics/brand';
import { isRecord } from '../../core/message/record';
import { alarmTopicName, everyChannel, topicArn } from '../../core/names';
import type { Diary } from '../../engine/ports';
import type { Relayed } from '../../engine/relay';
import type { Checked, SignatureCheck } from '../sns/signature';

export interface Reading {
  readonly account: string;
  readonly region: RegionId;
  readonly check: SignatureCheck;
  readonly diary: Diary;
}

/** What is to be brought on; what is not is noted. */
export async function messagesIn(event: unknown, reading: Reading): Promise<readonly Relayed[]> {
  const { handed, Records } = isRecord(event) ? event : {};
  if (handed !== undefined) return believed(handed, reading, async () => ({ kind: 'good' }));
  const records: readonly unknown[] = Array.isArray(Records) ? Records : [];
  const messages = await Promise.all(records.map((record) => believed(isRecord(record) ? record.Sns : undefined, reading, reading.check)));
  return messages.flat();
}

/** A page may come twice, and must not be lost: what could not be checked comes from our own topics all the same, which alone may invoke us. */
async function believed(sns: unknown, reading: Reading, check: SignatureCheck): Promise<readonly Relayed[]> {
  const notification = isRecord(sns) ? sns : {};
  const message = messageOf(notification, reading);
  const checked: Checked = message === undefined ? { kind: 'foreign' } : await check(notification);
  const facts = { messageId: notification.MessageId, topic: notification.TopicArn };
  if (message !== undefined && checked.kind === 'good') return [message];
  if (message !== undefined && checked.kind === 'unchecked') {
    reading.diary.note('signature not checked', { ...facts, error: checked.error });
    return [message];
  }
  reading.diary.note(`${checked.kind} message refused`, facts);
  return [];
}

function messageOf(sns: Readonly<Record<string, unknown>>, { account, region }: Reading): Relayed | undefined {
  const ownTopics: readonly unknown[] = [topicArn(account, region), topicArn(account, region, alarmTopicName)];
  if (!ownTopics.includes(sns.TopicArn) || typeof sns.Message !== 'string' || typeof sns.MessageId !== 'string') return undefined;
  const subject = typeof sns.Subject === 'string' ? sns.Subject : '';
  return { messageId: sns.MessageId, subject, message: sns.Message, region, at: String(sns.Timestamp), channels: channelsIn(sns.MessageAttributes) };
}

/** The names of the channels that it is for; what cannot be read is for all. */
function channelsIn(attributes: unknown): readonly string[] | undefined {
  const attribute = isRecord(attributes) && isRecord(attributes.channels) ? attributes.channels.Value : undefined;
  if (typeof attribute !== 'string') return undefined;
  try {
    const names: unknown = JSON.parse(attribute);
    return Array.isArray(names) && !names.includes(everyChannel) ? names.map(String) : undefined;
  } catch {
    return undefined;
  }
}
