/** What a target says over a connection, taken no faster than it is wanted, and never more than a probe can bear. */
import type { Socket } from 'node:net';
import type { Course } from '../course';
import { exchangeFailure, type Failure } from '../failure';

/** More than this is said by nobody who holds a dialogue. */
const heardBytesMax = 1024 * 1024;

export interface Hearing {
  /** What has been heard and not used yet. */
  readonly unread: () => Buffer;
  /** Takes the first bytes away. */
  use(bytes: number): void;
  /** Waits until more has come. `end`: nothing more will. */
  more(): Promise<'more' | 'end' | Failure>;
  /** Stops listening, so that TLS may begin over the same connection. */
  release(): void;
}

export function hear(socket: Socket, course: Course): Hearing {
  let unread: Buffer = Buffer.alloc(0);
  let heardBytes = 0;
  let lost: unknown;
  let wake = (): void => undefined;
  const onLost = (error: unknown): void => {
    lost ??= error;
    wake();
  };
  const onMove = (): void => wake();
  socket.on('readable', onMove).on('end', onMove).on('close', onMove).on('error', onLost);

  const take = (): 'more' | 'end' | Failure | undefined => {
    const chunk = socket.read() as Buffer | null;
    if (chunk !== null) {
      if (heardBytes === 0) course.enter('transfer');
      heardBytes += chunk.length;
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      return heardBytes > heardBytesMax ? { reason: 'too-large', detail: `the server said more than ${heardBytesMax} bytes` } : 'more';
    }
    if (lost !== undefined) return exchangeFailure(lost, heardBytes > 0);
    return socket.readableEnded || socket.destroyed ? 'end' : undefined;
  };

  return {
    unread: () => unread,
    use(bytes) {
      unread = unread.subarray(bytes);
    },
    async more() {
      for (;;) {
        const taken = take();
        if (taken !== undefined) return taken;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    release() {
      socket.off('readable', onMove).off('end', onMove).off('close', onMove).off('error', onLost);
    },
  };
}
