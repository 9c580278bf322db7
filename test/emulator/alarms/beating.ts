/** Beats of every function into every region, as the functions themselves would publish them; each may fall silent. */
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Clients } from '../clients';
import type { Metric } from './deployment';

export interface Beating {
  silence(metric: Metric): void;
  resume(metric: Metric): void;
  /** When beats of it arrived, oldest first. */
  beatsOf(metric: Metric): readonly number[];
  stop(): Promise<void>;
}

/** Often enough that none of the periods lacks one by chance. */
const everyMs = 2500;

export function beat(clients: Clients, regions: readonly string[], metrics: readonly Metric[]): Beating {
  const silent = new Set<string>();
  const sent = new Map<string, number[]>(metrics.map((metric) => [nameOf(metric), []]));
  let isOver = false;
  const turn = async (): Promise<void> => {
    const beating = metrics.filter((metric) => !silent.has(nameOf(metric)));
    await Promise.all(regions.map((region) => Promise.all(beating.map((metric) => clients.metrics(region).send(beatOf(metric))))));
    for (const metric of beating) sent.get(nameOf(metric))?.push(Date.now());
  };
  const turns = (async () => {
    while (!isOver) {
      const begunAt = Date.now();
      await turn();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, begunAt + everyMs - Date.now())));
    }
  })();
  // It is awaited at the end; until then a failure must not count as one that nobody looks at.
  turns.catch(() => undefined);
  return {
    silence: (metric) => void silent.add(nameOf(metric)),
    resume: (metric) => void silent.delete(nameOf(metric)),
    beatsOf: (metric) => sent.get(nameOf(metric)) ?? [],
    stop: () => {
      isOver = true;
      return turns;
    },
  };
}

const beatOf = ({ Namespace, MetricName, Dimensions }: Metric): PutMetricDataCommand =>
  new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Dimensions, Value: 1, Timestamp: new Date(), StorageResolution: 1 }] });

const nameOf = (metric: Metric): string => JSON.stringify(metric);
