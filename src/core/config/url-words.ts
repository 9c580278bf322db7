/** What is wrong with a URL, in words that never hold a password or what a reference stands for. */
import type { Seen, Words } from './rules';
import { parseHttpUrl, type UrlTrouble } from './urls';

export function urlWords({ value, shown, isReferenced }: Seen): Words {
  const what = isReferenced ? `what ${shown} stands for` : shown;
  const trouble = typeof value === 'string' ? parseHttpUrl(value) : 'no-url';
  return words[typeof trouble === 'string' ? trouble : 'no-url'](what, isReferenced ? undefined : value);
}

const words: Readonly<Record<UrlTrouble, (what: string, value: unknown) => Words>> = {
  'no-url': (what, value) => ({ problem: `${what} is no address`, advice: `write ${suggested(value)}` }),
  'not-http': (what) => ({ problem: `${what} is not an http or https address`, advice: 'begin it with https:// or http://' }),
  credentials: () => ({
    problem: 'the address holds a user or a password',
    advice: 'remove the part before the @: it would be seen by everyone who sees the target',
  }),
  characters: (what) => ({ problem: `${what} holds a space, a backslash or a quote`, advice: 'write %20 for a space and / for a backslash' }),
  host: (what) => ({
    problem: `${what} has no host that can be read`,
    advice: 'write letters, digits, dots and hyphens; international names in their xn-- form',
  }),
  port: (what) => ({ problem: `${what} has a port that does not exist`, advice: 'write a port from 1 to 65535, or none' }),
};

const suggested = (value: unknown): string =>
  typeof value === 'string' && typeof parseHttpUrl(`https://${value}`) === 'object' && /[.:]/.test(value) ? `https://${value}` : 'https:// and the host';
