/** The client makes its parser when it first hears an answer, which takes longer than most answers, and is no time of any target's. */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { startCourse } from '../course';
import { exchange } from './exchange';

/** For the life of the process. */
let over: Promise<unknown> | undefined;

/** Resolves, before the clock of a probe runs, when an exchange takes no longer than the next one. */
export function rehearsed(): Promise<unknown> {
  over ??= rehearse();
  return over;
}

const answer = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n.');
const question = { url: new URL('http://rehearsal.invalid/'), method: 'GET', headers: {}, limitBytes: 1, keepsBody: false };
const secondMs = 1000;

async function rehearse(): Promise<void> {
  const stream = new Duplex({
    read: () => undefined,
    write(_chunk, _encoding, done) {
      this.push(answer);
      done();
    },
  });
  stream.on('error', () => undefined);
  const course = startCourse(secondMs);
  await exchange(question, stream as unknown as Socket, course);
  course.end();
  // What it leaves behind is cleared away before anything is measured.
  await new Promise((resolve) => setImmediate(resolve));
}
