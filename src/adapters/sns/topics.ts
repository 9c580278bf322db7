/** Publishing to the alert topic of a region. */
import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { publishedText } from '../../core/message/published';
import { channelsAttribute, everyChannel, topicArn } from '../../core/names';
import type { Message, Topics } from '../../engine/ports';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

const publishLimitMs = 3000;

export function createTopics({ account }: { readonly account: string }): Topics {
  return {
    async publish(region, message) {
      const command = new PublishCommand(publication(topicArn(account, region), message));
      const what = `topic ${region}: Publish`;
      const accepted = await limited({ what, limitMs: publishLimitMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
      if (accepted.MessageId === undefined) throw new Error(`${what} was answered without a message id`);
      return accepted.MessageId;
    },
  };
}

/** It always has the attribute: without any, SNS would drop it at every filter policy. */
export const publication = (topic: string, message: Message): PublishCommandInput => ({
  TopicArn: topic,
  Subject: message.subject,
  MessageStructure: 'json',
  Message: publishedText(message),
  MessageAttributes: { [channelsAttribute]: { DataType: 'String.Array', StringValue: JSON.stringify(message.channels ?? [everyChannel]) } },
});

const clientOf = oncePerRegion((region) => new SNSClient(clientOptions(region)));
