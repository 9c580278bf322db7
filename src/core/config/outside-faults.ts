/** Mistakes of the switches outside that no URL holds alone. */
import type { Fault } from './mistakes';
import { nearestName } from './nearest-key';
import { entriesOf, listOf, valueAt } from './plain-value';

export function outsideFaults(root: unknown): readonly Fault[] {
  const regions = [...listOf(valueAt(root, ['regions', 'probers'])), valueAt(root, ['regions', 'witness'])].filter((name) => typeof name === 'string');
  const switches = entriesOf(valueAt(root, ['outside'])).map(([name, value]) => ({ name, ping: valueAt(value, ['ping']) }));
  return [
    ...switches.flatMap(({ name }) => strangerFault(name, regions)),
    ...switches.flatMap(({ name, ping }, index) => sharedFault(name, ping, switches.slice(0, index))),
  ];
}

/** A switch that no region tells would only ever ring. */
function strangerFault(name: string, regions: readonly string[]): readonly Fault[] {
  if (regions.includes(name) || regions.length === 0) return [];
  const nearest = nearestName(name, regions);
  const advice = nearest === undefined ? `write one of your regions: ${regions.join(', ')}` : `did you mean ${nearest}?`;
  return [{ path: ['outside', name], problem: 'twinwatch does not run in this region', advice }];
}

/** While either tells it, it would not notice that the other one is dark. */
function sharedFault(name: string, ping: unknown, before: readonly { readonly name: string; readonly ping: unknown }[]): readonly Fault[] {
  const other = before.find((one) => typeof ping === 'string' && one.ping === ping);
  if (other === undefined) return [];
  return [{ path: ['outside', name, 'ping'], problem: `${other.name} tells the same switch`, advice: 'give each region a switch with a URL of its own' }];
}
