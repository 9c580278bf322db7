/** Whether a server that asks for a certificate of ours goes on after what it was shown. TLS 1.3 refuses it when the handshake is over on our side. */
import type { TLSSocket } from 'node:tls';
import type { Course } from './course';
import { type Failure, refusalFailure } from './failure';
import type { Means } from './means';

/** How long after the handshake the silence of a server is no answer yet. */
const silenceMs = 1000;

/** Who takes a certificate in TLS and refuses it in a program of their own closes with the same breath. */
const secondThoughtMs = 100;

interface Shown {
  readonly course: Course;
  /** Whether there was a certificate to show. */
  readonly isGiven: boolean;
  readonly tell?: Means['tell'];
}

/** Resolves at once where the server asked for none. What is waited for is no time of the handshake's. Whatever the server says meanwhile is lost. */
export async function refusalOf(socket: TLSSocket, { course, isGiven, tell }: Shown): Promise<Failure | undefined> {
  if (!wasAsked(socket)) return undefined;
  course.enter('aside');
  const waitMs = Math.min(silenceMs, course.leftMs() / 2);
  const end = await endOf(socket, waitMs);
  const given = isGiven ? 'ours' : 'none';
  if (typeof end === 'string') {
    tell?.({
      what: 'certificate of ours',
      seen: `asked for, shown ${given}, ${end === 'went-on' ? 'not refused' : `nothing said for ${Math.round(waitMs)} ms`}`,
    });
    return undefined;
  }
  tell?.({ what: 'certificate of ours', seen: `asked for, shown ${given}, refused`, isGood: false });
  return refusalFailure(given, end.error);
}

/**
 * At a client, what is shared are the signatures that the server's request for a certificate named: without such a request there are none.
 * Node crashes when it is asked that of a connection that is lost.
 */
const wasAsked = (socket: TLSSocket): boolean => !socket.destroyed && socket.getSharedSigalgs().length > 0;

type End = 'went-on' | 'silent' | { readonly error?: Error };

/** A ticket or a word of the server says that it has read what we showed; only until 1.2 the handshake itself does. */
function endOf(socket: TLSSocket, waitMs: number): Promise<End> {
  return new Promise((resolve) => {
    const goesOn = (): void => {
      clearTimeout(timer);
      timer = setTimeout(resolve, Math.min(secondThoughtMs, waitMs), 'went-on');
    };
    let timer = setTimeout(resolve, waitMs, 'silent');
    const isRead = socket.getProtocol() !== 'TLSv1.3';
    if (isRead) goesOn();
    else socket.once('session', goesOn).once('data', goesOn);
    const ended = (error?: Error): void => {
      clearTimeout(timer);
      resolve(error === undefined ? {} : { error });
    };
    socket
      .once('error', ended)
      .once('end', ended)
      .once('close', () => ended(socket.errored ?? undefined));
    socket.resume();
  });
}
