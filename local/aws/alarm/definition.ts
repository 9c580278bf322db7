/** What an alarm is told to watch, and what a region remembers of it. */

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** How periods are judged. */
export interface AlarmRule {
  readonly periodMs: number;
  /** N of "M of N". */
  readonly evaluationPeriods: number;
  /** M of "M of N". */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  /** By the clock it looks at N periods and no further; sliding it may look further back for what is missing. */
  readonly window: 'sliding' | 'wall-clock';
}

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface AlarmDefinition extends AlarmRule {
  readonly name: string;
  readonly description: string;
  readonly metric: MetricName;
  readonly statistic: 'SampleCount';
  readonly comparison: 'LessThanThreshold';
  readonly threshold: number;
  /** So long it may wait after its creation for its window to fill. 0 for an alarm without a warm-up. */
  readonly warmUpMs: number;
}

/** What outlives the process of its region. Times are milliseconds since 1970. */
export interface AlarmMemory {
  readonly state: AlarmState;
  readonly reason: string;
  /** When it took this state. */
  readonly since: number;
  readonly createdAt: number;
  /** A warm-up ends once and never begins again. */
  readonly isWarm: boolean;
}

/** CloudWatch has a new alarm in this state before it looks for the first time. */
export const newAlarm = (createdAt: number): AlarmMemory => ({
  state: 'INSUFFICIENT_DATA',
  reason: 'Unchecked: Initial alarm creation',
  since: createdAt,
  createdAt,
  isWarm: false,
});
