/** What the rules of members monitors say when they are broken. */
import type { RuleWords } from '../../rules';
import { mostMembers } from './probe';

export type MembersRule = 'members' | 'members-of' | 'members-at' | 'members-address' | 'members-resolve' | 'members-least';

const rule = (what: string, advice: string): RuleWords => ({ advice, words: ({ shown }) => ({ problem: `${shown} ${what}`, advice }) });

export const membersRules: Readonly<Record<MembersRule, RuleWords>> = {
  members: rule('does not say what is asked, and where', 'write a map such as { of: https://pay.example.com/health, at: [192.0.2.10, 192.0.2.11] }'),
  'members-of': rule('says nothing of what is asked', 'write an address such as https://pay.example.com/health, or a map such as { tls: pay.example.com }'),
  'members-at': rule('is no list of addresses', `write from 1 to ${mostMembers} IP addresses, such as [192.0.2.10, 192.0.2.11]`),
  'members-address': rule('is no IP address', 'write an address such as 192.0.2.10 or 2001:db8::1, without a port'),
  'members-resolve': rule('is no name that can be resolved', 'write a name such as pay.internal.example.com, without a port'),
  'members-least': rule('is no number of members', 'write a whole number, at least 1'),
};
