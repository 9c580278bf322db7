/** From a host to the one address that a probe contacts. */
import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressFamily } from '../../core/config/config';
import { dnsFailure, type Failure } from './failure';
import { isPublicAddress } from './public-address';

/** All addresses of a name, as the system's resolver gives them. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

export const lookupBySystem: Lookup = (host) => systemLookup(host, { all: true });

interface Resolving {
  readonly lookup: Lookup;
  readonly allowPrivate: boolean;
  readonly family?: AddressFamily | undefined;
}

/** One address of one family: a service that is half up must not pass as working. At once, where the host is an address itself. */
export function resolveAddress(host: string, { lookup, allowPrivate, family }: Resolving): Promise<LookupAddress | Failure> | LookupAddress | Failure {
  const literal = isIP(host);
  if (literal !== 0) return permitted(host, { address: host, family: literal }, allowPrivate);
  return lookUp(host, lookup, family).then((found) => permitted(host, found, allowPrivate));
}

function permitted(host: string, found: LookupAddress | Failure, allowPrivate: boolean): LookupAddress | Failure {
  if ('reason' in found || allowPrivate || isPublicAddress(found.address)) return found;
  const subject = found.address === host ? host : `${host} leads to ${found.address}, which`;
  return { reason: 'address-refused', detail: `${subject} is not a public address; to probe such targets, set network.allowPrivate to true` };
}

/** Every address of a name in one family; whoever contacts one of them judges whether it may be contacted. */
export async function lookUpAll(host: string, { lookup, family }: Omit<Resolving, 'allowPrivate'>): Promise<readonly string[] | Failure> {
  try {
    const addresses = ofOneFamily(await lookup(host), family).map(({ address }) => address);
    return addresses.length === 0 ? withoutAddress(host, family) : [...new Set(addresses)].sort();
  } catch (error) {
    return dnsFailure(host, error);
  }
}

async function lookUp(host: string, lookup: Lookup, family: AddressFamily | undefined): Promise<LookupAddress | Failure> {
  try {
    const [chosen] = ofOneFamily(await lookup(host), family);
    return chosen ?? withoutAddress(host, family);
  } catch (error) {
    return dnsFailure(host, error);
  }
}

/** IPv4 first everywhere, so that regions with and without IPv6 probe the same thing. */
function ofOneFamily(addresses: readonly LookupAddress[], wanted: AddressFamily | undefined): readonly LookupAddress[] {
  const chosen = wanted === undefined ? (addresses.find(({ family }) => family === 4) ?? addresses[0])?.family : numbers[wanted];
  return addresses.filter(({ family }) => family === chosen);
}

const numbers = { ipv4: 4, ipv6: 6 } as const;

function withoutAddress(host: string, family: AddressFamily | undefined): Failure {
  const which = family === undefined ? 'no address' : `no address of ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
  return { reason: 'dns-error', detail: `${host} exists in DNS and has ${which}` };
}
