/** Publishing to the alert topic of a region. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { publishedText } from '../../core/message/published';
import { channelsAttribute, topicArn } from '../../core/names';
import type { Topics } from '../../engine/ports';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

const publishLimitMs = 3000;

export function createTopics({ account }: { readonly account: string }): Topics {
  return {
    async publish(region, message) {
      const { subject, channels } = message;
      const command = new PublishCommand({
        TopicArn: topicArn(account, region),
        Subject: subject,
        MessageStructure: 'json',
        Message: publishedText(message),
        ...(channels === undefined ? {} : { MessageAttributes: { [channelsAttribute]: { DataType: 'String.Array', StringValue: JSON.stringify(channels) } } }),
      });
      const what = `topic ${region}: Publish`;
      const accepted = await limited({ what, limitMs: publishLimitMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
      if (accepted.MessageId === undefined) throw new Error(`${what} was answered without a message id`);
      return accepted.MessageId;
    },
  };
}

const clientOf = oncePerRegion((region) => new SNSClient(clientOptions(region)));
