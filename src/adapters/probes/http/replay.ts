/** What a connection said so far and says from now on, as a stream: for a client that reads by itself. What that one says was said already. */
import { Duplex } from 'node:stream';

export interface Replay {
  readonly stream: Duplex;
  say(bytes: Uint8Array): void;
  /** With the error that ended it, if one did. */
  end(error?: Error): void;
}

export function startReplay(): Replay {
  const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  stream.on('error', () => undefined);
  return {
    stream,
    say(bytes) {
      if (!stream.destroyed) stream.push(bytes);
    },
    end(error) {
      if (error === undefined) stream.push(null);
      // What was said before it is read first.
      else setImmediate(() => stream.destroy(error));
    },
  };
}
