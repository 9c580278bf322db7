/** Whether a region that reports really covers what it should: a beat is proof of work only if the work was done. */
import type { MonitorId } from './basics/brand';
import { second } from './basics/time';
import type { Head } from './beat';
import { disbelief } from './canary';
import { type Config, isProbed, type Monitor } from './config/config';
import { mostPauseMs } from './heartbeat/receiving';
import type { Work } from './watch';

export interface Coverage {
  readonly work: Work;
  /** Monitors that were left out. */
  readonly skipped: readonly MonitorId[];
  readonly reason: string;
  /** Whether it has been seen for long enough to say that it is whole. */
  readonly isSure: boolean;
}

/**
 * `seenMs`: for how long this observer has seen that region report without a break, with this configuration. Whatever was due
 * twice in that time and was not covered is skipped; that is told by the age of each sample, so a vector that no longer moves is seen too.
 */
export function coverageOf(head: Head, config: Config, seenMs: number): Coverage {
  if (head.canaries !== 'right') return { work: 'lying', skipped: [], reason: disbelief[head.canaries], isSure: true };
  if (head.configHash !== config.hash || config.monitors.length === 0) return ofOtherConfiguration(head, seenMs);
  const overdue = overdueIn(head, config);
  const skipped = overdue.flatMap(({ monitor, patienceMs }) => (seenMs > patienceMs ? [monitor] : []));
  if (skipped.length === 0) return { ...whole, isSure: overdue.length === 0 };
  return { work: 'skipping', skipped: skipped.map(({ id }) => id), reason: reasonOf(skipped, config), isSure: true };
}

function reasonOf(skipped: readonly Monitor[], { monitors }: Config): string {
  if (skipped.some(isProbed)) return `${skipped.length} of ${monitors.length} monitors were due and not covered`;
  return `its inbox takes no pings: ${skipped.length} of ${monitors.length} monitors call in vain`;
}

const whole: Coverage = { work: 'whole', skipped: [], reason: 'every monitor is covered', isSure: true };

/** Of another configuration only this is known: one that holds nothing at all is none. */
function ofOtherConfiguration({ samples, expected }: Head, seenMs: number): Coverage {
  if (samples.length > 0 || expected > 0) return whole;
  if (seenMs <= emptyPatienceMs) return { ...whole, isSure: false };
  return { work: 'skipping', skipped: [], reason: 'its configuration holds no monitors', isSure: true };
}

const emptyPatienceMs = 60 * second;

interface Overdue {
  readonly monitor: Monitor;
  readonly patienceMs: number;
}

const known = new WeakMap<Head, { readonly config: Config; readonly overdue: readonly Overdue[] }>();

/** A head is looked at many times before a newer one comes. */
function overdueIn(head: Head, config: Config): readonly Overdue[] {
  const before = known.get(head);
  if (before?.config === config) return before.overdue;
  const slots = new Map(head.samples.map((sample) => [sample.hash, sample.slot]));
  const overdue: Overdue[] = [];
  for (const monitor of config.monitors.filter(isProbed)) {
    const slot = slots.get(monitor.hash);
    const patienceMs = 2 * monitor.intervalMs + monitor.timeoutMs;
    if (slot === undefined || (head.slot - slot) * second > patienceMs) overdue.push({ monitor, patienceMs });
  }
  overdue.push(...callingInVain(head, config));
  known.set(head, { config, overdue });
  return overdue;
}

/** Silence of those that call us proves nothing while the inbox is dark; where the prober is at work meanwhile, that is told. */
function callingInVain({ receiving, startedAt }: Head, { monitors, beatIntervalMs }: Config): readonly Overdue[] {
  const patienceMs = mostPauseMs(beatIntervalMs);
  if (startedAt - (receiving?.at(-1)?.to ?? 0) <= patienceMs) return [];
  return monitors.flatMap((monitor) => (isProbed(monitor) ? [] : [{ monitor, patienceMs }]));
}
