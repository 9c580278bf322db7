/** Beats of a function as one region's CloudWatch counts them, minute by minute. */
import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { beatMetricDimensions, beatMetricName, metricNamespace } from '../src/core/names';
import type { RegionFunction } from '../src/core/region-functions';

export function beatMetric({ role, region }: RegionFunction, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: beatMetricName,
    dimensionsMap: { ...beatMetricDimensions(role, region) },
    statistic: Stats.SAMPLE_COUNT,
    period: Duration.minutes(1),
    ...options,
  });
}
