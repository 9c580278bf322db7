/** Which hosts are not the public Internet. The prober holds names to the same rule when it has resolved them. */
import type { HttpUrl } from './urls';

type Subnet = readonly [kind: string, prefixBits: number, ...bytes: readonly number[]];

const metadata = 'the metadata address of cloud machines';

const private4: readonly Subnet[] = [
  [metadata, 32, 169, 254, 169, 254],
  ['an unspecified address', 8, 0],
  ['a private address', 8, 10],
  ['a carrier-grade NAT address', 10, 100, 64],
  ['a loopback address', 8, 127],
  ['a link-local address', 16, 169, 254],
  ['a private address', 12, 172, 16],
  ['a reserved address', 24, 192, 0, 0],
  ['a private address', 16, 192, 168],
  ['a benchmarking address', 15, 198, 18],
  ['a multicast address', 4, 224],
  ['a reserved address', 4, 240],
];

const private6: readonly Subnet[] = [
  [metadata, 128, 0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
  ['a loopback address', 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  ['an unspecified address', 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ['an IPv4 address in disguise', 96, 0],
  ['an IPv4 address in disguise', 96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
  ['a local NAT64 address', 48, 0, 0x64, 0xff, 0x9b, 0, 1],
  ['a Teredo address', 32, 0x20, 0x01, 0, 0],
  ['a 6to4 address', 16, 0x20, 0x02],
  ['a private address', 7, 0xfc],
  ['a link-local address', 10, 0xfe, 0x80],
  ['a site-local address', 10, 0xfe, 0xc0],
  ['a multicast address', 8, 0xff],
];

const nat64: Subnet = ['NAT64', 96, 0, 0x64, 0xff, 0x9b];

/** What a host is where it is not public, in words; `undefined` for public addresses and for names. */
export function privateKindOf({ host, address }: Pick<HttpUrl, 'host' | 'address'>): string | undefined {
  if (address !== undefined) return privateAddressKind(address);
  return /(^|\.)localhost\.?$/.test(host) ? 'this very machine' : undefined;
}

/** The same for the 4 or 16 bytes of an address. */
export function privateAddressKind(address: readonly number[]): string | undefined {
  if (address.length === 4) return private4.find((subnet) => isIn(address, subnet))?.[0];
  if (isIn(address, nat64)) return privateAddressKind(address.slice(12));
  return private6.find((subnet) => isIn(address, subnet))?.[0];
}

function isIn(address: readonly number[], [, prefixBits, ...network]: Subnet): boolean {
  return address.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefixBits - index * 8));
    return byte >> (8 - bits) === (network[index] ?? 0) >> (8 - bits);
  });
}
