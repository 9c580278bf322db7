/** One GET whose answer is likely to come in one piece: it is then read where it lies, at half of what a client costs that reads everything. */
import type { Course } from '../course';
import { exchangeFailure, type Failure } from '../failure';
import { hearFrom, type Place } from '../heard-connection';
import { openingBytesMax, type Question, type Response } from './exchange';
import { exchangeSimply } from './exchange-simple';
import { type Replay, startReplay } from './replay';
import { readWhole, type WholeAnswer } from './whole-answer';

/** Written once: the same is asked in each round. */
export interface BriefQuestion extends Question {
  readonly text: string;
}

export const briefly = (question: Question): BriefQuestion => ({ ...question, text: textOf(question) });

/** Connects, secures the connection where the place says so, and asks. Resolves at the end of the body, or when it is too large. */
export function askBriefly(question: BriefQuestion, place: Place, course: Course): Promise<Response | Failure> {
  return new Promise((resolve) => {
    let before: Buffer | undefined;
    let other: Replay | undefined;
    const hear = (bytes: Buffer): void => {
      if (other !== undefined) {
        other.say(Buffer.from(bytes));
        return;
      }
      const all = before === undefined ? bytes : Buffer.concat([before, bytes]);
      const read = readWhole(all);
      if (read === 'in-doubt') {
        other = handOver(question, { said: all, course, resolve });
        return;
      }
      course.enter('transfer');
      if (read === 'body-to-come') before = Buffer.from(all);
      else resolve(responseOf(read));
    };
    hearFrom(place, course, {
      fail: resolve,
      begin(socket) {
        course.enter('first-byte');
        socket.write(question.text, 'latin1');
      },
      hear,
      end(error) {
        other ??= handOver(question, { said: before, course, resolve });
        other.end(error);
      },
    });
  });
}

/** As the client writes it that knows all of HTTP. */
function textOf({ url, method, headers }: Question): string {
  let text = `${method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  return `${text}connection: close\r\n\r\n`;
}

const responseOf = ({ status, headers, body }: WholeAnswer): Response => ({
  version: '1.1',
  status,
  headers,
  body: Buffer.from(body.subarray(0, openingBytesMax)),
  bytes: body.length,
  isTooLarge: false,
});

interface Telling {
  readonly said: Buffer | undefined;
  readonly course: Course;
  readonly resolve: (result: Response | Failure) => void;
}

/** What was asked stays asked: only what was answered is told again. */
function handOver(question: Question, { said, course, resolve }: Telling): Replay {
  const replay = startReplay();
  course.hold(replay.stream);
  if (said !== undefined) replay.say(Buffer.from(said));
  exchangeSimply(question, replay.stream, course).then(resolve, (error: unknown) => resolve(exchangeFailure(error, false)));
  return replay;
}
