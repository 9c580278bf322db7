/** S1 for targets: what is called down was down, from as many places as was said. */
import type { Announced } from '../announced';
import { accusationDelayMs, roundSlackMs } from './bounds';
import { type Checker, type Evidence, isOver, type Violation } from './evidence';

export const trueOutage: Checker = (evidence) => {
  const accusations = evidence.history.announced.filter((one) => one.condition === 'down' || one.condition === 'partial');
  const first = accusations.filter((one) => accusations.find((other) => other.incident === one.incident && other.condition === one.condition) === one);
  return first.flatMap((one) => judge(one, evidence));
};

function judge(said: Announced, evidence: Evidence): readonly Violation[] {
  const { config, faults, regions } = evidence;
  const monitor = config.monitors.find((one) => one.id === said.subject);
  if (monitor === undefined) return [{ promise: 'S1', at: said.at, what: `${said.subject} is no monitor` }];
  const since = said.at - accusationDelayMs(regions.length) - 2 * monitor.intervalMs - roundSlackMs(config);
  const outages = faults.filter((fault) => fault.kind === 'target-down' && fault.monitor === monitor.id && !isOver(fault, since, said.at));
  if (outages.length > 0) return [];
  return [{ promise: 'S1', at: said.at, what: `${said.subject} was called ${said.condition} while nothing was wrong with it` }];
}
