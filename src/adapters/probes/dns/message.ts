/** Questions and answers of DNS as bytes. The format itself is the library's; here stands what an answer must be to count as one. */
import { randomInt } from 'node:crypto';
import { types } from 'node:util';
import { type Answer, decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { DnsType } from '../../../core/config/kinds/dns/probe';
import type { Failure } from '../failure';
import { endOfMessage } from './framing';

export interface Asked {
  readonly id: number;
  readonly name: string;
  readonly type: DnsType;
  readonly bytes: Buffer;
}

export interface DnsAnswer {
  /** By its name, such as `NXDOMAIN`. */
  readonly rcode: string;
  readonly isAuthoritative: boolean;
  readonly answers: readonly Answer[];
  readonly authority: readonly Answer[];
  readonly additional: readonly Answer[];
}

/** A fresh id each time, so that nothing which was meant for somebody else can pass as the answer. */
export function question({ name, type, wantsRecursion }: { name: string; type: DnsType; wantsRecursion: boolean }): Asked {
  const id = randomInt(0x1_00_00);
  const questions = [{ name: asAsked(name), type, class: 'IN' as const }];
  return { id, name, type, bytes: encode({ type: 'query', id, flags: wantsRecursion ? RECURSION_DESIRED : 0, questions }) };
}

/** The library writes the root as no label at all, and other names without their last dot. */
const asAsked = (name: string): string => (name === '.' ? '.' : name.replace(/\.$/, ''));

const headerBytes = 12;
/** What no server has reason to exceed: names can be packed so that many records take very long to unfold. */
const recordsMax = 1000;

/** `truncated`: the answer did not fit, and what is there of it need not be readable. */
export function readAnswer(bytes: Buffer, asked: Asked): DnsAnswer | 'truncated' | Failure {
  const trouble = headerTrouble(bytes, asked.id);
  if (trouble !== undefined) return unreadable(trouble);
  if ((bytes.readUInt16BE(2) & truncatedFlag) !== 0) return 'truncated';
  const records = [4, 6, 8, 10].reduce((sum, offset) => sum + bytes.readUInt16BE(offset), 0);
  if (records > recordsMax) return { reason: 'too-large', detail: `the answer claims to hold ${records} records, more than ${recordsMax}` };
  return decoded(bytes, asked);
}

const responseFlag = 0x8000;
const truncatedFlag = 0x0200;

function headerTrouble(bytes: Buffer, id: number): string | undefined {
  if (bytes.length < headerBytes) return `it has ${bytes.length} bytes, and its header alone takes ${headerBytes}`;
  if (bytes.readUInt16BE(0) !== id) return `it has the id ${bytes.readUInt16BE(0)}, and the question had ${id}`;
  return (bytes.readUInt16BE(2) & responseFlag) === 0 ? 'it is a question itself' : undefined;
}

function decoded(bytes: Buffer, asked: Asked): DnsAnswer | Failure {
  try {
    const { rcode, questions = [], answers = [], authorities = [], additionals = [], flag_aa: isAuthoritative } = decode(bytes) as Decoded;
    if (decode.bytes !== endOfMessage(bytes)) return unreadable('its records are not as long as they claim');
    // Servers that refuse a question need not repeat it.
    if (questions.length === 0 && rcode !== 'NOERROR') return { rcode, isAuthoritative, answers, authority: authorities, additional: additionals };
    const [repeated] = questions;
    const isOurs = questions.length === 1 && repeated !== undefined && isSame(repeated, asked);
    if (!isOurs) return unreadable(`it answers another question, ${repeated === undefined ? 'none' : `${repeated.type} of ${repeated.name}`}`);
    return { rcode, isAuthoritative, answers, authority: authorities, additional: additionals };
  } catch (error) {
    return unreadable(types.isNativeError(error) ? error.message : 'its format is wrong');
  }
}

/** The library's types leave the code out. */
type Decoded = ReturnType<typeof decode> & { readonly rcode: string };

const isSame = (repeated: { readonly name: string; readonly type: string; readonly class?: string | undefined }, { name, type }: Asked): boolean =>
  repeated.type === type && repeated.class === 'IN' && plain(repeated.name) === plain(name);

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const unreadable = (why: string): Failure => ({ reason: 'protocol', detail: `the answer is no DNS answer to the question: ${why}` });
