/** Amazon Q Developer in chat applications: a custom notification, published to the topic that it listens to. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { regionId } from '../../../core/basics/brand';
import type { AmazonqChannel } from '../../../core/config/channels/channel';
import type { Notice } from '../../../core/message/notice';
import { Refused } from '../../../engine/ports';
import { limited } from '../../aws/limited-call';
import { clientOptions, oncePerRegion } from '../../aws/regional-client';
import type { DirectAdapter } from '../channel-adapter';
import { customNotification } from './notification';

export const amazonq: DirectAdapter<AmazonqChannel> = {
  async deliver(notice: Notice, { topic }, timeoutMs) {
    const region = topic.split(':')[3] ?? '';
    const command = new PublishCommand({ TopicArn: topic, Message: JSON.stringify(customNotification(notice)) });
    try {
      await limited({ what: `topic ${topic}: Publish`, limitMs: timeoutMs }, (signal) => clientOf(regionId(region)).send(command, { abortSignal: signal }));
      return { kind: 'delivered' };
    } catch (error) {
      const isFinal = error instanceof Refused || (error instanceof Error && error.name === 'NotFoundException');
      return { kind: isFinal ? 'refused' : 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  },
};

const clientOf = oncePerRegion((region) => new SNSClient(clientOptions(region)));
