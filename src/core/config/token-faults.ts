/** Two monitors with one token could not be told apart. */
import type { Fault } from './mistakes';
import { entriesOf, valueAt } from './plain-value';

export function tokenFaults(root: unknown): readonly Fault[] {
  const owners = new Map<unknown, string>();
  return entriesOf(valueAt(root, ['monitors'])).flatMap(([id, monitor]): Fault[] => {
    const token = valueAt(monitor, ['heartbeat', 'token']);
    const owner = owners.get(token);
    if (typeof token !== 'string') return [];
    if (owner === undefined) owners.set(token, id);
    if (owner === undefined) return [];
    return [
      { path: ['monitors', id, 'heartbeat', 'token'], problem: `the monitor "${owner}" has the same token`, advice: 'give each monitor a token of its own' },
    ];
  });
}
