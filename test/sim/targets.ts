/** The truth about the targets: which is down, for whom, and how that looks to a probe. */
import type { MonitorId, RegionId } from '../../src/core/basics/brand';
import type { Monitor } from '../../src/core/config/config';
import { answeredAs } from '../../src/core/identity';
import { type Attempt, noPhases } from '../../src/core/observation';
import type { Prober } from '../../src/engine/ports';
import type { SimulatedAnchors } from './anchors';
import type { Environment } from './environment';
import type { Events } from './events';
import type { Random } from './random';

/** `impersonated`: one stranger answers, whichever target is asked. */
export type Symptom = 'refuses' | 'status' | 'hangs' | 'impersonated';

interface Outage {
  /** The regions from which the target is down. */
  readonly from: readonly RegionId[];
  readonly symptom: Symptom;
}

export class Targets {
  private readonly current = new Map<MonitorId, Outage[]>();
  private readonly events: Events;
  private readonly random: Random;

  private readonly anchors: SimulatedAnchors;

  constructor(events: Events, random: Random, anchors: SimulatedAnchors) {
    this.events = events;
    this.random = random;
    this.anchors = anchors;
  }

  /** Breaks a target until the returned function is called. */
  break(monitor: MonitorId, from: readonly RegionId[], symptom: Symptom): () => void {
    const outage: Outage = { from, symptom };
    this.current.set(monitor, [...(this.current.get(monitor) ?? []), outage]);
    return () => {
      this.current.set(
        monitor,
        (this.current.get(monitor) ?? []).filter((other) => other !== outage),
      );
    };
  }

  proberFor(environment: Environment): Prober {
    return {
      attempt: (monitor, timeoutMs) => {
        if (monitor.id === 'canary-must-refuse')
          return this.after(2, environment, { reason: 'connect-refused', detail: 'connection refused', phases: noPhases });
        if (monitor.id === 'canary-anchor' && !this.anchors.isReachedFrom(environment.region))
          return this.after(timeoutMs, environment, { reason: 'connect-timeout', detail: 'no connection', phases: noPhases });
        const latencyMs = 15 + this.random.exponential(40);
        const outage = this.current.get(monitor.id)?.find((one) => one.from.includes(environment.region));
        const [waitMs, attempt] = outage === undefined ? healthy(latencyMs, timeoutMs) : failing(outage.symptom, { monitor, latencyMs, timeoutMs });
        return this.after(waitMs, environment, attempt);
      },
    };
  }

  private after(waitMs: number, environment: Environment, attempt: Attempt): Promise<Attempt> {
    return new Promise((resolve) => {
      this.events.in(waitMs, () => environment.deliver(() => resolve(attempt)));
    });
  }
}

type Seen = readonly [waitMs: number, attempt: Attempt];

const address = '192.0.2.10:443';

function healthy(latencyMs: number, timeoutMs: number): Seen {
  if (latencyMs >= timeoutMs) return hanging(timeoutMs);
  return [
    latencyMs,
    { reason: 'ok', detail: '', phases: { dnsMs: 0, connectMs: 10, tlsMs: 0, firstByteMs: Math.round(latencyMs) - 10, transferMs: 0 }, address },
  ];
}

function failing(symptom: Symptom, probe: { readonly monitor: Monitor; readonly latencyMs: number; readonly timeoutMs: number }): Seen {
  switch (symptom) {
    case 'refuses':
      return [2, { reason: 'connect-refused', detail: 'connection refused', phases: { ...noPhases, connectMs: 2 }, address }];
    case 'status':
      return [
        probe.latencyMs,
        { reason: 'status', detail: 'status 503, wanted 2xx', phases: { ...noPhases, firstByteMs: Math.round(probe.latencyMs) }, address },
      ];
    case 'hangs':
      return hanging(probe.timeoutMs);
    case 'impersonated':
      return [2, { reason: 'misidentified', detail: answeredAs('stranger', [probe.monitor.id]), phases: { ...noPhases, connectMs: 2 }, address }];
  }
}

const hanging = (timeoutMs: number): Seen => [
  timeoutMs,
  { reason: 'first-byte-timeout', detail: `no answer within ${timeoutMs} ms`, phases: { ...noPhases, firstByteMs: timeoutMs }, address },
];
