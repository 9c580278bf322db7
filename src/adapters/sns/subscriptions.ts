/** Who listens to the topics of a region, as SNS knows it. */
import { ListSubscriptionsCommand, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import type { RegionId } from '../../core/basics/brand';
import { alarmTopicName, topicName } from '../../core/names';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

export interface Listener {
  /** The name of one of our topics. */
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Until then SNS sends it nothing. */
  readonly isConfirmed: boolean;
}

export type Subscriptions = (region: RegionId) => Promise<readonly Listener[]>;

const limitMs = 15_000;

/** All pages: the listing is of the whole account, and topics are told apart by their names. */
export const subscriptionsOf: Subscriptions = (region) =>
  limited({ what: `topic ${region}: ListSubscriptions`, limitMs }, async (signal) => {
    const found: Subscription[] = [];
    let NextToken: string | undefined;
    do {
      const page = await clientOf(region).send(new ListSubscriptionsCommand({ NextToken }), { abortSignal: signal });
      found.push(...(page.Subscriptions ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined && NextToken !== '');
    return found.map(listenerOf).filter(({ topic }) => topic === topicName || topic === alarmTopicName);
  });

const clientOf = oncePerRegion((region) => new SNSClient(clientOptions(region)));

const listenerOf = ({ TopicArn = '', Protocol = '', Endpoint = '', SubscriptionArn = '' }: Subscription): Listener => ({
  topic: TopicArn.split(':').at(-1) ?? '',
  protocol: Protocol,
  endpoint: Endpoint,
  isConfirmed: SubscriptionArn.startsWith('arn:'),
});
