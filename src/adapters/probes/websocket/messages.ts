/** Messages of a WebSocket, kept until they are wanted, and never more than a probe can bear. */
import type { RawData, WebSocket } from 'ws';
import type { Failure } from '../failure';
import { printable } from '../printable';

/** More is said by nobody who holds a dialogue. */
export const messageBytesMax = 1024 * 1024;

/** What keeping a message takes, however short it is. */
const bytesPerMessage = 64;

const pongBytesMax = 64 * 1024;

export interface Messages {
  /** The next one as text. `closed` says how, where no more will come. */
  next(): Promise<{ readonly text: string } | { readonly closed: string } | Failure>;
}

export function messagesOf(socket: WebSocket): Messages {
  const kept: string[] = [];
  let heardBytes = 0;
  let end: { readonly closed: string } | Failure | undefined;
  let wake = (): void => undefined;
  const finish = (how: { readonly closed: string } | Failure): void => {
    end ??= how;
    wake();
  };
  /** Whether it may be kept. */
  const count = (bytes: number): boolean => {
    heardBytes += bytes + bytesPerMessage;
    if (heardBytes <= messageBytesMax) return end === undefined;
    finish({ reason: 'too-large', detail: `the server said more than ${messageBytesMax} bytes` });
    socket.terminate();
    return false;
  };
  socket.on('message', (message) => {
    if (!count(sizeOf(message))) return;
    kept.push(String(message));
    wake();
  });
  // Who asks without hearing our answers gets no more of them.
  socket.on('ping', (asked) => {
    if (count(asked.length) && socket.readyState === socket.OPEN && socket.bufferedAmount < pongBytesMax) socket.pong(asked);
  });
  socket.on('close', (code, reason) => finish({ closed: closedWords(code, String(reason)) }));
  socket.on('error', (error) => finish(messageFailure(error)));
  return {
    async next() {
      for (;;) {
        const text = kept.shift();
        if (text !== undefined) return { text };
        if (end !== undefined) return end;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** As one buffer: nothing else is asked of the socket. */
const sizeOf = (message: RawData): number => (Buffer.isBuffer(message) ? message.length : 0);

/** 1005 and 1006 stand for codes that were not sent. */
function closedWords(code: number, reason: string): string {
  if (code === 1006) return 'without saying that it would';
  return `with ${code === 1005 ? 'no code' : `code ${code}`}${reason === '' ? '' : ` ${JSON.stringify(printable(reason))}`}`;
}

function messageFailure(error: Error & { code?: unknown }): Failure {
  const code = String(error.code ?? error.name);
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' || code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS') {
    return { reason: 'too-large', detail: `a message is larger than ${messageBytesMax} bytes, or in too many pieces (${code})` };
  }
  if (code.startsWith('WS_ERR_')) return { reason: 'protocol', detail: `what came is no WebSocket message: ${printable(error.message)} (${code})` };
  return { reason: 'closed-early', detail: `the connection was lost: ${printable(error.message)} (${code})` };
}
