/** Probing what is due, in turn: one quick retry after a failure, and nothing beyond the end of the round. */
import type { Instant, MonitorId, Slot } from '../core/basics/brand';
import { hashUnit } from '../core/basics/hash';
import { isProbed, type Monitor } from '../core/config/config';
import { couldBeCut } from '../core/members';
import { type Attempt, noPhases, type Observation, outcomeOf, totalMs } from '../core/observation';
import { isDue } from '../core/slots';
import { type Admission, openAdmission } from './admission';
import { sleep } from './within';
import type { Self, World } from './world';

/** What whoever probes needs of the world. */
export interface Probing {
  readonly self: Pick<Self, 'region' | 'config'>;
  readonly ports: Pick<World['ports'], 'clock' | 'prober'>;
}

/** A failure is tried again after this time plus jitter, so that both tries do not meet the same hiccup. */
const retryAfterMs = 100;
const retryJitterMs = 200;
/** A try shorter than this proves nothing. */
const leastTryMs = 250;

export const dueIn = ({ self: { config } }: Probing, slot: Slot): readonly Monitor[] =>
  config.monitors.filter((monitor) => isProbed(monitor) && isDue(config, monitor, slot));

export interface Look {
  readonly monitors: readonly Monitor[];
  readonly slot: Slot;
  readonly giveUpAt: Instant;
  /** Where what is seen is put down as soon as it is seen. */
  readonly soFar?: SoFar | undefined;
}

/** What a round has seen that is not over yet. */
export interface SoFar {
  readonly observations: Observation[];
  /** The canaries that were tried, by their ids. */
  readonly canaries: Map<MonitorId, Attempt>;
  /** Whether the region could believe what it sees, when it asked itself. */
  sight?: Promise<boolean>;
}

/** Observations of all these monitors; one that the end of the round cut off is observed as not covered. */
export function probeAll(world: Probing, { monitors, slot, giveUpAt, soFar }: Look): Promise<readonly Observation[]> {
  const admission = openAdmission(world.ports.clock, () => giveUpAt - leastTryMs - world.ports.clock.now());
  return Promise.all(monitors.map((monitor) => observed(world, { monitor, slot, giveUpAt, soFar }, admission)));
}

export interface Probe {
  readonly monitor: Monitor;
  readonly slot: Slot;
  readonly giveUpAt: Instant;
}

/** A thousand wait at the same time: what waits is no more than its place. */
function observed(world: Probing, probe: Probe & Pick<Look, 'soFar'>, admission: Admission): Promise<Observation> {
  const { monitor, slot, soFar } = probe;
  return tryInTurn(world, probe, admission).then(async (first) => {
    const attempts: Observation['attempts'] = outcomeOf(first) === 'ok' ? [first] : await tryAgain(world, { probe, first }, admission);
    const observation = { monitor: monitor.id, hash: monitor.hash, slot, attempts };
    soFar?.observations.push(observation);
    return observation;
  });
}

/** Where there is time for as long a try as the first: one that is cut short before says nothing, and holds up the round. */
async function tryAgain(
  world: Probing,
  { probe, first }: { readonly probe: Probe; readonly first: Attempt },
  admission: Admission,
): Promise<Observation['attempts']> {
  const pauseMs = retryAfterMs + retryJitterMs * hashUnit(`${probe.monitor.id} ${probe.slot} ${world.self.region}`);
  if (remainingMs(world, probe) - pauseMs < Math.max(leastTryMs, totalMs(first.phases))) return [first];
  await sleep(world.ports.clock, pauseMs);
  const second = await tryInTurn(world, probe, admission);
  return outcomeOf(second) === 'not-covered' ? [first] : [first, second];
}

function tryInTurn(world: Probing, probe: Probe, admission: Admission): Promise<Attempt> {
  return new Promise((resolve, reject) => {
    admission.enter(probe.monitor.budget, (leave) => {
      tryOnce(world, probe).then(
        (made) => {
          leave();
          resolve(made);
        },
        (error: unknown) => {
          leave();
          reject(error);
        },
      );
    });
  });
}

/** What the round cuts short says nothing of the target. */
export async function tryOnce(world: Probing, probe: Probe): Promise<Attempt> {
  const remaining = remainingMs(world, probe);
  if (remaining < leastTryMs) return cutOff;
  const made = await world.ports.prober.attempt(probe.monitor, Math.min(probe.monitor.timeoutMs, remaining));
  const wasCut = remaining < probe.monitor.timeoutMs && couldBeCut(made);
  return wasCut
    ? { ...made, reason: 'deadline', detail: `${made.reason} when the round had to end, after ${remaining} ms of ${probe.monitor.timeoutMs} ms` }
    : made;
}

const cutOff: Attempt = { reason: 'deadline', detail: 'the round had to end before this monitor could be probed', phases: noPhases };

const remainingMs = ({ ports }: Probing, { giveUpAt }: Probe): number => giveUpAt - ports.clock.now();
