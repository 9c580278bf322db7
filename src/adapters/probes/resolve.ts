/** From a host to the one address that a probe contacts. */
import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { dnsFailure, type Failure } from './failure';
import { isPublicAddress } from './public-address';

/** All addresses of a name, as the system's resolver gives them. */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

export const lookupBySystem: Lookup = (host) => systemLookup(host, { all: true });

/** One address of one family: a service that is half up must not pass as working. */
export async function resolveAddress(host: string, { lookup, allowPrivate }: { lookup: Lookup; allowPrivate: boolean }): Promise<LookupAddress | Failure> {
  const literal = isIP(host);
  const found = literal === 0 ? await lookUp(host, lookup) : { address: host, family: literal };
  if ('reason' in found || allowPrivate || isPublicAddress(found.address)) return found;
  const subject = literal === 0 ? `${host} leads to ${found.address}, which` : found.address;
  return { reason: 'address-refused', detail: `${subject} is not a public address; to probe such targets, set network.allowPrivate to true` };
}

async function lookUp(host: string, lookup: Lookup): Promise<LookupAddress | Failure> {
  try {
    const addresses = await lookup(host);
    // IPv4 first everywhere, so that regions with and without IPv6 probe the same thing.
    const chosen = addresses.find(({ family }) => family === 4) ?? addresses[0];
    return chosen ?? { reason: 'dns-error', detail: `${host} exists in DNS and has no address` };
  } catch (error) {
    return dnsFailure(host, error);
  }
}
