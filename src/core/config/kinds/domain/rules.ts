/** What the rules of domain monitors say when they are broken. */
import type { RuleWords } from '../../rules';

export type DomainRule = 'domain' | 'domain-name';

const advice = 'write the name as it was registered, such as example.com';

export const domainRules: Readonly<Record<DomainRule, RuleWords>> = {
  domain: { advice, words: ({ shown }) => ({ problem: `${shown} is neither a domain nor a map`, advice: `${advice}, or a map with \`name\`` }) },
  'domain-name': { advice, words: ({ shown }) => ({ problem: `${shown} is no domain that somebody could have registered`, advice }) },
};
