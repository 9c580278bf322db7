/** Ids of monitors and names of channels: keys that the user chooses, and that stand in tables and messages. */
import type { Fault } from './mistakes';
import { entriesOf, quoted, valueAt } from './plain-value';

export const namePattern = '^[a-z0-9][a-z0-9_.-]{0,63}$';

export const nameFaults = (root: unknown): readonly Fault[] => [...faultsOf(root, 'channels'), ...faultsOf(root, 'monitors')];

function faultsOf(root: unknown, section: 'channels' | 'monitors'): readonly Fault[] {
  const form = new RegExp(namePattern);
  const wrong = entriesOf(valueAt(root, [section])).filter(([name]) => !form.test(name));
  const problem = section === 'monitors' ? 'no id for a monitor' : 'no name for a channel';
  return wrong.map(([name]) => ({ path: [section, name], problem: `${quoted(name)} is ${problem}`, advice: `write ${suggestedName(name)}` }));
}

const nameAdvice = 'up to 64 lower-case letters, digits, -, _ or ., beginning with a letter or digit';

function suggestedName(name: string): string {
  const suggested = name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 64);
  return suggested === '' || name.length > 64 ? nameAdvice : `${suggested}: ${nameAdvice}`;
}
