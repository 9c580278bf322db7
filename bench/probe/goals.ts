/** What is to be reached, as ratios to what the peers use in the same windows, and whether it was. */
import type { RoundsSeen } from './rounds';
import type { Row } from './windows';

export interface Goal {
  readonly what: string;
  readonly wanted: string;
  readonly seen: string;
  readonly isMet: boolean;
}

/** How many times our CPU a probe of a peer must take at least. */
const ratios: readonly (readonly [part: string, peer: string, times: number])[] = [
  ['http', 'gatus', 2],
  ['http', 'blackbox', 4],
  ['https', 'gatus', 1.1],
  ['fast', 'gatus', 1],
];

/** Of what was measured; a peer that is not there is no goal. */
export function ratioGoals(part: string, rows: readonly Row[]): readonly Goal[] {
  const ours = medianOf(rows, 'twinwatch');
  return ratios.flatMap(([of, peer, times]) => {
    const theirs = medianOf(rows, peer);
    if (of !== part || ours === undefined || theirs === undefined) return [];
    const ratio = theirs / ours;
    return [{ what: `${part}: CPU of ${peer} over ours`, wanted: `at least ${times}`, seen: ratio.toFixed(2), isMet: ratio >= times }];
  });
}

const medianOf = (rows: readonly Row[], name: string): number | undefined => rows.find(({ tool }) => tool === name)?.cpuMs.median;

export function latencyGoal({ alone, healthy }: RoundsSeen): Goal {
  const moreMs = healthy.latencyMs.p99 - alone.latencyMs.p99;
  return atMost('p99 of a round less that of single probes', { value: moreMs, most: 2, unit: 'ms' });
}

export function roundGoals({ healthy, hanging }: RoundsSeen): readonly Goal[] {
  const round = [
    atMost('a round on one core', { value: healthy.tookMs / 1000, most: 10, unit: 's' }),
    atMost('peak RSS', { value: Math.max(healthy.peakRssMb, hanging?.peakRssMb ?? 0), most: 200, unit: 'MB' }),
  ];
  if (hanging === undefined) return round;
  const laterMs = hanging.latestBeginMs - healthy.latestBeginMs;
  return [...round, atMost('others begun later because some hang', { value: Math.max(0, laterMs) / 1000, most: 1, unit: 's' })];
}

function atMost(what: string, { value, most, unit }: { readonly value: number; readonly most: number; readonly unit: string }): Goal {
  return { what, wanted: `at most ${most} ${unit}`, seen: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`, isMet: value <= most };
}

export const goalLine = ({ what, wanted, seen, isMet }: Goal): string => `${isMet ? 'met   ' : 'MISSED'} ${what}: ${seen} (${wanted})`;
