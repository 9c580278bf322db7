/** Beat metrics: what the alarms of each region miss when a function stops. */
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { beatMetricDimensions, beatMetricName, metricNamespace } from '../../core/names';
import type { BeatMetrics } from '../../engine/ports';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

const publishLimitMs = 1500;

export function createBeatMetrics(): BeatMetrics {
  return {
    async publish(into, role, of, at) {
      const dimensions = Object.entries(beatMetricDimensions(role, of)).map(([Name, Value]) => ({ Name, Value }));
      const command = new PutMetricDataCommand({
        Namespace: metricNamespace,
        MetricData: [{ MetricName: beatMetricName, Dimensions: dimensions, Timestamp: new Date(at), Value: 1, Unit: 'Count' }],
      });
      const call = { what: `metrics ${into}: PutMetricData`, limitMs: publishLimitMs };
      await limited(call, (signal) => clientOf(into).send(command, { abortSignal: signal }));
    },
  };
}

const clientOf = oncePerRegion((region) => new CloudWatchClient(clientOptions(region)));
