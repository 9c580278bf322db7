/** A connection whose bytes are heard as they come, without a stream in between: for answers that come in one piece. */
import { type ConnectOpts, connect as connectPlain, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { certificateFailure } from './certificate';
import type { Course } from './course';
import { connectFailure, type Failure, handshakeFailure } from './failure';
import { readSparingly } from './sparing-handshake';

export interface Place {
  readonly address: string;
  readonly port: number;
  /** The address as text, with its port. */
  readonly at: string;
  /** Without it nothing is secured. */
  readonly security?: Security | undefined;
}

export interface Security {
  /** For which the certificate must be. */
  readonly name: string;
  readonly secureContext: SecureContext;
  /** `any`: nobody looks at it. */
  readonly certificate: 'judged' | 'any';
}

export interface Hearer {
  /** The connection stands. What is heard from now on is what the other side says. */
  begin(socket: Socket): void;
  /** These bytes are overwritten by the next ones. */
  hear(bytes: Buffer): void;
  /** With the error that ended it, if one did. */
  end(error?: Error): void;
  /** It never stood. */
  fail(failure: Failure): void;
}

/** As much as is read at once. One for all: whoever hears does so before anything else is read. */
const heard = Buffer.allocUnsafeSlow(65_536);
const closed = { code: 'ECONNRESET' };

/** Goes through the phases `connect` and `tls` of the course, which lets go of the connection at its end. */
export function hearFrom(place: Place, course: Course, hearer: Hearer): void {
  let meaning: ((at: string, error: unknown) => Failure) | undefined = connectFailure;
  let isOver = false;
  const ended = (error?: Error): void => {
    if (isOver) return;
    isOver = true;
    if (meaning === undefined) hearer.end(error);
    else hearer.fail(meaning(place.at, error ?? closed));
  };
  const onread = {
    buffer: heard,
    callback(bytes: number): boolean {
      hearer.hear(heard.subarray(0, bytes));
      return true;
    },
  };
  const { security } = place;
  const begin = (): void => {
    meaning = undefined;
    hearer.begin(socket);
  };
  const handshake = (): void => {
    meaning = handshakeFailure;
    course.enter('tls');
  };
  course.enter('connect');
  const socket = security === undefined ? plain(place, { onread, begin }) : secured(place, security, { onread, begin, handshake, fail: hearer.fail });
  socket.on('error', ended);
  socket.once('end', ended).once('close', () => ended());
  const letGo = (): void => {
    isOver = true;
    socket.destroy();
  };
  course.hold({ destroy: letGo });
}

interface Ways {
  readonly onread: NonNullable<ConnectOpts['onread']>;
  readonly begin: () => void;
}

/** Only one thing is ever said, so nothing waits for what was said before it. */
function plain({ address, port }: Place, { onread, begin }: Ways): Socket {
  return connectPlain({ host: address, port, autoSelectFamily: false, onread }, begin);
}

const http1 = Buffer.from('\x08http/1.1', 'latin1');

interface SecuredWays extends Ways {
  readonly handshake: () => void;
  readonly fail: (failure: Failure) => void;
}

function secured({ address, port }: Place, { name, secureContext, certificate }: Security, ways: SecuredWays): TLSSocket {
  const servername = isIP(name) === 0 ? name : '';
  const checking = certificate === 'any' ? { checkServerIdentity: () => undefined } : {};
  const protocols = { ALPNProtocols: http1, ...checking };
  const { onread } = ways;
  // The certificate is judged below, before anything is sent: a refused handshake would not show it.
  const options: ConnectionOptions & ConnectOpts = { host: address, port, servername, secureContext, ...protocols, rejectUnauthorized: false, onread };
  const socket = connectTls(options);
  readSparingly(socket);
  socket.prependOnceListener('connect', () => {
    socket.setNoDelay(true);
    ways.handshake();
  });
  socket.once('secureConnect', () => {
    if (certificate === 'any' || socket.authorized) ways.begin();
    else ways.fail(certificateFailure(socket, name));
  });
  return socket;
}
