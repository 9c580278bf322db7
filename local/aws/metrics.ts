/** CloudWatch: the data points of the last hour, per metric. */
import type { MetricName } from './alarm/definition';
import type { DataPoint } from './alarm/evaluation';
import { type AwsCall, type Fields, fieldsOf } from './aws-call';
import { refusalAnswer, unknownAction } from './aws-refusal';
import { type Answer, jsonAnswer } from './http-exchange';

interface Metric extends MetricName {
  /** Oldest first. */
  readonly points: readonly DataPoint[];
}

const keptMs = 3_600_000;

export class Metrics {
  readonly #now: () => number;
  readonly #metrics = new Map<string, Metric>();

  constructor(now: () => number) {
    this.#now = now;
  }

  serve({ action, input }: AwsCall): Answer {
    if (action !== 'PutMetricData') return refusalAnswer('monitoring', unknownAction('monitoring', action));
    const named = listOf(input.MetricData).map(fieldsOf);
    if (named.length === 0 || named.some((datum) => typeof datum.MetricName !== 'string')) {
      return refusalAnswer('monitoring', { status: 400, code: 'MissingParameter', message: 'MetricData with a MetricName is needed' });
    }
    for (const datum of named) this.#add(String(input.Namespace), datum);
    return { ...jsonAnswer(200, {}), headers: { 'content-type': 'application/x-amz-json-1.0' } };
  }

  list(): readonly Metric[] {
    return [...this.#metrics.values()];
  }

  /** Oldest first. */
  pointsOf(metric: MetricName): readonly DataPoint[] {
    return this.#metrics.get(idOf(metric))?.points ?? [];
  }

  #add(namespace: string, datum: Fields): void {
    const name = String(datum.MetricName);
    const dimensions = dimensionsOf(datum);
    const id = idOf({ namespace, name, dimensions });
    const seconds = datum.Timestamp;
    const at = typeof seconds === 'number' ? Math.round(seconds * 1000) : this.#now();
    const values = datum.Value === undefined ? listOf(datum.Values) : [datum.Value];
    const points = [...(this.#metrics.get(id)?.points ?? []), ...values.map((value) => ({ at, value: Number(value) }))];
    const kept = points.filter((point) => point.at > this.#now() - keptMs).sort((one, other) => one.at - other.at);
    this.#metrics.set(id, { namespace, name, dimensions, points: kept });
  }
}

const idOf = ({ namespace, name, dimensions }: MetricName): string => JSON.stringify([namespace, name, inOrder(Object.entries(dimensions))]);

function dimensionsOf(datum: Fields): Readonly<Record<string, string>> {
  const pairs = listOf(datum.Dimensions).map(fieldsOf);
  return Object.fromEntries(inOrder(pairs.map(({ Name, Value }) => [String(Name), String(Value)] as const)));
}

/** The order of dimensions says nothing. */
const inOrder = (pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] =>
  pairs.toSorted(([one], [other]) => (one < other ? -1 : 1));

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
