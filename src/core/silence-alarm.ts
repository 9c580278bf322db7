/** The dead-man's switch that needs no code of ours, as it is deployed and as local mode evaluates it: an alarm on beats that stop arriving. */
import type { RegionId } from './basics/brand';
import { minute } from './basics/time';
import { beatMetricDimensions, beatMetricName, type FunctionRole, metricNamespace, runbookAddress, silenceAlarmName } from './names';
import type { RegionFunction } from './region-functions';

export interface SilenceAlarm {
  readonly name: string;
  readonly description: string;
  readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: Readonly<Record<string, string>> };
  readonly statistic: 'SampleCount';
  readonly comparison: 'LessThanThreshold';
  /** Beats in a period; fewer are a breach. */
  readonly threshold: number;
  readonly periodMs: number;
  /** N of "M of N". */
  readonly evaluationPeriods: number;
  /** M of "M of N". */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'breaching';
  /** By the clock, since a sliding window looks two periods further back than it says and would fire two minutes later. */
  readonly window: 'wall-clock';
  /** How long after its creation it waits for a first beat before it counts silence. */
  readonly warmUpMs: number;
}

/** It must cover the deployment of the regions that follow. */
export const silenceWarmUpMs = 10 * minute;

/**
 * The alarm of one function, as the region that listens keeps it.
 * @param runbookUrl where the runbook can be read; the project's own where nobody has said so
 */
export function silenceAlarm(subject: RegionFunction, observer: RegionId, runbookUrl?: string | undefined): SilenceAlarm {
  const { role, region } = subject;
  return {
    name: silenceAlarmName(role, region),
    description: describe(subject, observer, runbookUrl),
    metric: { namespace: metricNamespace, name: beatMetricName, dimensions: beatMetricDimensions(role, region) },
    statistic: 'SampleCount',
    comparison: 'LessThanThreshold',
    threshold: 1,
    periodMs: minute,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: 'breaching',
    window: 'wall-clock',
    warmUpMs: silenceWarmUpMs,
  };
}

const consequence: Readonly<Record<FunctionRole, string>> = {
  prober: 'Its monitors are not probed from there, or it cannot report to this region.',
  watchdog: 'Nobody there judges again, watches the other regions or delivers what is pending, or it cannot report to this region.',
};

const sections: Readonly<Record<FunctionRole, string>> = { prober: 'silent', watchdog: 'watcher-silent' };

function describe({ role, region }: RegionFunction, observer: RegionId, runbookUrl: string | undefined): string {
  return [
    `No beat of the ${role} of ${region} has reached ${observer} for two whole minutes.`,
    consequence[role],
    `It belongs to the incident ${role}:${region}:watch, which twinwatch may have announced already.`,
    `What to do: ${runbookAddress(sections[role], runbookUrl)}`,
  ].join(' ');
}
