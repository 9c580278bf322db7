/** SNS: the one topic of this region and its subscriptions. `Publish` is answered at once; deliveries go their own way. */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { alarmTopicName, topicArn } from '../../src/core/names';
import type { AwsCall } from './aws-call';
import { refusalAnswer, unknownAction } from './aws-refusal';
import type { DeliveryEvent, EdgeSpec, Subscription, Tell } from './edge-messages';
import { isWanted } from './filter-policy';
import type { Answer } from './http-exchange';
import type { Outcome } from './invocation';
import { invokeUntilTaken, lambdaRetryAfterMs } from './lambda-delivery';
import { writeMail } from './mail-delivery';
import { Outgoing, type Parcel } from './outgoing';
import { type EnvelopeFacts, notification, notificationEvent, notificationHeaders } from './sns-envelope';
import { type SigningKey, signingKey } from './sns-key';
import { readSnsMessage, type SnsMessage } from './sns-message';
import { type Delivered, deliver, snsRetryAfterMs } from './webhook-delivery';

export interface TopicParts {
  readonly spec: EdgeSpec;
  readonly tell: Tell;
  readonly edgeUrl: () => string;
  /** Runs a function of this region with an event. */
  readonly invoke: (name: string, payload: string) => Promise<Outcome>;
}

interface Dispatch {
  readonly subscription: Subscription;
  readonly parcel: Parcel;
}

export class Topic {
  readonly #parts: TopicParts;
  readonly #arn: string;
  readonly #key: () => SigningKey;
  readonly #outgoing: Outgoing;
  #isMute = false;

  constructor(parts: TopicParts) {
    this.#parts = parts;
    this.#arn = topicArn(parts.spec.account, parts.spec.region);
    this.#key = signingKey(join(parts.spec.dataDir, 'sns-key.pem'));
    this.#outgoing = new Outgoing(join(parts.spec.dataDir, 'outgoing'));
  }

  /** What was accepted before the edge was ended goes on its way again. Who no longer listens is told nothing. */
  start(): void {
    for (const parcel of this.#outgoing.left()) {
      const subscription = this.#parts.spec.subscriptions.find(({ name }) => name === parcel.to);
      if (subscription === undefined) this.#outgoing.forget(parcel);
      else void this.#dispatch({ subscription, parcel });
    }
  }

  get certificate(): string {
    return this.#key().certificate;
  }

  #topics(): readonly string[] {
    const { spec } = this.#parts;
    return spec.hasAlarmTopic === true ? [this.#arn, topicArn(spec.account, spec.region, alarmTopicName)] : [this.#arn];
  }

  /** While it is mute it accepts nothing. */
  setMute(isMute: boolean): void {
    this.#isMute = isMute;
  }

  serve(call: AwsCall): Answer {
    if (call.action === 'ListSubscriptions') return listAnswer(this.#topics(), this.#parts.spec);
    if (call.action !== 'Publish') return refusalAnswer('sns', unknownAction('sns', call.action));
    if (this.#isMute) return refusalAnswer('sns', { status: 500, code: 'InternalFailure', message: 'The request processing has failed.' });
    if (call.input.TopicArn !== this.#arn) return refusalAnswer('sns', { status: 404, code: 'NotFound', message: 'Topic does not exist' });
    const message = readSnsMessage(call);
    if ('status' in message) return refusalAnswer('sns', message);
    return publishAnswer(this.publish(message));
  }

  /** To everyone who wants it; what becomes of it is told. Returns the id of the message. */
  publish(message: SnsMessage): string {
    return this.#publish(message, ({ filterPolicy }) => isWanted(filterPolicy, message.attributes));
  }

  /** What an alarm says: by the topic of alarms, where nobody has a filter policy. */
  publishAlarm(message: SnsMessage): string {
    return this.#publish(message, ({ filterPolicy }) => this.#parts.spec.hasAlarmTopic === true || isWanted(filterPolicy, message.attributes));
  }

  #publish({ subject, attributes, bodyFor }: SnsMessage, isFor: (subscription: Subscription) => boolean): string {
    const messageId = randomUUID();
    const at = new Date().toISOString();
    for (const subscription of this.#parts.spec.subscriptions) {
      if (!isFor(subscription)) continue;
      const parcel = { to: subscription.name, messageId, at, subject, attributes, body: bodyFor(subscription.protocol) };
      this.#outgoing.keep(parcel);
      void this.#dispatch({ subscription, parcel });
    }
    return messageId;
  }

  async #dispatch(dispatch: Dispatch): Promise<void> {
    try {
      await this.#send(dispatch);
    } catch (error) {
      this.#tell(dispatch, { status: 'given-up', attempts: 1, detail: String(error) });
    }
    this.#outgoing.forget(dispatch.parcel);
  }

  #send(dispatch: Dispatch): Promise<void> {
    switch (dispatch.subscription.protocol) {
      case 'http':
      case 'https':
        return this.#post(dispatch);
      case 'lambda':
        return this.#invoke(dispatch);
      case 'email':
      case 'sms':
      case 'sqs':
        return this.#mail(dispatch);
    }
  }

