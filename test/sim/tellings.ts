/** How often each transition was told, by whomever. */
import type { Announced } from './announced';
import type { Fault } from './faults';
import type { History } from './history';

type Heard = Pick<History, 'announced' | 'logged'>;

export type Told = readonly [Announced, ...Announced[]];

/** Everything that was told, by the transition that it tells. */
export function tellings(history: Heard): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const one of history.announced) {
    const transition = `${one.key} ${one.kind} ${one.minutes ?? ''} ${one.condition} of incident ${one.incident}${again(one, history)}`;
    const before = told.get(transition);
    told.set(transition, before === undefined ? [one] : [...before, one]);
  }
  return told;
}

/** An incident may worsen, ease and worsen again: each time is a transition of its own, by what had been written down until then. */
function again({ key, condition, at }: Announced, { logged }: Heard): string {
  const changes = logged.filter(({ body, at: written }) => written <= at && body.key === key && body.kind === 'changed').map(({ body }) => body.condition);
  const times = changes.filter((one, index) => one === condition && changes[index - 1] !== condition).length;
  return times > 1 ? ` for the ${times}. time` : '';
}

export interface Repetition {
  /** Something stood between regions that were at work. */
  readonly isParted: boolean;
  /** How often the transition that was told most often was told. */
  readonly most: number;
  readonly pages: Once;
  readonly ends: Once;
}

/** Of so many transitions, how many were told once. */
interface Once {
  readonly told: number;
  readonly once: number;
}

const parting: readonly Fault['kind'][] = ['link-cut', 'replication-stalled', 'replication-disordered', 'isolated', 'names-gone'];

export function repetitionOf(history: Heard, faults: readonly Fault[]): Repetition {
  const all = [...tellings(history).values()];
  const onceOf = (some: readonly Told[]): Once => ({ told: some.length, once: some.filter(({ length }) => length === 1).length });
  return {
    isParted: faults.some(({ kind }) => parting.includes(kind)),
    most: Math.max(0, ...all.map(({ length }) => length)),
    pages: onceOf(all.filter(([{ kind }]) => kind !== 'resolved')),
    ends: onceOf(all.filter(([{ kind }]) => kind === 'resolved')),
  };
}

export interface Repetitions {
  /** In any run. */
  readonly most: number;
  /** Of runs without a partition. */
  readonly whole: { readonly runs: number; readonly pages: Once; readonly ends: Once };
}

export function repetitionsOf(runs: readonly Repetition[]): Repetitions {
  const whole = runs.filter(({ isParted }) => !isParted);
  const sum = (of: (run: Repetition) => Once): Once =>
    whole.map(of).reduce((before, { told, once }) => ({ told: before.told + told, once: before.once + once }), { told: 0, once: 0 });
  return { most: Math.max(0, ...runs.map(({ most }) => most)), whole: { runs: whole.length, pages: sum(({ pages }) => pages), ends: sum(({ ends }) => ends) } };
}
