/** Mistakes of channels that no value holds alone, and where channels lead. */
import type { Destination } from '../kinds/kind';
import type { Fault } from '../mistakes';
import { entriesOf, valueAt } from '../plain-value';
import type { Trees } from '../schema-faults';
import { channelKeysIn, channelKindOf } from './channels';

export function channelFaults({ source, resolved }: Trees): readonly Fault[] {
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
