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

/** As SNS names its certificates. */
export const certificatePath = '/SimpleNotificationService-7477696e7761746368.pem';

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
    SigningCertURL: `${edgeUrl}${certificatePath}`,
    UnsubscribeURL: `${edgeUrl}/?Action=Unsubscribe&SubscriptionArn=${encodeURIComponent(subscriptionArn)}`,
    ...(Object.keys(message.attributes).length === 0 ? {} : { MessageAttributes: message.attributes }),
  };
}

/** What a function is handed: two names in another spelling, everything there, and, as in AWS, version 1, though it is signed by version 2. */
export function notificationEvent(facts: EnvelopeFacts): unknown {
  const { SigningCertURL: SigningCertUrl, UnsubscribeURL: UnsubscribeUrl, Subject = null, ...same } = notification(facts);
  const Sns = { ...same, SignatureVersion: '1', Subject, SigningCertUrl, UnsubscribeUrl, MessageAttributes: facts.message.attributes };
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: facts.subscriptionArn, Sns }] };
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
