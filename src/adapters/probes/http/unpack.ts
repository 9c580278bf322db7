/** The body as it was before it was packed for the way. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { HttpProbe } from '../../../core/config/kinds/http/probe';
import { codeOf, type Failure } from '../failure';
import { printable } from '../printable';
import { bodyBytesMax, type Response } from './exchange';

export interface Unpacked {
  readonly response: Response;
  /** The whole body; only its beginning where nothing asks for more. */
  readonly body: Uint8Array;
  readonly isTooLarge: boolean;
  /** Why it is not known what the body is. */
  readonly trouble?: Failure | undefined;
}

type Unpacking = (packed: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const codings: Readonly<Record<string, Unpacking>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  // Some servers leave out the frame that the name promises.
  deflate: (packed, options) => ((packed[0] ?? 0) % 16 === 8 ? promisify(inflate) : promisify(inflateRaw))(packed, options),
};

export async function unpack(response: Response, { probe, method }: { probe: HttpProbe; method: string }): Promise<Unpacked> {
  const { body, isTooLarge } = response;
  const coding = String(response.headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase();
  const asked = probe.request?.compression;
  const plain: Unpacked = { response, body, isTooLarge };
  if (response.bytes === 0 || method === 'HEAD') return plain;
  if (coding === '' || coding === 'identity') return asked === undefined ? plain : { ...plain, trouble: unlike('not packed', asked) };
  if (asked === undefined)
    return { ...plain, trouble: { reason: 'encoding', detail: `the body is packed with ${printable(coding)}, which was not asked for` } };
  const unpacking = codings[coding];
  if (unpacking === undefined || !asked.includes(coding.replace('x-', ''))) return { ...plain, trouble: unlike(`packed with ${printable(coding)}`, asked) };
  if (isTooLarge) return plain;
  try {
    return { ...plain, body: await unpacking(body, { maxOutputLength: probe.limitBytes ?? bodyBytesMax }) };
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return { ...plain, isTooLarge: true };
    return { ...plain, trouble: { reason: 'encoding', detail: `the body says that it is packed with ${coding}, and cannot be unpacked (${codeOf(error)})` } };
  }
}

const unlike = (seen: string, asked: readonly string[]): Failure => ({ reason: 'encoding', detail: `the body is ${seen}, wanted ${asked.join(' or ')}` });
