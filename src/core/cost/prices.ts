/**
 * List prices of AWS in USD, before free tiers, of the first tier each. They are a copy with a date, not a question to AWS:
 * a cost is computed without network or credentials, and says of when its prices are.
 */
import type { RegionId } from '../basics/brand';

export const pricesOf = {
  date: '2026-11-20',
  source: 'AWS Price List: bulk offer files of us-east-1 (2026-09-06) and eu-west-1 (2026-10-04); aws.amazon.com pricing pages where the list has no entry',
  /** Not seen in the list, or only quoted by others. */
  unconfirmed:
    'replicated writes, PutMetricData and the dashboard in eu-west-1 (as in us-east-1, writes as writes there), EventBridge Scheduler, SNS deliveries, text messages, Secrets Manager, SQS in us-east-1, Route 53, NAT gateways',
  url: 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json',
};

export interface Prices {
  /** For one write of up to 1 KB, and the same again in each other replica. */
  readonly writeUnit: number;
  readonly replicatedWriteUnit: number;
  /** For one consistent read of up to 4 KB. */
  readonly readUnit: number;
  readonly tableGbMonth: number;
  readonly pointInTimeRecoveryGbMonth: number;
  readonly lambdaRequest: number;
  readonly lambdaArmGbSecond: number;
  readonly schedulerInvocation: number;
  readonly queueRequest: number;
  readonly metricMonth: number;
  readonly alarmMonth: number;
  readonly dashboardMonth: number;
  readonly putMetricData: number;
  readonly logGbIngested: number;
  readonly logGbMonth: number;
  readonly topicPublish: number;
  readonly emailDelivery: number;
  readonly webhookDelivery: number;
  readonly secretMonth: number;
  readonly secretRead: number;
  readonly gbToInternet: number;
  readonly gbToOtherRegion: number;
  readonly natGatewayHour: number;
  readonly natGatewayGb: number;
}

const million = 1_000_000;

const virginia: Prices = {
  writeUnit: 0.625 / million,
  replicatedWriteUnit: 0.625 / million,
  readUnit: 0.125 / million,
  tableGbMonth: 0.25,
  pointInTimeRecoveryGbMonth: 0.2,
  lambdaRequest: 0.2 / million,
  lambdaArmGbSecond: 0.0000133334,
  schedulerInvocation: 1 / million,
  queueRequest: 0.4 / million,
  metricMonth: 0.3,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  putMetricData: 0.01 / 1000,
  logGbIngested: 0.5,
  logGbMonth: 0.03,
  topicPublish: 0.5 / million,
  emailDelivery: 2 / 100_000,
  webhookDelivery: 0.6 / million,
  secretMonth: 0.4,
  secretRead: 0.05 / 10_000,
  gbToInternet: 0.09,
  gbToOtherRegion: 0.02,
  natGatewayHour: 0.045,
  natGatewayGb: 0.045,
};

const ireland: Prices = {
  ...virginia,
  writeUnit: 0.705 / million,
  replicatedWriteUnit: 0.705 / million,
  readUnit: 0.1415 / million,
  tableGbMonth: 0.283,
  pointInTimeRecoveryGbMonth: 0.22,
  logGbIngested: 0.57,
  natGatewayHour: 0.048,
  natGatewayGb: 0.048,
};

/**
 * A text message of one part, by the country of the number, whatever the region: the price that AWS asks, and a fee of the carrier where it takes
 * one. Rough on purpose: the United States ask about 0.006 to 0.01 with the fee; elsewhere stands what Japan cost on AWS's own page
 * on 2026-05-18 (0.0745); some countries are above 0.50.
 */
export const textMessages = {
  unitedStates: { prefix: '+1', usd: 0.01 },
  elsewhere: { usd: 0.075 },
  url: 'https://aws.amazon.com/end-user-messaging/pricing/',
};

/** What others ask for the same: a run of a CloudWatch Synthetics canary, and a Route 53 health check of an address outside of AWS. */
export const pricesElsewhere = {
  canaryRun: 0.0012,
  healthCheckMonth: 0.75,
  /** For each of HTTPS, string matching, latency, and an interval of 10 s. */
  healthCheckFeatureMonth: 2,
};

const listed: Readonly<Record<string, Prices>> = { 'us-east-1': virginia, 'eu-west-1': ireland };
/** The lists of these are alike in all that is used here. */
const likeVirginia: readonly string[] = ['us-east-2', 'us-west-2'];

export interface PriceList {
  readonly prices: Prices;
  /** The region whose list this is, where that of the region itself is not known here; its own may be dearer. */
  readonly assumedFrom: string | undefined;
}

export function priceListOf(region: RegionId): PriceList {
  const own = listed[region];
  if (own !== undefined) return { prices: own, assumedFrom: undefined };
  return likeVirginia.includes(region) ? { prices: virginia, assumedFrom: 'us-east-1' } : { prices: ireland, assumedFrom: 'eu-west-1' };
}
