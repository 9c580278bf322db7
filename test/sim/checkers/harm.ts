/** What a fault takes away while it lasts, in the terms that promises are made in: whatever can go wrong, few things can be missing. */
import type { MonitorId, RegionId } from '../../../src/core/basics/brand';
import type { FunctionRole } from '../../../src/core/names';
import type { Fault } from '../faults';
import type { Interval } from './intervals';

export type Harm = Interval &
  (
    | {
        /** `rounds`: its prober finishes no round; `some-rounds`: now and then it does; `looks`: its watchdog makes no look. */
        readonly takes: 'rounds' | 'some-rounds' | 'looks' | 'some-looks';
        readonly region: RegionId;
      }
    /** The replica there answers nobody, or not all, or not soon; `region` may not use AWS; its topic, its clock, its anchors. */
    | { readonly takes: 'store' | 'rights' | 'topic' | 'clock' | 'anchors'; readonly region: RegionId }
    /** What its rounds say is not worth anything: false, left out, of no monitor at all, or of an older configuration. */
    | { readonly takes: 'truth' | 'cover' | 'everything-expected' | 'newest-configuration'; readonly region: RegionId }
    /** Its code throws or hangs, or is killed: how its invocations end is no news. */
    | { readonly takes: 'code'; readonly region: RegionId; readonly role: FunctionRole }
    | { readonly takes: 'calls' | 'replication'; readonly from: RegionId; readonly to: RegionId }
    | { readonly takes: 'target'; readonly monitor: MonitorId; readonly from: readonly RegionId[] }
  );

export type Taken = Harm['takes'];

export const harmsOf = (faults: readonly Fault[]): readonly Harm[] => faults.flatMap((fault) => whatItTakes(fault).map((taken) => during(fault, taken)));

/** A harm without its time. */
type Loss = Harm extends infer One ? (One extends Interval ? Omit<One, keyof Interval> : never) : never;

const during = ({ begins, ends }: Interval, loss: Loss): Harm => ({ ...loss, begins, ends }) as Harm;

function whatItTakes(fault: Fault): readonly Loss[] {
  switch (fault.kind) {
    case 'link-cut':
      return fault.directions.flatMap(({ from, to }): Loss[] => [
        { takes: 'calls', from, to },
        { takes: 'replication', from, to },
      ]);
    case 'replication-stalled':
      return fault.directions.map(({ from, to }): Loss => ({ takes: 'replication', from, to }));
    case 'region-dark':
      return (['rounds', 'looks', 'store', 'topic'] as const).map((takes): Loss => ({ takes, region: fault.region }));
    case 'lost-minute':
      return [{ takes: fault.role === 'prober' ? 'some-rounds' : 'some-looks', region: fault.region }];
    case 'target-down':
      return [{ takes: 'target', monitor: fault.monitor, from: fault.from }];
  }
}

/** Harm to a region itself, not to its links. */
export const isOf = (harm: Harm, region: RegionId): boolean => 'region' in harm && harm.region === region;

export const harmedTimes = (harms: readonly Harm[], region: RegionId, kinds: readonly Taken[]): readonly Harm[] =>
  harms.filter((harm) => isOf(harm, region) && kinds.includes(harm.takes));
