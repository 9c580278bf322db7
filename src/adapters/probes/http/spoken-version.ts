/** Which version of HTTP/1 a server speaks: the client reads 1.0 as well, and does not say so. */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** To be called before the first byte; tells after the response. */
export function spokenVersion(socket: Socket): () => '1.0' | '1.1' {
  let beginning = '';
  // As a stream's own `on` would not: whoever only looks on must not make it flow.
  const look = (chunk: Buffer): void => {
    beginning += chunk.toString('latin1', 0, statusLine.length - beginning.length);
    if (beginning.length >= statusLine.length) EventEmitter.prototype.off.call(socket, 'data', look);
  };
  EventEmitter.prototype.on.call(socket, 'data', look);
  return () => (beginning === statusLine ? '1.0' : '1.1');
}

const statusLine = 'HTTP/1.0';
