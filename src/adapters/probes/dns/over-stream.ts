/** One question over a connection that stands: each message has its length before it. */
import type { Socket } from 'node:net';
import type { Course } from '../course';
import { exchangeFailure, type Failure } from '../failure';
import { type Asked, type DnsAnswer, readAnswer } from './message';

const lengthBytes = 2;

/** Nothing is read beyond the length that the server announced, which two bytes limit. */
export function askByStream(socket: Socket, asked: Asked, course: Course): Promise<DnsAnswer | Failure> {
  course.enter('first-byte');
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      if (received.length === 0) course.enter('transfer');
      received = Buffer.concat([received, chunk]);
      const end = received.length < lengthBytes ? Number.POSITIVE_INFINITY : lengthBytes + received.readUInt16BE(0);
      if (received.length < end) return;
      socket.pause();
      resolve(whole(received.subarray(lengthBytes, end), asked));
    });
    socket.once('end', () => resolve(early(received.length)));
    socket.once('close', () => resolve(early(received.length)));
    socket.on('error', (error) => resolve(exchangeFailure(error, received.length > 0)));
    socket.write(framed(asked.bytes));
  });
}

function framed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function whole(bytes: Buffer, asked: Asked): DnsAnswer | Failure {
  const answer = readAnswer(bytes, asked);
  return answer === 'truncated' ? { reason: 'protocol', detail: 'the answer is truncated although it came over a connection' } : answer;
}

const early = (bytes: number): Failure => ({
  reason: 'closed-early',
  detail: bytes === 0 ? 'the connection was closed before an answer came' : `the connection was closed amid the answer, after ${bytes} bytes`,
});
