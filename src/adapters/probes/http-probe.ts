/** One try of an http monitor: resolve, connect, secure, exchange, judge. */
import type { SecureContext } from 'node:tls';
import type { HttpProbe } from '../../core/config/config';
import { type Attempt, type Phases, totalMs } from '../../core/observation';
import { connectTcp, secure } from './connection';
import { type Course, startCourse } from './course';
import { bodyBytesMax, exchange, type Response } from './exchange';
import { type Failure, isFailure } from './failure';
import { type Lookup, resolveAddress } from './resolve';

/** What probes share. */
export interface Means {
  readonly userAgent: string;
  readonly allowPrivate: boolean;
  readonly lookup: Lookup;
  /** One for all: making it reads every certificate authority. */
  readonly secureContext: () => SecureContext;
}

export async function probeHttp(probe: HttpProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  const course = startCourse(timeoutMs);
  const seen: Seen = {};
  try {
    const allowed = probe.mayBePrivate === true ? { ...means, allowPrivate: true } : means;
    const outcome = await Promise.race([follow(new URL(probe.url), { course, seen, means: allowed }), course.cut]);
    const phases = course.end();
    const failure = isFailure(outcome) ? outcome : judge(outcome, phases, probe.expect);
    return { reason: failure?.reason ?? 'ok', detail: failure?.detail ?? '', phases, address: seen.address };
  } finally {
    course.end();
  }
}

interface Seen {
  /** The address contacted, with its port. */
  address?: string;
}

async function follow(url: URL, { course, seen, means }: { course: Course; seen: Seen; means: Means }): Promise<Response | Failure> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const port = Number(url.port || (isSecure ? 443 : 80));

  const address = await resolveAddress(host, means);
  if (isFailure(address)) return address;
  const at = address.family === 6 ? `[${address.address}]:${port}` : `${address.address}:${port}`;
  seen.address = at;

  const connected = await connectTcp(address, port, { course, at });
  if (isFailure(connected)) return connected;
  const ready = isSecure ? await secure(connected, host, { course, at, secureContext: means.secureContext() }) : connected;
  return isFailure(ready) ? ready : exchange(url, ready, { course, userAgent: means.userAgent });
}

/** The first thing that is wrong with a response, if anything is. */
function judge(response: Response, phases: Phases, expect: HttpProbe['expect']): Failure | undefined {
  const isWanted = expect.status.some(([from, to]) => response.status >= from && response.status <= to);
  if (!isWanted) return { reason: 'status', detail: statusDetail(response, expect.status) };
  if (response.isTooLarge) return { reason: 'too-large', detail: `the body is larger than ${bodyBytesMax} bytes` };
  const tookMs = totalMs(phases);
  if (expect.withinMs !== undefined && tookMs > expect.withinMs) {
    return { reason: 'slow', detail: `took ${Math.ceil(tookMs)} ms, wanted within ${expect.withinMs} ms` };
  }
  return undefined;
}

/** `status 503, wanted 2xx: we are closed` */
function statusDetail({ status, location, opening }: Response, wanted: HttpProbe['expect']['status']): string {
  const target = location === undefined ? '' : ` (it points to ${printable(location)})`;
  const body = printable(new TextDecoder().decode(opening));
  return `status ${status}, wanted ${wanted.map(rangeText).join(' or ')}${target}${body === '' ? '' : `: ${body}`}`;
}

function rangeText([from, to]: readonly [number, number]): string {
  if (from % 100 === 0 && to === from + 99) return `${from / 100}xx`;
  return from === to ? String(from) : `${from}-${to}`;
}

/** The first 120 characters that can be shown, blanks folded. */
const printable = (text: string): string =>
  text
    .replace(/[\p{C}\p{Z}\s\ufffd]+/gu, ' ')
    .trim()
    .slice(0, 120);
