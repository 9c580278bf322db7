/** Probing what is due, in turn: one quick retry after a failure, and nothing beyond the end of the round. */
import type { Instant, Slot } from '../core/basics/brand';
import { hashUnit } from '../core/basics/hash';
import { isProbed, type Monitor } from '../core/config/config';
import { couldBeCut } from '../core/members';
import { type Attempt, noPhases, type Observation, outcomeOf } from '../core/observation';
import { isDue } from '../core/slots';
import { type Admission, openAdmission } from './admission';
import { sleep } from './within';
import type { World } from './world';

/** A failure is tried again after this time plus jitter, so that both tries do not meet the same hiccup. */
const retryAfterMs = 100;
const retryJitterMs = 200;
/** A try shorter than this proves nothing. */
const leastTryMs = 250;

export const dueIn = ({ self: { config } }: World, slot: Slot): readonly Monitor[] =>
  config.monitors.filter((monitor) => isProbed(monitor) && isDue(config, monitor, slot));

export interface Look {
  readonly monitors: readonly Monitor[];
  readonly slot: Slot;
  readonly giveUpAt: Instant;
}

/** Observations of all these monitors; one that the end of the round cut off is observed as not covered. */
export async function probeAll(world: World, { monitors, slot, giveUpAt }: Look): Promise<readonly Observation[]> {
  const admission = openAdmission(world.ports.clock, () => giveUpAt - leastTryMs - world.ports.clock.now());
  return Promise.all(
    monitors.map(async (monitor) => ({
      monitor: monitor.id,
      hash: monitor.hash,
      slot,
      attempts: await attempts(world, { monitor, slot, giveUpAt }, admission),
    })),
  );
}

export interface Probe {
  readonly monitor: Monitor;
  readonly slot: Slot;
  readonly giveUpAt: Instant;
}

async function attempts(world: World, probe: Probe, admission: Admission): Promise<readonly [Attempt, ...Attempt[]]> {
  const first = await tryInTurn(world, probe, admission);
  if (outcomeOf(first) === 'ok') return [first];
  const pauseMs = retryAfterMs + retryJitterMs * hashUnit(`${probe.monitor.id} ${probe.slot} ${world.self.region}`);
  if (remainingMs(world, probe) - pauseMs < leastTryMs) return [first];
  await sleep(world.ports.clock, pauseMs);
  const second = await tryInTurn(world, probe, admission);
  return outcomeOf(second) === 'not-covered' ? [first] : [first, second];
}

async function tryInTurn(world: World, probe: Probe, admission: Admission): Promise<Attempt> {
  const leave = await admission.enter(probe.monitor.budget);
  try {
    return await tryOnce(world, probe);
  } finally {
    leave();
  }
}

/** What the round cuts short says nothing of the target. */
export async function tryOnce(world: World, probe: Probe): Promise<Attempt> {
  const remaining = remainingMs(world, probe);
  if (remaining < leastTryMs) return cutOff;
  const made = await world.ports.prober.attempt(probe.monitor, Math.min(probe.monitor.timeoutMs, remaining));
  const wasCut = remaining < probe.monitor.timeoutMs && couldBeCut(made);
  return wasCut
    ? { ...made, reason: 'deadline', detail: `${made.reason} when the round had to end, after ${remaining} ms of ${probe.monitor.timeoutMs} ms` }
    : made;
}

const cutOff: Attempt = { reason: 'deadline', detail: 'the round had to end before this monitor could be probed', phases: noPhases };

const remainingMs = ({ ports }: World, { giveUpAt }: Probe): number => giveUpAt - ports.clock.now();
