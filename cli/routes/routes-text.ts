/** Who would be told, as people read it in a terminal. */
import type { RoutesView, ToldView } from '../../src/core/routes-view';
import { row } from '../why/layout';
import { timeText } from '../why/words';

export function routesText({ monitor, at, quiet, dependsOn, told, kinds }: RoutesView): string {
  const lines = [
    ...row('monitor', monitor),
    ...row('at', timeText(at)),
    ...(quiet === null ? [] : row('quiet', `${quiet.kind} by ${quiet.by}: nothing new is told before ${timeText(quiet.until)}`)),
    ...(dependsOn.length === 0 ? [] : row('depends on', `${dependsOn.join(', ')}: while one of them is down and told, it is not told apart`)),
    ...told.flatMap((one) => toldText(one, kinds)),
  ];
  return `${lines.join('\n')}\n`;
}

function toldText({ condition, severity, channels, because, escalations }: ToldView, kinds: RoutesView['kinds']): readonly string[] {
  const named = (names: readonly string[]): string => names.map((name) => `${kinds[name] ?? 'unknown'} ${name}`).join(', ');
  const who = channels === 'all' ? 'everybody' : channels.length === 0 ? 'nobody' : named(channels);
  const called = escalations.map(({ afterMinutes, channels: names }) => `after ${afterMinutes} min, if nobody has taken it: ${named(names)}`);
  return ['', ...row(condition, `${severity}: ${who}`), ...row('  because', because.join('; ')), ...called.flatMap((text) => row('  then', text))];
}
