/** One probe as a round makes it: a failure is tried once more. */
import type { Finding, ProberOptions } from '../../src/adapters/probes/means';
import type { Monitor } from '../../src/core/config/config';
import { type Attempt, outcomeOf } from '../../src/core/observation';
import type { Prober } from '../../src/engine/ports';

export interface Tried extends Attempt {
  /** All that was looked at, in this order. */
  readonly findings: readonly Finding[];
}

export interface Probed {
  readonly monitor: Monitor;
  readonly attempts: readonly [Tried, ...Tried[]];
}

export interface AllProbed {
  readonly probed: readonly Probed[];
  /** Those that call us. */
  readonly calling: readonly Monitor[];
}

export const callingWords = (id: string): string => `it calls us; \`twinwatch why ${id}\` says when it last did`;

const retryAfterMs = 200;

export async function probeOnce(monitor: Monitor, proberWith: (tell: ProberOptions['tell']) => Prober): Promise<Probed> {
  const attempt = async (): Promise<Tried> => {
    const findings: Finding[] = [];
    const made = await proberWith((finding) => findings.push(finding)).attempt(monitor, monitor.timeoutMs);
    return { ...made, findings };
  };
  const first = await attempt();
  if (outcomeOf(first) === 'ok') return { monitor, attempts: [first] };
  await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  return { monitor, attempts: [first, await attempt()] };
}
