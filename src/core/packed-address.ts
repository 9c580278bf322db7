/**
 * Addresses that answered, such as `192.0.2.10:443` and `[2001:db8::1]:443`, in as few bytes as they have; the ones that repeat, as their
 * place among those before. What is not written as addresses usually are stays the text that it is.
 */
import type { ByteReader, ByteWriter } from './packing';

/** What is written before an address that was not there yet; anything from `known` on is the place of one that was. */
const kinds = { none: 0, text: 1, four: 2, fourByHttps: 3, six: 4, sixByHttps: 5, known: 6 } as const;
const httpsPort = 443;
const mostPort = 0xffff;

export function packAddresses(writing: ByteWriter, addresses: readonly string[]): void {
  const places = new Map<string, number>();
  for (const address of addresses) {
    const place = places.get(address);
    if (address === '') writing.byte(kinds.none);
    else if (place !== undefined) writing.count(kinds.known + place);
    else {
      places.set(address, places.size);
      packAddress(writing, address);
    }
  }
}

export function unpackAddresses(reading: ByteReader, length: number): readonly string[] {
  const distinct: string[] = [];
  const addresses: string[] = [];
  while (addresses.length < length) addresses.push(nextAddress(reading, distinct));
  return addresses;
}

function nextAddress(reading: ByteReader, distinct: string[]): string {
  const kind = reading.count();
  if (kind === kinds.none) return '';
  if (kind >= kinds.known) return knownAt(distinct, kind - kinds.known);
  const address = unpackAddress(reading, kind);
  distinct.push(address);
  return address;
}

function knownAt(distinct: readonly string[], place: number): string {
  const address = distinct[place];
  if (address === undefined) throw new RangeError(`no address has the place ${place}`);
  return address;
}

function packAddress(writing: ByteWriter, address: string): void {
  const cut = address.lastIndexOf(':');
  const port = Number(address.slice(cut + 1));
  const host = Number.isInteger(port) && port >= 0 && port <= mostPort ? address.slice(0, cut) : '';
  const four = bytesOfFour(host);
  const six = four === undefined ? groupsOfSix(host) : undefined;
  const isHttps = port === httpsPort;
  if (four !== undefined && textOfFour(four, port) === address) {
    writing.count(isHttps ? kinds.fourByHttps : kinds.four);
    for (const byte of four) writing.byte(byte);
  } else if (six !== undefined && textOfSix(six, port) === address) {
    writing.count(isHttps ? kinds.sixByHttps : kinds.six);
    for (const group of six) writing.byte(group >> 8).byte(group);
  } else {
    writing.count(kinds.text).text(address);
    return;
  }
  if (!isHttps) writing.count(port);
}

function unpackAddress(reading: ByteReader, kind: number): string {
  if (kind === kinds.text) return reading.text();
  const isFour = kind === kinds.four || kind === kinds.fourByHttps;
  const numbers = isFour ? Array.from({ length: 4 }, () => reading.byte()) : Array.from({ length: 8 }, () => reading.byte() * 256 + reading.byte());
  const port = kind === kinds.fourByHttps || kind === kinds.sixByHttps ? httpsPort : reading.count();
  return isFour ? textOfFour(numbers, port) : textOfSix(numbers, port);
}

const textOfFour = (bytes: readonly number[], port: number): string => `${bytes.join('.')}:${port}`;

function bytesOfFour(host: string): readonly number[] | undefined {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? host.split('.').map(Number).filter(isByte) : undefined;
}

const isByte = (value: number): boolean => value <= 255;

/** As RFC 5952 wants it: the first of the longest runs of empty groups is left out. */
function textOfSix(groups: readonly number[], port: number): string {
  const text = groups.map((group) => group.toString(16));
  const run = longestRun(groups);
  if (run.length < 2) return `[${text.join(':')}]:${port}`;
  return `[${text.slice(0, run.from).join(':')}::${text.slice(run.from + run.length).join(':')}]:${port}`;
}

function longestRun(groups: readonly number[]): { readonly from: number; readonly length: number } {
  let longest = { from: 0, length: 0 };
  for (let from = 0; from < groups.length; from += 1) {
    let length = 0;
    while (groups[from + length] === 0) length += 1;
    if (length > longest.length) longest = { from, length };
  }
  return longest;
}

/** Undefined for what is none; whoever packs it compares it with what would be read. */
function groupsOfSix(host: string): readonly number[] | undefined {
  if (!/^\[[0-9a-f:]+\]$/.test(host)) return undefined;
  const [before = '', after] = host.slice(1, -1).split('::');
  const first = groupsIn(before);
  const last = groupsIn(after ?? '');
  const missing = 8 - first.length - last.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...first, ...new Array<number>(missing).fill(0), ...last];
}

const groupsIn = (text: string): readonly number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16) & 0xffff));
