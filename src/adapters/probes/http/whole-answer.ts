/**
 * Reads an answer that breaks no rule and is short, which is what nearly every answer to a health check is. Whatever is unusual is
 * `in-doubt`: that is for a client that knows all of HTTP, and what that one says of it is said.
 */

export interface WholeAnswer {
  readonly kind: 'whole';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Part of what was read, unless it came in chunks. */
  readonly body: Buffer;
}

/** `body-to-come`: right so far, and more must follow. */
export type Reading = WholeAnswer | Unread;
type Unread = 'body-to-come' | 'in-doubt';

/** Longer ones are for a client that reads piece by piece. */
const wholeBytesMax = 16_384;
const headBytesMax = 8192;

const endOfHead = '\r\n\r\n';
const statusLine = /^HTTP\/1\.1 ([2-5]\d\d) [\t\x20-\x7e\x80-\xff]*$/;
/** Without the blank that only some readers strip. */
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\x9f\xa1-\xff]*)$/;

/** `bytes`: everything that came so far. */
export function readWhole(bytes: Buffer): Reading {
  const end = bytes.indexOf(endOfHead);
  if (end < 0 || end > headBytesMax || bytes.length > wholeBytesMax) return 'in-doubt';
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [, code] = statusLine.exec(first) ?? [];
  const headers = code === undefined ? undefined : headersIn(lines);
  if (headers === undefined) return 'in-doubt';
  const status = Number(code);
  const body = bodyIn(bytes.subarray(end + endOfHead.length), status, headers);
  return typeof body === 'string' ? body : { kind: 'whole', status, headers, body };
}

/** Readers differ in what they make of a header that is repeated, but for cookies. */
function headersIn(lines: readonly string[]): Readonly<Record<string, string | string[]>> | undefined {
  const headers: Record<string, string | string[]> = {};
  const cookies: string[] = [];
  for (const line of lines) {
    const [, written, value] = headerLine.exec(line) ?? [];
    if (written === undefined || value === undefined) return undefined;
    const name = written.toLowerCase();
    if (name === 'set-cookie') cookies.push(value.trim());
    else if (Object.hasOwn(headers, name)) return undefined;
    else headers[name] = value.trim();
  }
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  return headers;
}

function bodyIn(rest: Buffer, status: number, headers: Readonly<Record<string, string | string[]>>): Buffer | Unread {
  const { 'content-length': length, 'transfer-encoding': coding, upgrade } = headers;
  if (upgrade !== undefined) return 'in-doubt';
  const isWithoutBody = status === 204 || status === 304;
  if (coding !== undefined) return coding === 'chunked' && length === undefined && !isWithoutBody ? joined(rest) : 'in-doubt';
  if (length === undefined) return isWithoutBody ? ofLength(rest, 0) : 'in-doubt';
  if (typeof length !== 'string' || !/^\d{1,5}$/.test(length) || (isWithoutBody && length !== '0')) return 'in-doubt';
  return ofLength(rest, Number(length));
}

/** What comes after the end is no part of the answer: whether it is seen at all is a matter of time. */
function ofLength(rest: Buffer, length: number): Buffer | Unread {
  if (rest.length < length) return length > wholeBytesMax ? 'in-doubt' : 'body-to-come';
  return rest.subarray(0, length);
}

const sizeLine = /^[0-9A-Fa-f]{1,4}$/;
const sizeLineToCome = /^(?:|[0-9A-Fa-f]{1,4}\r?)$/;

/** Of chunks with nothing but their size, and without headers after them. */
function joined(rest: Buffer): Buffer | Unread {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf('\r\n', at);
    const line = rest.toString('latin1', at, lineEnd < 0 ? Math.min(rest.length, at + 6) : lineEnd);
    if (lineEnd < 0) return sizeLineToCome.test(line) ? 'body-to-come' : 'in-doubt';
    if (!sizeLine.test(line)) return 'in-doubt';
    const [from, to] = [lineEnd + 2, lineEnd + 2 + Number.parseInt(line, 16)];
    const after = rest.toString('latin1', to, to + 2);
    if (after !== '\r\n') return '\r\n'.startsWith(after) ? 'body-to-come' : 'in-doubt';
    if (from === to) return Buffer.concat(chunks);
    chunks.push(rest.subarray(from, to));
    at = to + 2;
  }
}
