/** Every drill, one after the other, and one table of what came of them. */
import { minute, second } from '../../src/core/basics/time';
import { columns } from './columns';
import type { LocalView } from './local-api';
import { type OutcomeJson, secondsText } from './outcome';
import type { Plan } from './plan';
import { bothPlan, clockPlan, cutPlan, lagPlan, mutePlan, probersOf, regionalPlan } from './plans';

/** Throws DrillRefused where there is nobody to drill with. */
export function allPlans(local: LocalView): readonly Plan[] {
  const asked = { local, forMs: undefined };
  const [one = '', other = one] = probersOf(local);
  const link = { from: one, to: other };
  const regional = (['kill', 'kill-prober', 'freeze', 'stop', 'skip'] as const).map((drill) => regionalPlan(drill, other, asked));
  const hasWitness = probersOf(local).length < local.regions.length;
  const links = one === other ? [] : linkPlans(link, local);
  return [
    ...regional,
    ...links,
    regionalPlan('throttle', other, asked),
    ...(one === other ? [] : [mutePlan(one, asked)]),
    ...(hasWitness ? [bothPlan(asked)] : []),
    regionalPlan('store', other, asked),
    clockPlan({ region: other, offMs: 4 * minute }, asked),
  ];
}

/** Replication that is late becomes a ticket after minutes; here it is late for as long as must wake nobody. */
function linkPlans(link: { readonly from: string; readonly to: string }, local: LocalView): readonly Plan[] {
  const forMs = local.promises.darkMs + 10 * second;
  return [
    cutPlan({ ...link, both: true }, { local, forMs }),
    cutPlan({ ...link, both: false }, { local, forMs }),
    lagPlan({ ...link, lagMs: 10 * minute }, { local, forMs }),
  ];
}

export interface Done {
  readonly plan: Plan;
  /** Or why there is no outcome. */
  readonly outcome: OutcomeJson | string;
}

export const areAllRight = (all: readonly Done[]): boolean => all.every(({ outcome }) => typeof outcome !== 'string' && outcome.ok);

export function jsonOf(all: readonly Done[]): unknown {
  const drills = all.map(({ plan: { drill, on }, outcome }) => (typeof outcome === 'string' ? { drill, on, ok: false, problem: outcome } : outcome));
  return { drill: 'all', ok: areAllRight(all), drills };
}

export function tableOf(all: readonly Done[]): string {
  const rows = all.map(({ plan, outcome }) => (typeof outcome === 'string' ? lostRow(plan, outcome) : rowOf(outcome)));
  return columns([['', 'drill', 'on', 'told by', 'after', 'bound', 'its end', 'what'], ...rows]);
}

const lostRow = ({ drill, on }: Plan, why: string): readonly string[] => ['FAIL', drill, on, '', '', '', '', why];

function rowOf({ ok, drill, on, expected, by, afterMs, boundMs, resolvedAfterMs, text, forMs, opened }: OutcomeJson): readonly string[] {
  const times = [afterMs, boundMs, resolvedAfterMs].map((ms) => (ms === null ? '' : secondsText(ms)));
  const woken = opened.length === 0 ? `nobody was woken in ${secondsText(forMs)}` : opened.map((one) => String(one.text)).join('; ');
  return [ok ? 'ok' : 'FAIL', drill, on, by ?? (expected === 'told' ? 'nobody' : '-'), ...times, expected === 'quiet' ? woken : (text ?? 'not told')];
}
