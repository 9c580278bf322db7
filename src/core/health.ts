/** One region's own memory of one monitor: what it saw last, how often in a row, and its own health with hysteresis. */
import type { MonitorHash, Slot } from './basics/brand';
import { second } from './basics/time';
import type { Monitor } from './config/config';
import { identityOf, isProvenBy } from './identity';
import { type Attempt, decidingAttempt, type Observation, outcomeOf, type Phases, type Reason } from './observation';

export type Health = 'up' | 'down' | 'unknown';

/** The newest sample of one monitor in one region, with what came before it. */
export interface Sample {
  readonly hash: MonitorHash;
  /** The slot of the newest sample. */
  readonly slot: Slot;
  readonly ok: boolean;
  /** Samples in a row with the same outcome as the newest, itself included. */
  readonly run: number;
  /** The slot in which that run began. */
  readonly runSince: Slot;
  /** Own health: `downAfter` or `upAfter` samples in a row change it. */
  readonly health: Health;
  /** Outcomes of the latest intervals, newest in the lowest bit, 1 = failed; 0 where nothing was sampled, as before the first sample. */
  readonly failedBits: number;
  /** Latency of the first attempt, by phase. */
  readonly phases: Phases;
  readonly reason: Reason;
  readonly detail: string;
  readonly address: string;
  /** Of a failing one that proves nothing: when it was last proven who answers, where that is known and somebody is named. */
  readonly provenSlot?: Slot | undefined;
}

/** Of how many intervals the outcomes are remembered one by one. */
export const rememberedOutcomes = 20;
/** A run that is longer counts as so many. */
export const mostCounted = 0xffff;

/** The sample after an observation; one that covered nothing leaves the memory as it was. */
export function advanceSample(before: Sample | undefined, observation: Observation, monitor: Monitor): Sample | undefined {
  const deciding = decidingAttempt(observation);
  const outcome = outcomeOf(deciding);
  const known = before?.hash === monitor.hash ? before : undefined;
  if (outcome === 'not-covered') return known;
  const ok = outcome === 'ok';
  const goesOn = known !== undefined && known.ok === ok;
  const run = goesOn ? Math.min(known.run + 1, mostCounted) : 1;
  return {
    hash: monitor.hash,
    slot: observation.slot,
    ok,
    run,
    runSince: goesOn ? known.runSince : observation.slot,
    health: healthAfter(known?.health ?? 'unknown', { ok, run }, monitor),
    failedBits: (known === undefined ? 0 : shifted(known, observation.slot, monitor)) | (ok ? 0 : 1),
    phases: observation.attempts[0].phases,
    reason: deciding.reason,
    detail: deciding.detail,
    address: deciding.address ?? '',
    ...provenBefore(known, deciding, monitor),
  };
}

/** Rounds that were missed have their places too: bits of several regions are compared by their times. */
function shifted({ failedBits, slot }: Sample, to: Slot, { intervalMs }: Monitor): number {
  const intervals = Math.max(1, Math.round(((to - slot) * second) / intervalMs));
  return intervals >= rememberedOutcomes ? 0 : (failedBits << intervals) & (2 ** rememberedOutcomes - 1);
}

/** The slot in which it was last proven who answers, as the newest sample shows or remembers. */
export function provenSlotOf(sample: Sample | undefined): Slot | undefined {
  return sample === undefined || isProvenBy(sample) ? sample?.slot : sample.provenSlot;
}

function provenBefore(before: Sample | undefined, newest: Attempt, { probe }: Monitor): Pick<Sample, 'provenSlot'> {
  const provenSlot = isProvenBy(newest) || identityOf(probe) === undefined ? undefined : provenSlotOf(before);
  return provenSlot === undefined ? {} : { provenSlot };
}

function healthAfter(before: Health, newest: { readonly ok: boolean; readonly run: number }, monitor: Monitor): Health {
  if (newest.ok) return newest.run >= monitor.upAfter ? 'up' : before;
  return newest.run >= monitor.downAfter ? 'down' : before;
}
