/** Budgets of hosts that leave no room for all that is to be asked of them within a round. */
import { minute, probingMs, second } from '../basics/time';
import { budgetOf } from './budget';
import { beatIntervalOf } from './intervals';
import { kindOf, kindsIn } from './kinds/kinds';
import type { Fault, Path } from './mistakes';
import { patienceOf } from './patience';
import { listOf, valueAt } from './plain-value';
import type { SourceConfig, SourceMonitor } from './schema';

type Source = Pick<SourceConfig, 'budget' | 'defaults' | 'monitors'>;

interface Asked {
  readonly id: string;
  readonly perSecond: number;
  readonly questions: number;
}

/** At some time all monitors are due in one round, whatever their intervals. What hangs makes it worse, which nobody can know beforehand. */
export function budgetWarnings({ budget, defaults, monitors }: Source): readonly Fault[] {
  const entries = Object.entries(monitors);
  const roundMs = probingMs(beatIntervalOf(entries.map(([, monitor]) => patienceOf(monitor, defaults ?? {}).intervalMs ?? minute)));
  const byHost = new Map<string, Asked[]>();
  for (const [id, monitor] of entries) {
    const host = hostOf(monitor);
    const perSecond = budgetOf(host, { all: budget, defaults: defaults?.budget, own: monitor.budget })?.perSecond;
    if (host === undefined || perSecond === undefined) continue;
    byHost.set(host, [...(byHost.get(host) ?? []), { id, perSecond, questions: questionsIn(monitor) }]);
  }
  return [...byHost].flatMap(([host, asked]) =>
    warningOf(host, asked, roundMs).map((fault) => ({ ...fault, path: pathOf(asked, { budget, defaults, monitors }) })),
  );
}

function hostOf(monitor: SourceMonitor): string | undefined {
  const [key] = kindsIn(monitor);
  return key === undefined ? undefined : kindOf(key).addresses(monitor[key])[0]?.leadsTo.host;
}

const questionsIn = (monitor: SourceMonitor): number => 1 + listOf(valueAt(monitor, ['members', 'at'])).length;

/** Probes of one host wait for each other: each for as long as its own budget says. */
function warningOf(host: string, asked: readonly Asked[], roundMs: number): readonly Omit<Fault, 'path'>[] {
  const neededMs = asked.reduce((sum, { questions, perSecond }) => sum + (questions * second) / perSecond, 0);
  if (neededMs <= roundMs) return [];
  const questions = asked.reduce((sum, one) => sum + one.questions, 0);
  const least = Math.min(...asked.map(({ perSecond }) => perSecond));
  const problem = `${host} is to be asked ${questions} times, which takes ${Math.ceil(neededMs / second)} s at ${least} a second, and a round has ${Math.floor(roundMs / second)} s: the rest is not covered`;
  return [{ problem, advice: `write perSecond: ${Math.ceil((questions * second) / roundMs)} or more, or longer intervals` }];
}

/** The budget that is to blame, from the narrowest to the widest. */
function pathOf(asked: readonly Asked[], { defaults, monitors }: Source): Path {
  const own = asked.find(({ id, perSecond }) => monitors[id]?.budget?.perSecond === perSecond);
  if (own !== undefined) return ['monitors', own.id, 'budget', 'perSecond'];
  return asked.some(({ perSecond }) => defaults?.budget?.perSecond === perSecond) ? ['defaults', 'budget', 'perSecond'] : ['budget', 'perSecond'];
}