  async #invoke(dispatch: Dispatch): Promise<void> {
    const payload = JSON.stringify(notificationEvent(this.#factsOf(dispatch)));
    await invokeUntilTaken({
      invoke: () => this.#parts.invoke(dispatch.subscription.endpoint, payload),
      tell: (delivered) => this.#tell(dispatch, delivered),
      retryAfterMs: lambdaRetryAfterMs,
    });
  }

  async #mail(dispatch: Dispatch): Promise<void> {
    const { subscription, parcel } = dispatch;
    const { dataDir, region } = this.#parts.spec;
    const { body, at, messageId, subject = 'AWS Notification Message' } = parcel;
    const file = await writeMail(join(dirname(dataDir), 'mail'), { to: subscription.endpoint, subject, body, at, region, messageId });
    this.#tell(dispatch, { status: 'delivered', attempts: 1, detail: file });
  }

  async #post(dispatch: Dispatch): Promise<void> {
    const facts = this.#factsOf(dispatch);
    const post = { url: dispatch.subscription.endpoint, headers: notificationHeaders(facts), body: JSON.stringify(notification(facts)) };
    await deliver({ post, tell: (delivered) => this.#tell(dispatch, delivered), retryAfterMs: snsRetryAfterMs });
  }

  #factsOf({ subscription, parcel }: Dispatch): EnvelopeFacts {
    return {
      messageId: parcel.messageId,
      message: parcel,
      at: parcel.at,
      topicArn: this.#arn,
      subscriptionArn: `${this.#arn}:${subscription.name}`,
      body: parcel.body,
      edgeUrl: this.#parts.edgeUrl(),
      privateKey: this.#key().privateKey,
    };
  }

  #tell({ subscription, parcel: { messageId } }: Dispatch, delivered: Delivered): void {
    const event: DeliveryEvent = {
      kind: 'delivery',
      topic: this.#arn,
      subscription: subscription.name,
      protocol: subscription.protocol,
      endpoint: subscription.endpoint,
      messageId,
      ...delivered,
      at: new Date().toISOString(),
    };
    this.#parts.tell(event);
  }
}

const publishAnswer = (messageId: string): Answer => xmlAnswer('Publish', `<MessageId>${messageId}</MessageId>`);

/** Here everybody has confirmed. */
function listAnswer(topics: readonly string[], { subscriptions, account }: EdgeSpec): Answer {
  const listed = topics.flatMap((topic) => subscriptions.map((subscription) => ({ topic, ...subscription })));
  const members = listed.map(({ topic, name, protocol, endpoint }) => {
    const fields = {
      TopicArn: topic,
      Protocol: protocol,
      SubscriptionArn: `${topic}:${name}`,
      Owner: account,
      Endpoint: protocol === 'lambda' ? functionOf(topic, endpoint) : endpoint,
    };
    return `<member>${Object.entries(fields)
      .map(([field, value]) => `<${field}>${escaped(value)}</${field}>`)
      .join('')}</member>`;
  });
  return xmlAnswer('ListSubscriptions', `<Subscriptions>${members.join('')}</Subscriptions>`);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function xmlAnswer(action: string, result: string): Answer {
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  const content = `<${action}Result>${result}</${action}Result>${metadata}`;
  const body = `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${content}</${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** SNS knows a function by its ARN; here it is known by its name. */
const functionOf = (topic: string, name: string): string => `${topic.split(':').slice(0, 5).join(':').replace(':sns:', ':lambda:')}:function:${name}`;
