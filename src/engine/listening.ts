/** A prober that is listened to: everything that it looked at, by monitor and try. */
import type { MonitorId } from '../core/basics/brand';
import type { Finding, Prober } from './ports';
import type { World } from './world';

/** Of each monitor, of each of its tries in their order. */
export type Heard = ReadonlyMap<MonitorId, readonly (readonly Finding[])[]>;

/** The same world but for its prober, and what is heard of that. */
export function listening(world: World): { readonly world: World; readonly heard: Heard } {
  const { ports } = world;
  const heard = new Map<MonitorId, Finding[][]>();
  const attempt: Prober['attempt'] = (monitor, timeoutMs) => {
    const findings: Finding[] = [];
    heard.set(monitor.id, [...(heard.get(monitor.id) ?? []), findings]);
    return ports.prober.attempt(monitor, timeoutMs, (finding) => findings.push(finding));
  };
  return { world: { ...world, ports: { ...ports, prober: { attempt } } }, heard };
}
