/** What Lambda hands a function for one message out of a queue of SQS. */
import { createHash, randomUUID } from 'node:crypto';

export function queueEvent(body: string, sentAt: number): string {
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: String(sentAt), ApproximateFirstReceiveTimestamp: String(sentAt) };
  const md5OfBody = createHash('md5').update(body).digest('hex');
  const record = { messageId: randomUUID(), receiptHandle: randomUUID(), body, attributes, messageAttributes: {}, md5OfBody, eventSource: 'aws:sqs' };
  return JSON.stringify({ Records: [record] });
}
