/** What is to be reached beside the peers and by the promise of an interval, and whether it was. */
import type { Goal } from '../probe/goals';
import type { Kind } from './outages';
import type { Row } from './rows';

/** How often a peer looks, from its one place. */
export type Pace = 'same-interval' | 'same-probes';

export interface Measured {
  readonly ours: readonly Row[];
  readonly peers: readonly { readonly pace: Pace; readonly rows: readonly Row[] }[];
  readonly falsePages: number;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Of our median, over the best peer's. */
const mostOverPeer: Readonly<Record<Pace, { readonly times: number; readonly what: string }>> = {
  'same-interval': { times: 0.6, what: 'at the same interval from each place' },
  'same-probes': { times: 1.1, what: 'with the same number of probes in all' },
};

export function goalsOf(measured: Measured): readonly Goal[] {
  return [...besidePeers(measured, 'same-interval'), ...besidePeers(measured, 'same-probes'), ...ofOurInterval(measured), ...ofTruth(measured)];
}

/** A peer that is not there, or tells nothing, is no goal. */
function besidePeers({ ours, peers }: Measured, pace: Pace): readonly Goal[] {
  const own = rowOf(ours, 'all');
  const best = peers
    .flatMap(({ pace: its, rows }) => (its === pace ? (rowOf(rows, 'all') ?? []) : []))
    .filter(({ page }) => page.count > 0)
    .sort((one, other) => one.page.median - other.page.median)[0];
  if (own === undefined || best === undefined) return [];
  const { times, what } = mostOverPeer[pace];
  const ratio = own.page.median / best.page.median;
  return [
    {
      what: `median to the page over that of the best peer ${what} (${best.tool})`,
      wanted: `at most ${times}`,
      seen: ratio.toFixed(2),
      isMet: ratio <= times,
    },
  ];
}

const slackMs = 2000;

/** Two places half an interval apart: half an interval to a whole one, and what probing, storing and telling take. A target that hangs takes its timeout more. */
function ofOurInterval({ ours, intervalMs, timeoutMs }: Measured): readonly Goal[] {
  return ours.flatMap((row) => {
    if (row.kind === 'all') return [];
    const moreMs = row.kind === 'hung' ? timeoutMs : 0;
    return [
      seconds(`median to the page, ${row.kind}`, row.page.median, 0.8 * intervalMs + moreMs),
      seconds(`longest to the page, ${row.kind}`, row.page.most, 1.1 * intervalMs + slackMs + moreMs),
    ];
  });
}

function ofTruth({ ours, falsePages }: Measured): readonly Goal[] {
  const own = rowOf(ours, 'all');
  const missing = own === undefined ? Number.NaN : own.untold + own.unrecovered;
  return [
    { what: 'outages and ends that we did not tell', wanted: 'none', seen: String(missing), isMet: missing === 0 },
    { what: 'false pages of ours', wanted: 'none', seen: String(falsePages), isMet: falsePages === 0 },
  ];
}

function seconds(what: string, seenMs: number, mostMs: number): Goal {
  return { what, wanted: `at most ${(mostMs / 1000).toFixed(1)} s`, seen: `${(seenMs / 1000).toFixed(1)} s`, isMet: seenMs <= mostMs };
}

const rowOf = (rows: readonly Row[], kind: Kind | 'all'): Row | undefined => rows.find((row) => row.kind === kind);
