/** When the certificates end that a server sends. */
import type { TLSSocket } from 'node:tls';
import { firstCertificate } from '../first-certificate';

/** More are sent by nobody. */
const sentMax = 20;

/** The earliest end of all that were sent, in milliseconds of the clock of people; `NaN` where it cannot be read. */
export function certificateEndOf(socket: TLSSocket): number {
  const ends: number[] = [];
  let next = firstCertificate(socket);
  while (next !== undefined && ends.length < sentMax) {
    ends.push(Date.parse(next.validTo));
    next = next.issuerCertificate;
  }
  return ends.length === 0 ? Number.NaN : Math.min(...ends);
}
