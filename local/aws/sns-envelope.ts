/** The envelope in which SNS posts a notification, signed as SNS documents it. */
import { sign } from 'node:crypto';
import type { SnsMessage } from './sns-message';

export interface EnvelopeFacts {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly message: Pick<SnsMessage, 'subject' | 'attributes'>;
  readonly body: string;
  /** ISO time. */
  readonly at: string;
  /** Where the edge that sends it answers. */
  readonly edgeUrl: string;
  /** PEM. */
  readonly privateKey: string;
}

export const signingKeyPath = '/_twinwatch/sns.pem';

export function notification(facts: EnvelopeFacts): Readonly<Record<string, unknown>> {
  const { message, edgeUrl, subscriptionArn } = facts;
  const signed = {
    Type: 'Notification',
    MessageId: facts.messageId,
    TopicArn: facts.topicArn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: facts.body,
    Timestamp: facts.at,
  };
  return {
    ...signed,
    SignatureVersion: '2',
    Signature: sign('RSA-SHA256', Buffer.from(textToSign(signed)), facts.privateKey).toString('base64'),
    SigningCertURL: `${edgeUrl}${signingKeyPath}`,
    UnsubscribeURL: `${edgeUrl}/?Action=Unsubscribe&SubscriptionArn=${encodeURIComponent(subscriptionArn)}`,
    ...(Object.keys(message.attributes).length === 0 ? {} : { MessageAttributes: message.attributes }),
  };
}

export function notificationHeaders(facts: EnvelopeFacts): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/plain; charset=UTF-8',
    'user-agent': 'Amazon Simple Notification Service Agent',
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': facts.messageId,
    'x-amz-sns-topic-arn': facts.topicArn,
    'x-amz-sns-subscription-arn': facts.subscriptionArn,
  };
}

/** Names and values in byte order of the names, each on a line of its own. */
function textToSign(signed: Readonly<Record<string, string>>): string {
  return Object.keys(signed)
    .sort()
    .map((name) => `${name}\n${signed[name]}\n`)
    .join('');
}
