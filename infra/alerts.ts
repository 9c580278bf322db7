/** The topics of a region, and everyone who listens to them. */
import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BackoffFunction,
  type DeliveryPolicy,
  Subscription,
  SubscriptionFilter,
  type SubscriptionOptions,
  SubscriptionProtocol,
  Topic,
} from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { areFiltered } from '../src/core/config/channels/channel';
import type { Channel, Config } from '../src/core/config/config';
import { alarmTopicName, channelPolicy, topicName, undeliveredQueueName } from '../src/core/names';

export type AlertsProps = Pick<Config, 'channels' | 'routes'>;

export class Alerts extends Construct {
  readonly topic: Topic;
  /** What the alarms of CloudWatch tell: the same one, unless its subscriptions have filter policies, which no alarm would pass. */
  readonly alarmTopic: Topic;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const isFiltered = areFiltered(props);
    this.topic = new Topic(this, 'Topic', { topicName, ...everyTopic });
    this.alarmTopic = isFiltered ? new Topic(this, 'AlarmTopic', { topicName: alarmTopicName, ...everyTopic }) : this.topic;
    this.alarmTopic.addToResourcePolicy(this.allowAlarms());
    const hasWebhooks = props.channels.some(({ kind }) => kind === 'webhook');
    const undelivered = hasWebhooks ? this.addUndelivered() : undefined;
    for (const channel of props.channels) {
      const how = subscriptionHow(channel, undelivered);
      if (how === undefined) continue;
      const name = `${kindNames[channel.kind] ?? ''}-${channel.name}`;
      // An empty one takes away what an earlier deployment has set; left out, it might stay.
      new Subscription(this, name, { topic: this.topic, ...how, filterPolicy: isFiltered ? filterOf(channel) : {} });
      if (isFiltered) new Subscription(this, `${name}-alarms`, { topic: this.alarmTopic, ...how });
    }
  }

  /** A topic that insists on TLS has only a Deny in its policy, and its alarms would be refused without a word. */
  private allowAlarms(): PolicyStatement {
    const stack = Stack.of(this);
    const anyAlarm = stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    return new PolicyStatement({
      sid: 'AlarmsOfThisRegion',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.alarmTopic.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': anyAlarm }, StringEquals: { 'aws:SourceAccount': stack.account } },
    });
  }

  private addUndelivered(): Queue {
    const undelivered = new Queue(this, 'Undelivered', {
      queueName: undeliveredQueueName,
      enforceSSL: true,
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(undelivered).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'It is itself the dead-letter queue of the subscriptions of these topics.',
    });
    return undelivered;
  }
}

/** By itself SNS signs with SHA-1, which the relay does not believe. */
const everyTopic = { enforceSSL: true, signatureVersion: '2' } as const;

const kindNames: Readonly<Partial<Record<Channel['kind'], string>>> = { email: 'Email', sms: 'Sms', sqs: 'Sqs', webhook: 'Webhook' };

/** Undefined of what the relay delivers to. */
function subscriptionHow(channel: Channel, undelivered: Queue | undefined): SubscriptionOptions | undefined {
  switch (channel.kind) {
    case 'email':
      return { protocol: SubscriptionProtocol.EMAIL, endpoint: channel.address };
    case 'sms':
      return { protocol: SubscriptionProtocol.SMS, endpoint: channel.number };
    case 'sqs':
      return { protocol: SubscriptionProtocol.SQS, endpoint: channel.queue };
    case 'webhook': {
      const protocol = channel.url.startsWith('https:') ? SubscriptionProtocol.HTTPS : SubscriptionProtocol.HTTP;
      return { protocol, endpoint: channel.url, deliveryPolicy: patientDelivery, ...(undelivered === undefined ? {} : { deadLetterQueue: undelivered }) };
    }
    default:
      return undefined;
  }
}

/** Each of our messages names who is told, and reaches those alone. */
const filterOf = ({ name }: Channel): { [attribute: string]: SubscriptionFilter } =>
  Object.fromEntries(Object.entries(channelPolicy(name)).map(([attribute, conditions]) => [attribute, new SubscriptionFilter([...conditions])]));

/** SNS gives up after three tries in a minute by itself; a receiver that restarts takes longer. In all about 25 minutes. */
const patientDelivery: DeliveryPolicy = {
  healthyRetryPolicy: {
    minDelayTarget: Duration.seconds(5),
    maxDelayTarget: Duration.seconds(120),
    numRetries: 20,
    numNoDelayRetries: 1,
    numMinDelayRetries: 3,
    backoffFunction: BackoffFunction.EXPONENTIAL,
  },
};
