import type { Socket } from 'node:net';

/** Resolves when the system has taken the bytes, or the connection is gone: whoever listens next hears of that. */
export function say(socket: Socket, bytes: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('close', done);
      resolve();
    };
    socket.once('close', done);
    if (socket.destroyed) done();
    else socket.write(bytes, done);
  });
}
