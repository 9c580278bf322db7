/** Mistakes of channels that no value holds alone, and where channels lead. */
import type { Destination } from '../kinds/kind';
import type { Fault } from '../mistakes';
import { entriesOf, listOf, valueAt } from '../plain-value';
import type { Trees } from '../schema-faults';
import { channelKeysIn, channelKindOf } from './channels';

export const channelFaults = (trees: Trees): readonly Fault[] => [...ownFaults(trees), ...alwaysOnFaults(trees.resolved)];

/** What no region sends never comes, and a dead-man service rings for nothing. */
function alwaysOnFaults(root: unknown): readonly Fault[] {
  const regions = [...listOf(valueAt(root, ['regions', 'probers'])), valueAt(root, ['regions', 'witness'])];
  return entriesOf(valueAt(root, ['channels'])).flatMap(([name, channel]): readonly Fault[] => {
    const region = valueAt(channel, ['post', 'alwaysOn']);
    if (typeof region !== 'string' || regions.includes(region)) return [];
    return [{ path: ['channels', name, 'post', 'alwaysOn'], problem: `twinwatch does not run in ${region}`, advice: 'write one of its regions' }];
  });
}

function ownFaults({ source, resolved }: Trees): readonly Fault[] {
  return entriesOf(valueAt(resolved, ['channels'])).flatMap(([name, channel]) =>
    channelKeysIn(channel).flatMap((key) => {
      const faults = channelKindOf(key).quarrels?.(valueAt(channel, [key]), valueAt(source, ['channels', name, key])) ?? [];
      return faults.map((fault) => ({ ...fault, path: ['channels', name, key, ...fault.path] }));
    }),
  );
}

export function channelDestinations(root: unknown): readonly Destination[] {
  return entriesOf(valueAt(root, ['channels'])).flatMap(([name, channel]) =>
    channelKeysIn(channel).flatMap((key) =>
      channelKindOf(key)
        .addresses(valueAt(channel, [key]))
        .map(({ path, leadsTo }) => ({ path: ['channels', name, key, ...path], leadsTo })),
    ),
  );
}
