/** What a fault takes away while it lasts, in the terms that promises are made in: whatever can go wrong, few things can be missing. */
import type { MonitorId, RegionId } from '../../../src/core/basics/brand';
import type { FunctionRole } from '../../../src/core/names';
import type { BadDeploy } from '../afflictions';
import { bothWays, type Fault } from '../faults';
import type { Direction } from '../network';
import type { Interval } from './intervals';

export type Harm = Interval &
  (
    | {
        /** `rounds`: its prober finishes no round; `some-rounds`: now and then it does; `ticks`: no schedule invokes it; `looks`: its watchdog makes no look. */
        readonly takes: 'rounds' | 'some-rounds' | 'ticks' | 'looks' | 'some-looks';
        readonly region: RegionId;
      }
    /** The replica there answers nobody, or not all, or not soon; `region` may not use AWS; its topic, its clock, one that is set again and again, its anchors, its way to the switch outside. */
    | { readonly takes: 'store' | 'rights' | 'topic' | 'clock' | 'steady-clock' | 'anchors' | 'outside'; readonly region: RegionId }
    /** What its rounds say is not worth anything: false, left out, of no monitor at all, or of an older configuration. */
    | { readonly takes: 'truth' | 'cover' | 'everything-expected' | 'newest-configuration'; readonly region: RegionId }
    /** Its code throws or hangs, or is killed: how its invocations end is no news. */
    | { readonly takes: 'code'; readonly region: RegionId; readonly role: FunctionRole }
    | { readonly takes: 'calls' | 'replication'; readonly from: RegionId; readonly to: RegionId }
    /** `isImpersonated`: somebody else answers for it. */
    | { readonly takes: 'target'; readonly monitor: MonitorId; readonly from: readonly RegionId[]; readonly isImpersonated?: true }
    /** Nothing new may be told of these. */
    | { readonly takes: 'voice'; readonly monitors: readonly MonitorId[] }
  );

export type Taken = Harm['takes'];

export const harmsOf = (faults: readonly Fault[]): readonly Harm[] => faults.flatMap((fault) => whatItTakes(fault).map((taken) => during(fault, taken)));

/** A harm without its time. */
type Loss = Harm extends infer One ? (One extends Interval ? Omit<One, keyof Interval> : never) : never;

const during = ({ begins, ends }: Interval, loss: Loss): Harm => ({ ...loss, begins, ends }) as Harm;

function whatItTakes(fault: Fault): readonly Loss[] {
  switch (fault.kind) {
    case 'link-cut':
      return fault.directions.flatMap(linkOf);
    case 'replication-stalled':
    case 'replication-disordered':
      return fault.directions.map(({ from, to }): Loss => ({ takes: 'replication', from, to }));
    case 'isolated':
      return [
        ...fault.others.flatMap((other) => bothWays(fault.region, other)).flatMap(linkOf),
        { takes: 'anchors', region: fault.region },
        { takes: 'outside', region: fault.region },
      ];
    case 'asleep':
      return fault.regions.flatMap(whatSleepTakes);
    case 'target-down':
      return [{ takes: 'target', monitor: fault.monitor, from: fault.from, ...(fault.symptom === 'impersonated' ? { isImpersonated: true } : {}) }];
    case 'ordered':
      return [{ takes: 'voice', monitors: fault.monitors }];
    default:
      return whatItTakesOf(fault);
  }
}

/** Whose deadline passed in its sleep is killed when it wakes. */
const whatSleepTakes = (region: RegionId): readonly Loss[] => [
  ...(['rounds', 'ticks', 'looks', 'store', 'topic'] as const).map((takes): Loss => ({ takes, region })),
  ...(['prober', 'watchdog'] as const).map((role): Loss => ({ takes: 'code', region, role })),
];

const linkOf = ({ from, to }: Direction): readonly Loss[] => [
  { takes: 'calls', from, to },
  { takes: 'replication', from, to },
];

type OfRegion = Exclude<Extract<Fault, { region: RegionId }>, { kind: 'isolated' | 'ordered' }>;

function whatItTakesOf(fault: OfRegion): readonly Loss[] {
  const { region } = fault;
  const all = (...kinds: readonly Exclude<Taken, 'calls' | 'replication' | 'target' | 'voice' | 'code'>[]): readonly Loss[] =>
    kinds.map((takes) => ({ takes, region }) as Loss);
  switch (fault.kind) {
    case 'region-dark':
      return all('rounds', 'looks', 'store', 'topic');
    case 'lost-minute':
    case 'crashes':
      return [...all(fault.role === 'prober' ? 'some-rounds' : 'some-looks'), { takes: 'code', region, role: fault.role }];
    case 'schedule-stopped':
      return fault.role === 'prober' ? all('rounds', 'ticks') : all('looks');
    case 'watchdog-dead':
      return all('looks');
    case 'prober-hung':
      return [...all('rounds'), { takes: 'code', region, role: 'prober' }];
    case 'late-invocations':
      if (!fault.isOnly) return [];
      return fault.role === 'prober' ? all('some-rounds', 'ticks') : all('some-looks');
    case 'duplicate-invocations':
      return [];
    case 'skipping':
    case 'inbox-dark':
      return all('cover');
    case 'table-failing':
      return all('store', 'some-rounds', 'some-looks');
    case 'topic-failing':
    case 'topic-dropping':
      return all('topic');
    case 'outside-failing':
      return all('outside');
    case 'clock-skewed':
      return all('clock');
    case 'clock-stepping':
      return all('clock', 'steady-clock');
    case 'credentials-revoked':
      return all('rights', 'rounds', 'looks');
    case 'names-gone':
      return all('truth', 'anchors', 'outside');
    case 'bad-deploy':
      return lossesOfDeploy(region, fault.deploy);
  }
}

function lossesOfDeploy(region: RegionId, deploy: BadDeploy): readonly Loss[] {
  const code: readonly Loss[] = (['prober', 'watchdog'] as const).map((role) => ({ takes: 'code', region, role }));
  const all = (...kinds: readonly ('rounds' | 'looks' | 'truth' | 'everything-expected')[]): readonly Loss[] =>
    kinds.map((takes): Loss => ({ takes, region }) as Loss);
  switch (deploy) {
    case 'throws':
    case 'hangs':
      return [...code, ...all('rounds', 'looks')];
    case 'lies-up':
    case 'lies-down':
      return [...code, ...all('truth')];
    case 'empty':
      return [...code, ...all('everything-expected')];
  }
}

/** Harm to a region itself, not to its links. */
export const isOf = (harm: Harm, region: RegionId): boolean => 'region' in harm && harm.region === region;

export const harmedTimes = (harms: readonly Harm[], region: RegionId, kinds: readonly Taken[]): readonly Harm[] =>
  harms.filter((harm) => isOf(harm, region) && kinds.includes(harm.takes));
