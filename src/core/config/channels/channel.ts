/** How people and programs are told, as functions read it: subscriptions of SNS itself, and channels that the relay delivers to. */

interface Named {
  /** What the file calls it. */
  readonly name: string;
}

export interface EmailChannel extends Named {
  readonly kind: 'email';
  readonly address: string;
}

export interface WebhookChannel extends Named {
  readonly kind: 'webhook';
  readonly url: string;
}

export interface SmsChannel extends Named {
  readonly kind: 'sms';
  /** With its country, such as `+351210000000`. */
  readonly number: string;
}

export interface SqsChannel extends Named {
  readonly kind: 'sqs';
  /** The ARN of a queue, which must let the topics send. */
  readonly queue: string;
}

/** Texts of what follows may hold references to secrets. */
export interface SlackChannel extends Named {
  readonly kind: 'slack';
  readonly url: string;
  /** Put before pages, such as `<!here>`. */
  readonly mention?: string | undefined;
}

export interface TeamsChannel extends Named {
  readonly kind: 'teams';
  readonly url: string;
}

export interface DiscordChannel extends Named {
  readonly kind: 'discord';
  readonly url: string;
  /** Put before pages, such as `<@&1234>`. */
  readonly mention?: string | undefined;
}

export interface PagerdutyChannel extends Named {
  readonly kind: 'pagerduty';
  /** The integration key of a service. */
  readonly key: string;
  readonly url: string;
}

export interface OpsgenieChannel extends Named {
  readonly kind: 'opsgenie';
  readonly key: string;
  /** Where its API begins. */
  readonly url: string;
}

export interface NtfyChannel extends Named {
  readonly kind: 'ntfy';
  /** With the topic at its end. */
  readonly url: string;
  readonly token?: string | undefined;
}

export interface TelegramChannel extends Named {
  readonly kind: 'telegram';
  readonly token: string;
  readonly chat: string;
  /** Where its API begins. */
  readonly url: string;
}

export interface PostChannel extends Named {
  readonly kind: 'post';
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A template in Liquid; our own JSON where it is absent. */
  readonly body?: string | undefined;
  /** It is for subscribers: it gets what the feed says, and nothing else. */
  readonly isPublic?: true | undefined;
  /** The region that sends it a sign of life each hour; it gets nothing else. */
  readonly alwaysOn?: string | undefined;
  /** What the signature is made with; without it nothing is signed. */
  readonly sign?: string | undefined;
}

export interface AmazonqChannel extends Named {
  readonly kind: 'amazonq';
  /** The ARN of the topic that it listens to. */
  readonly topic: string;
}

export type SnsChannel = EmailChannel | WebhookChannel | SmsChannel | SqsChannel;
export type RelayChannel =
  | SlackChannel
  | TeamsChannel
  | DiscordChannel
  | PagerdutyChannel
  | OpsgenieChannel
  | NtfyChannel
  | TelegramChannel
  | AmazonqChannel
  | PostChannel;
export type Channel = SnsChannel | RelayChannel;

const ofSns: readonly unknown[] = ['email', 'webhook', 'sms', 'sqs'] satisfies readonly SnsChannel['kind'][];

/** Whether SNS itself serves channels of this kind. */
export const isKindOfSns = (kind: unknown): boolean => ofSns.includes(kind);

/** Where it leads, as it may be shown: of what the relay delivers to, an address is as good as a key. */
export function shownEndpoint(channel: Channel): string {
  switch (channel.kind) {
    case 'email':
      return channel.address;
    case 'webhook':
      return channel.url;
    case 'sms':
      return channel.number;
    case 'sqs':
      return channel.queue;
    default:
      return `${channel.kind}, by the relay`;
  }
}

/** Whether the relay delivers to it, and not SNS. */
export const isRelayed = (channel: Channel): channel is RelayChannel => !isKindOfSns(channel.kind);

/** Whether subscribers listen there, who may know what the feed says and nothing else. */
export const isForSubscribers = (channel: Channel): boolean => channel.kind === 'post' && channel.isPublic === true;

/** Whose sign of life goes there; undefined where it is told of incidents. */
export const alwaysOnOf = (channel: Channel): string | undefined => (channel.kind === 'post' ? channel.alwaysOn : undefined);

/** Whether whoever is to help is told there: what came to others is no proof that anybody knows. */
export const isForHelpers = (channel: Channel): boolean => !isForSubscribers(channel) && alwaysOnOf(channel) === undefined;

/** Whether the receiver opens and closes incidents of its own, by their key. */
export const keepsIncidents = ({ kind }: RelayChannel): boolean => kind === 'pagerduty' || kind === 'opsgenie';

interface Filtering {
  readonly channels: readonly Channel[];
  readonly routes?: readonly unknown[] | undefined;
}

/**
 * Whether some messages are not for every channel that SNS itself serves: routes leave some out, and tests and signs of life are for channels of the relay
 * alone. Then subscriptions have filter policies, and the alarms of CloudWatch, which would pass none, a topic of their own without any.
 */
export const areFiltered = ({ channels, routes = [] }: Filtering): boolean =>
  channels.some((channel) => !isRelayed(channel)) && (routes.length > 0 || channels.some(isRelayed));
