/** A family of addresses that a monitor can never be asked at. */
import { kindOf, kindsIn } from './kinds/kinds';
import type { Fault } from './mistakes';
import { entriesOf, isMap, type PlainMap, valueAt } from './plain-value';

export function familyFaults(root: unknown): readonly Fault[] {
  return entriesOf(valueAt(root, ['monitors'])).flatMap(([id, monitor]) =>
    isMap(monitor) ? faultsOf(monitor).map((fault) => ({ ...fault, path: ['monitors', id, ...fault.path] })) : [],
  );
}

const bytesOf: Readonly<Record<string, number>> = { ipv4: 4, ipv6: 16 };

function faultsOf(monitor: PlainMap): readonly Fault[] {
  const bytes = typeof monitor.family === 'string' ? bytesOf[monitor.family] : undefined;
  if (bytes === undefined) return [];
  return kindsIn(monitor).flatMap((key): readonly Fault[] => {
    if (key === 'heartbeat') return [{ path: ['family'], problem: 'nothing is asked of what calls us', advice: 'remove it' }];
    const other = kindOf(key)
      .addresses(monitor[key])
      .find(({ leadsTo: { address } }) => address !== undefined && address.length !== bytes);
    if (other === undefined) return [];
    const problem = `${other.leadsTo.host} is an address of ${bytes === 4 ? 'IPv6' : 'IPv4'}`;
    return [{ path: ['family'], problem, advice: 'remove it: an address is asked as it stands' }];
  });
}
