/** A notification as SNS hands it to a function, signed with a key of our own. */
import { sign } from 'node:crypto';
import { fixture } from './servers';

export const certificatePath = '/SimpleNotificationService-0a1b2c.pem';
export const whileValid = Date.parse('2027-01-15T00:00:00Z');

const names = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
type Notification = Readonly<Record<string, unknown>>;

export function signedBySns(place: string, over: Notification = {}): Notification {
  const said: Notification = {
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: 'arn:aws:sns:eu-west-1:111122223333:twinwatch-alerts',
    Subject: 'PAGE checkout is DOWN',
    Message: 'checkout is down\nfrom everywhere',
    Timestamp: '2026-11-21T04:02:03.000Z',
    MessageAttributes: {},
    ...over,
  };
  const text = names.map((name) => (typeof said[name] === 'string' ? `${name}\n${said[name]}\n` : '')).join('');
  return {
    ...said,
    SignatureVersion: '1',
    Signature: sign('RSA-SHA256', Buffer.from(text), fixture('sns.key')).toString('base64'),
    SigningCertUrl: `${place}${certificatePath}`,
  };
}
