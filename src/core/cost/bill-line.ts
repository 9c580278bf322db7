/** One line of the bill: how much of what, where, and what that costs in a month of 730 hours. */
import type { RegionId } from '../basics/brand';

export const hoursPerMonth = 730;
export const minutesPerMonth = hoursPerMonth * 60;
export const gigabyte = 2 ** 30;

export type Service =
  | 'DynamoDB'
  | 'Lambda'
  | 'CloudWatch'
  | 'CloudWatch Logs'
  | 'EventBridge Scheduler'
  | 'SQS'
  | 'SNS'
  | 'Secrets Manager'
  | 'VPC'
  | 'data transfer';

export interface BillLine {
  readonly service: Service;
  readonly region: RegionId;
  /** What is paid for, such as `writes`. */
  readonly what: string;
  readonly quantity: number;
  /** Of the quantity, such as `units` or `GB-month`. */
  readonly unit: string;
  readonly usd: number;
}

interface Priced {
  readonly quantity: number;
  readonly unit: string;
  /** Of one. */
  readonly price: number;
}

export function line(named: Pick<BillLine, 'service' | 'region' | 'what'>, { quantity, unit, price }: Priced): BillLine {
  return { ...named, quantity, unit, usd: quantity * price };
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
