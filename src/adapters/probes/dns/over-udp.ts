/** One question in one datagram. It is not sent again: a lost one is a failed try, and the round makes another. */
import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { connectFailure, type Failure, isFailure } from '../failure';
import type { Trying } from '../trying';
import { type Asked, type DnsAnswer, readAnswer } from './message';

export interface Datagram {
  readonly address: LookupAddress;
  readonly port: number;
  readonly asked: Asked;
}

/** Behind a forged or stray datagram the right one may follow. */
const graceMs = 250;

export function askByUdp({ address: { address, family }, port, asked }: Datagram, { course, seen }: Trying): Promise<DnsAnswer | 'truncated' | Failure> {
  const at = family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
  seen.address = at;
  course.enter('connect');
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  let grace: NodeJS.Timeout | undefined;
  course.hold({ destroy: () => clearTimeout(grace) });
  course.hold({ destroy: () => closed(socket) });
  return new Promise((resolve) => {
    socket.on('error', (error) => resolve(connectFailure(at, error)));
    socket.on('message', (bytes) => {
      const answer = readAnswer(bytes, asked);
      if (answer !== 'truncated' && isFailure(answer)) grace ??= setTimeout(resolve, graceMs, answer);
      else resolve(answer);
    });
    // A connected socket hears its own server alone, and that nothing listens there.
    socket.once('connect', () => {
      course.enter('first-byte');
      socket.send(asked.bytes);
    });
    socket.connect(port, address);
  });
}

/** To close it twice would throw. */
function closed(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // It was closed already, which is all that was wanted.
  }
}
