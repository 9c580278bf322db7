/** Which addresses are the public Internet. Everything else is probed only where the configuration allows private addresses. */
import { BlockList, isIPv4 } from 'node:net';

/** RFC 1918, loopback, link-local with the metadata service, carrier-grade NAT, benchmarks, multicast, reserved. */
const private4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Unspecified and loopback, IPv4 in disguise, local NAT64, Teredo, 6to4, unique local with the metadata service, link- and site-local, multicast. */
const private6: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const nat64Prefix = '64:ff9b::';

// Two lists: in one, the rule for IPv4-mapped addresses would match every plain IPv4 address.
const blocked4 = blockList(private4, 'ipv4');
const blocked6 = blockList(private6, 'ipv6');

/** Whether an IP address, as text, belongs to the public Internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked4.check(address, 'ipv4');
  const plain = withoutZone(address);
  if (blocked6.check(plain, 'ipv6')) return false;
  const behind = behindNat64(plain);
  return behind === undefined || isPublicAddress(behind);
}

function blockList(subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

const withoutZone = (address: string): string => address.split('%')[0] ?? address;

/** The IPv4 address that a NAT64 address stands for: networks with DNS64 reach all of IPv4 through it. */
function behindNat64(address: string): string | undefined {
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  if (!normal.startsWith(nat64Prefix)) return undefined;
  const [low = 0, high = 0] = normal
    .slice(nat64Prefix.length)
    .split(':')
    .map((group) => Number.parseInt(group || '0', 16))
    .reverse();
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
