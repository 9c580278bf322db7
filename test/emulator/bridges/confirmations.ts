/** Webhooks: a subscription that CloudFormation made is never asked for its confirmation here, so it is made once more by the API. */
import { GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { regionId } from '../../../src/core/basics/brand';
import { topicArn } from '../../../src/core/names';
import { account } from '../emulator';
import { until } from '../steps';
import type { Bridge, Place } from './bridge';

interface Wanted {
  readonly region: string;
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export const askForConfirmation: Bridge = {
  name: 'confirmations',
  why: 'a webhook that CloudFormation subscribed is never asked whether it wants messages here, and so gets none',
  async build({ clients, stacks }) {
    const did: string[] = [];
    for (const one of stacks.flatMap(webhooksOf)) {
      const client = clients.topics(one.region);
      const arn = await arnOf(clients, one);
      if (arn?.startsWith('arn:') && (await isConfirmed(clients, one))) continue;
      if (arn?.startsWith('arn:')) await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
      await client.send(new SubscribeCommand({ TopicArn: one.topic, Protocol: one.protocol, Endpoint: one.endpoint }));
      await until(`the webhook to be confirmed in ${one.region}`, 15, async () => ((await isConfirmed(clients, one)) ? true : undefined));
      did.push(`webhook of ${one.region} subscribed once more, and confirmed by the receiver`);
    }
    return {
      did,
      async remove() {
        for (const one of stacks.flatMap(webhooksOf)) {
          const arn = await arnOf(clients, one);
          if (arn?.startsWith('arn:')) await clients.topics(one.region).send(new UnsubscribeCommand({ SubscriptionArn: arn }));
        }
      },
    };
  },
};

function webhooksOf(stack: Place['stacks'][number]): readonly Wanted[] {
  return stack.all('AWS::SNS::Subscription').flatMap(({ Properties: { Protocol: protocol, Endpoint: endpoint } }) => {
    if (typeof protocol !== 'string' || typeof endpoint !== 'string' || !protocol.startsWith('http')) return [];
    return [{ region: stack.region, topic: topicArn(account, regionId(stack.region)), protocol, endpoint }];
  });
}

async function arnOf(clients: Place['clients'], { region, topic, endpoint }: Wanted): Promise<string | undefined> {
  const { Subscriptions = [] } = await clients.topics(region).send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  return Subscriptions.find(({ Endpoint }) => Endpoint === endpoint)?.SubscriptionArn;
}

async function isConfirmed(clients: Place['clients'], wanted: Wanted): Promise<boolean> {
  const arn = await arnOf(clients, wanted);
  if (arn === undefined || !arn.startsWith('arn:')) return false;
  const { Attributes } = await clients.topics(wanted.region).send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  return Attributes?.PendingConfirmation === 'false';
}
