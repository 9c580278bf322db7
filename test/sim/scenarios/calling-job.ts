/** A job that calls an inbox in time, but while it is dead: it is missed from its deadline on, until it calls again. */
import type { RegionId } from '../../../src/core/basics/brand';
import type { Monitor } from '../../../src/core/config/config';
import type { HeartbeatProbe } from '../../../src/core/config/kinds/heartbeat/probe';
import type { Fault } from '../faults';
import type { World } from '../world';

interface Stretch {
  readonly begins: number;
  readonly ends: number;
}

export interface Calling extends Stretch {
  readonly into: RegionId;
  readonly dead?: (Stretch & { /** Where silence proved nothing at its deadline: from when on it does. */ readonly provenAt?: number | undefined }) | undefined;
}

/** Plans its calls. Returns what is wrong with it, if anything is. */
export function planCalls({ id, probe }: Monitor, { into, begins, ends, dead }: Calling, { events, elapsedMs, config, inboxes }: World): readonly Fault[] {
  const { token, everyMs, graceMs } = everyOf(probe);
  const times = Array.from({ length: Math.ceil((ends - begins) / everyMs) }, (_, index) => begins + index * everyMs);
  const called = times.filter((time) => dead === undefined || time < dead.begins || time >= dead.ends);
  for (const time of called) events.quietlyIn(time - elapsedMs, () => inboxes.call(into, `/ping/${token}`));
  if (dead === undefined) return [];
  const last = Math.max(...called.filter((time) => time < dead.begins));
  const again = called.find((time) => time >= dead.ends) ?? ends;
  return [
    { kind: 'target-down', monitor: id, from: config.regions.probers, symptom: 'status', begins: dead.provenAt ?? last + everyMs + graceMs, ends: again },
  ];
}

function everyOf(probe: Monitor['probe']): Pick<HeartbeatProbe, 'token' | 'graceMs'> & { readonly everyMs: number } {
  if (probe.kind !== 'heartbeat' || probe.times.kind !== 'every') throw new Error('only what calls us every so often is simulated');
  return { token: probe.token, graceMs: probe.graceMs, everyMs: probe.times.everyMs };
}
