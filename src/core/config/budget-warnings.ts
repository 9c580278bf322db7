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
  readonly perSecond: number | undefined;
  readonly perHost: number | undefined;
  readonly questions: number;
  readonly timeoutMs: number;
}

/** At some time all monitors are due in one round, whatever their intervals; and at some time a host hangs, and each waits as long as it may. */
export function budgetWarnings({ budget, defaults, monitors }: Source): readonly Fault[] {
  const entries = Object.entries(monitors);
  const roundMs = probingMs(beatIntervalOf(entries.map(([, monitor]) => patienceOf(monitor, defaults ?? {}).intervalMs ?? minute)));
  const byHost = new Map<string, Asked[]>();
  for (const [id, monitor] of entries) {
    const host = hostOf(monitor);
    const { perSecond, atOnce } = budgetOf(host, { all: budget, defaults: defaults?.budget, own: monitor.budget }) ?? {};
    if (host === undefined) continue;
    const timeoutMs = patienceOf(monitor, defaults ?? {}).timeoutMs ?? 0;
    byHost.set(host, [...(byHost.get(host) ?? []), { id, perSecond, perHost: atOnce, questions: questionsIn(monitor), timeoutMs }]);
  }
  const source = { budget, defaults, monitors };
  return [...byHost].flatMap(([host, asked]) => [...paceWarnings(host, asked, { roundMs, source }), ...hangWarnings(host, asked, { roundMs, source })]);
}

function hostOf(monitor: SourceMonitor): string | undefined {
  const [key] = kindsIn(monitor);
  return key === undefined ? undefined : kindOf(key).addresses(monitor[key])[0]?.leadsTo.host;
}

const questionsIn = (monitor: SourceMonitor): number => 1 + listOf(valueAt(monitor, ['members', 'at'])).length;

interface Round {
  readonly roundMs: number;
  readonly source: Source;
}

/** Probes of one host wait for each other: each for as long as its own budget says. */
function paceWarnings(host: string, all: readonly Asked[], { roundMs, source }: Round): readonly Fault[] {
  const asked = all.flatMap((one) => (one.perSecond === undefined ? [] : [{ ...one, perSecond: one.perSecond }]));
  const neededMs = asked.reduce((sum, { questions, perSecond }) => sum + (questions * second) / perSecond, 0);
  if (neededMs <= roundMs) return [];
  const questions = asked.reduce((sum, one) => sum + one.questions, 0);
  const least = Math.min(...asked.map(({ perSecond }) => perSecond));
  const problem = `${host} is to be asked ${questions} times, which takes ${Math.ceil(neededMs / second)} s at ${least} a second, and a round has ${Math.floor(roundMs / second)} s: the rest is not covered`;
  return [
    { path: pathOf('perSecond', asked, source), problem, advice: `write perSecond: ${Math.ceil((questions * second) / roundMs)} or more, or longer intervals` },
  ];
}

/** Where a host hangs, each keeps its place until its time is over. */
function hangWarnings(host: string, all: readonly Asked[], { roundMs, source }: Round): readonly Fault[] {
  const asked = all.flatMap((one) => (one.perHost === undefined ? [] : [{ ...one, perHost: one.perHost }]));
  const neededMs = asked.reduce((sum, { timeoutMs, perHost }) => sum + timeoutMs / perHost, 0);
  const least = Math.min(...asked.map(({ perHost }) => perHost));
  if (neededMs <= roundMs || asked.length <= least) return [];
  const allMs = asked.reduce((sum, { timeoutMs }) => sum + timeoutMs, 0);
  const problem = `when ${host} hangs, its ${asked.length} monitors wait ${Math.ceil(neededMs / second)} s for each other at ${least} at once, and a round has ${Math.floor(roundMs / second)} s: the rest is not covered then, and not told as down`;
  return [{ path: pathOf('perHost', asked, source), problem, advice: `write perHost: ${Math.ceil(allMs / roundMs)} or more, or shorter timeouts` }];
}

/** The budget that is to blame, from the narrowest to the widest. */
function pathOf(key: 'perSecond' | 'perHost', asked: readonly Asked[], { defaults, monitors }: Source): Path {
  const own = asked.find((one) => monitors[one.id]?.budget?.[key] === one[key]);
  if (own !== undefined) return ['monitors', own.id, 'budget', key];
  return asked.some((one) => defaults?.budget?.[key] === one[key]) ? ['defaults', 'budget', key] : ['budget', key];
}
