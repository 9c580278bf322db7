/** A connection to one address: TCP, and TLS on top of it, each timed as a phase of its own. */
import type { LookupAddress } from 'node:dns';
import { isIP, Socket } from 'node:net';
import { type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { certificateFailure } from './certificate';
import type { Course } from './course';
import { connectFailure, type Failure, handshakeFailure } from './failure';
import type { Means } from './means';
import { shownCertificate } from './shown-certificate';
import { readSparingly } from './sparing-handshake';

/** Resolves when TCP is connected. `at` is the address as text, with its port. */
export function connectTcp({ address, family }: LookupAddress, port: number, { course, at }: { course: Course; at: string }): Promise<Socket | Failure> {
  course.enter('connect');
  const socket = new Socket();
  const connected = settled(socket, 'connect', (error) => connectFailure(at, error));
  // A name that was resolved after the end contacts nobody: the course has destroyed the socket already.
  course.hold(socket);
  if (!socket.destroyed) socket.connect({ host: address, port, family, autoSelectFamily: false, noDelay: true });
  return connected;
}

export interface Securing {
  readonly course: Course;
  readonly at: string;
  readonly secureContext: SecureContext;
  /** Protocols offered by ALPN, the best first; HTTP/1.1 where nothing is said, none where it is empty. */
  readonly protocols?: readonly string[];
  /** `shown`: the caller reads and judges the certificate itself. */
  readonly certificate?: 'judged' | 'shown';
  /** Hears what certificate was shown. */
  readonly tell?: Means['tell'];
}

const http1: readonly string[] = ['http/1.1'];

/** Resolves when the handshake is done and, unless the caller judges it, the certificate is good for `host`. */
export async function secure(
  socket: Socket,
  host: string,
  { course, at, secureContext, protocols = http1, certificate = 'judged', tell }: Securing,
): Promise<TLSSocket | Failure> {
  course.enter('tls');
  const name = host.replace(/\.$/, '');
  const servername = isIP(name) === 0 ? name : '';
  const alpn = protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] };
  // The certificate is judged below, before anything is sent: a refused handshake would not show it.
  const secured = tlsConnect({ socket, host: name, servername, secureContext, ...alpn, rejectUnauthorized: false });
  readSparingly(secured);
  course.hold(secured);
  const done = await settled(secured, 'secureConnect', (error) => handshakeFailure(at, error));
  if (tell && !('reason' in done)) for (const finding of shownCertificate(done)) tell(finding);
  return 'reason' in done || secured.authorized || certificate === 'shown' ? done : certificateFailure(secured, name);
}

const closed = { code: 'ECONNRESET' };

/** Whichever comes first. The listener for errors stays: an error without one would end the process. */
function settled<S extends Socket>(socket: S, ready: 'connect' | 'secureConnect', failure: (error: unknown) => Failure): Promise<S | Failure> {
  return new Promise((resolve) => {
    const onClose = (): void => resolve(failure(closed));
    socket.once('close', onClose);
    socket.on('error', (error) => resolve(failure(error)));
    socket.once(ready, () => {
      socket.off('close', onClose);
      resolve(socket);
    });
  });
}
