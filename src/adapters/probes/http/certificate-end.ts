/** When the certificates end that a server sends. */
import type { TLSSocket } from 'node:tls';

/** More are sent by nobody. */
const sentMax = 20;

/** The earliest end of all that were sent, in milliseconds of the clock of people; `NaN` where it cannot be read. */
export function certificateEndOf(socket: TLSSocket): number {
  const ends: number[] = [];
  let next = socket.getPeerX509Certificate();
  while (next !== undefined && ends.length < sentMax) {
    ends.push(Date.parse(next.validTo));
    next = next.issuerCertificate;
  }
  return Math.min(...ends);
}
