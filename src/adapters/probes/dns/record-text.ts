/** Records as people write them, and in the one form in which they are compared. */
import { isIPv6 } from 'node:net';
import type { Answer, CaaData, MxData, SoaData, SrvData, TxtData } from 'dns-packet';

export interface DnsRecord {
  readonly type: string;
  /** Seconds. */
  readonly ttl: number;
  /** What stands behind the type in a zone file, without quotes. */
  readonly text: string;
}

/** What carries options and no record is left out. */
export function recordsOf(answers: readonly Answer[]): readonly DnsRecord[] {
  return answers.flatMap((answer): DnsRecord[] => (answer.type === 'OPT' ? [] : [{ type: answer.type, ttl: answer.ttl ?? 0, text: textOf(answer) }]));
}

type Written = Exclude<Answer, { readonly type: 'OPT' }>;

function textOf({ type, data }: Written): string {
  const write = writers[type];
  if (write !== undefined) return compared(type, write(data));
  if (Buffer.isBuffer(data)) return data.toString('hex');
  return typeof data === 'string' ? compared(type, data) : JSON.stringify(data);
}

/** The library decides by the type what the data is. */
const writers: Readonly<{ [type: string]: ((data: unknown) => string) | undefined }> = {
  MX: (data) => words<MxData>(data, ({ preference = 0, exchange }) => [preference, exchange]),
  SRV: (data) => words<SrvData>(data, ({ priority = 0, weight = 0, port, target }) => [priority, weight, port, target]),
  CAA: (data) => words<CaaData>(data, ({ flags = 0, tag, value }) => [flags, tag, value]),
  SOA: (data) =>
    words<SoaData>(data, ({ mname, rname, serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0 }) => [
      mname,
      rname,
      serial,
      refresh,
      retry,
      expire,
      minimum,
    ]),
  // A long text stands in several strings, which mean it as a whole.
  TXT: (data) => [data as TxtData].flat().map(String).join(''),
};

const words = <Data>(data: unknown, parts: (data: Data) => readonly (string | number)[]): string => parts(data as Data).join(' ');

/** Texts as they are; addresses and names without regard to case, blanks, short forms and the dot at the end. */
export function compared(type: string, text: string): string {
  if (type === 'TXT') return text;
  if (type === 'CAA') return text.trim().replace(/\s+/g, ' ').replaceAll('"', '');
  if (type === 'AAAA') return isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text.toLowerCase();
  return text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .map((word) => (word === '.' ? word : word.replace(/\.$/, '')))
    .join(' ');
}
