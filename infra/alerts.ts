/** The topic of a region, and everyone who listens to it. */
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
import type { Channel } from '../src/core/config/config';
import { channelPolicy, topicName, undeliveredQueueName } from '../src/core/names';

type Webhook = Extract<Channel, { kind: 'webhook' }>;

export interface AlertsProps {
  readonly channels: readonly Channel[];
}

export class Alerts extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { topicName, enforceSSL: true });
    this.topic.addToResourcePolicy(this.allowAlarms());
    const webhooks = props.channels.filter((channel) => channel.kind === 'webhook');
    for (const channel of props.channels) {
      if (channel.kind === 'email')
        this.subscribe(`Email-${channel.name}`, { protocol: SubscriptionProtocol.EMAIL, endpoint: channel.address, filterPolicy: filterOf(channel) });
      if (channel.kind === 'sms')
        this.subscribe(`Sms-${channel.name}`, { protocol: SubscriptionProtocol.SMS, endpoint: channel.number, filterPolicy: filterOf(channel) });
      if (channel.kind === 'sqs')
        this.subscribe(`Sqs-${channel.name}`, { protocol: SubscriptionProtocol.SQS, endpoint: channel.queue, filterPolicy: filterOf(channel) });
    }
    if (webhooks.length > 0) this.subscribeWebhooks(webhooks);
  }

  private subscribe(id: string, how: SubscriptionOptions): void {
    new Subscription(this, id, { topic: this.topic, ...how });
  }

  /** A topic that insists on TLS has only a Deny in its policy, and its alarms would be refused without a word. */
  private allowAlarms(): PolicyStatement {
    const stack = Stack.of(this);
    const anyAlarm = stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    return new PolicyStatement({
      sid: 'AlarmsOfThisRegion',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': anyAlarm }, StringEquals: { 'aws:SourceAccount': stack.account } },
    });
  }

  private subscribeWebhooks(webhooks: readonly Webhook[]): void {
    const undelivered = new Queue(this, 'Undelivered', {
      queueName: undeliveredQueueName,
      enforceSSL: true,
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(undelivered).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'It is itself the dead-letter queue of the subscriptions of this topic.',
    });
    for (const webhook of webhooks) {
      new Subscription(this, `Webhook-${webhook.name}`, {
        topic: this.topic,
        protocol: webhook.url.startsWith('https:') ? SubscriptionProtocol.HTTPS : SubscriptionProtocol.HTTP,
        endpoint: webhook.url,
        filterPolicy: filterOf(webhook),
        deliveryPolicy: patientDelivery,
        deadLetterQueue: undelivered,
      });
    }
  }
}

/** Messages that name who is told reach those alone; the alarms of CloudWatch name nobody, and reach everybody. */
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
