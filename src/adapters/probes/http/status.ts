/** What is said of a status that is not wanted, and of a body that is too large. */
import type { HttpExpectation } from '../../../core/config/kinds/http/probe';
import type { Failure } from '../failure';
import { printable } from '../printable';
import type { Response } from './exchange';

export function statusFailure(response: Pick<Response, 'status' | 'headers' | 'body'>, wanted: HttpExpectation['status']): Failure | undefined {
  const isWanted = wanted.some(([from, to]) => response.status >= from && response.status <= to);
  return isWanted ? undefined : { reason: 'status', detail: statusDetail(response, wanted) };
}

export const tooLargeFailure = (isTooLarge: boolean, limitBytes: number): Failure | undefined =>
  isTooLarge ? { reason: 'too-large', detail: `the body is larger than ${limitBytes} bytes` } : undefined;

/** `status 503, wanted 2xx: we are closed` */
function statusDetail({ status, headers, body }: Pick<Response, 'status' | 'headers' | 'body'>, wanted: HttpExpectation['status']): string {
  const target = typeof headers.location === 'string' ? ` (it points to ${printable(headers.location)})` : '';
  const opening = printable(new TextDecoder().decode(body.subarray(0, 1024)));
  return `status ${status}, wanted ${statusWords(wanted)}${target}${opening === '' ? '' : `: ${opening}`}`;
}

export const statusWords = (wanted: HttpExpectation['status']): string => wanted.map(rangeText).join(' or ');

function rangeText([from, to]: readonly [number, number]): string {
  if (from % 100 === 0 && to === from + 99) return `${from / 100}xx`;
  return from === to ? String(from) : `${from}-${to}`;
}
