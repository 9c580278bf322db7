/** What the rules of dns monitors say when they are broken. */
import { nearestName } from '../../nearest-key';
import type { RuleWords, Seen, Words } from '../../rules';
import { dnsTransports, dnsTypes } from './probe';

export type DnsRule = 'dns' | 'dns-name' | 'dns-type' | 'dns-resolver' | 'dns-transport' | 'dns-rcode' | 'dns-records';

/** All that a header can carry and that has a name. */
export const rcodeNames = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'] as const;

const rcodeAdvice = 'write NOERROR, NXDOMAIN, SERVFAIL, REFUSED or a list of those';

export const dnsRules: Readonly<Record<DnsRule, RuleWords>> = {
  dns: simply('is neither a name nor a map', 'write a name such as shop.example.com, or a map with `name`'),
  'dns-name': {
    advice: 'write a name such as shop.example.com',
    words: ({ value, shown, isReferenced }) => ({
      problem: `${shown} is no name that DNS can hold`,
      advice: isReferenced || typeof value !== 'string' ? 'write a name such as shop.example.com' : nameAdvice(value),
    }),
  },
  'dns-type': oneOf('is no record type that can be asked for', dnsTypes, `write one of ${dnsTypes.join(', ')}`),
  'dns-resolver': simply('is no name server', 'write an address or a name, perhaps with a port, such as 192.0.2.53 or ns1.example.net:5353'),
  'dns-transport': oneOf('is no way to ask a name server', dnsTransports, 'write udp, tcp, tls for DNS over TLS, or https for DNS over HTTPS'),
  'dns-rcode': oneOf('is no answer code', rcodeNames, rcodeAdvice),
  'dns-records': simply('says nothing of records', 'write a record, a list of all records, or a map such as { contains: 192.0.2.10 }'),
};

function nameAdvice(value: string): string {
  if (/[^\0-\x7f]/.test(value)) return 'write its ASCII form, which begins with xn--';
  return value.includes('://') ? 'write the name alone, without a scheme and a path' : 'write a name such as shop.example.com';
}

function simply(problem: string, advice: string): RuleWords {
  return { advice, words: ({ shown }) => ({ problem: `${shown} ${problem}`, advice }) };
}

function oneOf(problem: string, names: readonly string[], advice: string): RuleWords {
  return { advice, words: (seen) => ({ problem: `${seen.shown} ${problem}`, ...nearest(seen, names, advice) }) };
}

function nearest({ value, isReferenced }: Seen, names: readonly string[], advice: string): Pick<Words, 'advice'> {
  const found = isReferenced || typeof value !== 'string' ? undefined : nearestName(value.toUpperCase(), names);
  return { advice: found === undefined ? advice : `did you mean ${found}?` };
}
