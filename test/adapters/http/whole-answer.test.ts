/** What is read in one piece is read as a client reads it that knows all of HTTP, and whatever is unusual is left to that one. */
import fc from 'fast-check';
import { type Course, startCourse } from '../../../src/adapters/probes/course';
import { isFailure } from '../../../src/adapters/probes/failure';
import type { Response } from '../../../src/adapters/probes/http/exchange';
import { exchangeSimply } from '../../../src/adapters/probes/http/exchange-simple';
import { startReplay } from '../../../src/adapters/probes/http/replay';
import { readWhole } from '../../../src/adapters/probes/http/whole-answer';

const ok = 'HTTP/1.1 200 OK\r\n';
const read = (text: string) => readWhole(Buffer.from(text, 'latin1'));
const kindOf = (text: string): string => {
  const reading = read(text);
  return typeof reading === 'string' ? reading : `${reading.status} ${reading.body.toString('latin1')}`;
};

it.each<[string, string, string]>([
  ['a length and as much', `${ok}content-length: 3\r\n\r\nyes`, '200 yes'],
  ['no body', `${ok}Content-Length: 0\r\n\r\n`, '200 '],
  ['no content', 'HTTP/1.1 204 No Content\r\nserver: x\r\n\r\n', '204 '],
  ['no reason', 'HTTP/1.1 503 \r\ncontent-length:2\r\n\r\nno', '503 no'],
  ['chunks', `${ok}transfer-encoding: chunked\r\n\r\n3\r\nyes\r\n1\r\n!\r\n0\r\n\r\n`, '200 yes!'],
  ['more than the length', `${ok}content-length: 3\r\n\r\nyes!`, '200 yes'],
  ['more than the last chunk', `${ok}transfer-encoding: chunked\r\n\r\n0\r\n\r\n!`, '200 '],
  ['several cookies', `${ok}set-cookie: a=1\r\nset-cookie: b=2\r\ncontent-length: 1\r\n\r\n!`, '200 !'],
])('reads %s', (_case, bytes, seen) => {
  expect(kindOf(bytes)).toBe(seen);
});

it.each<[string, string]>([
  ['a body of which a part came', `${ok}content-length: 9\r\n\r\nyes`],
  ['a chunk of which a part came', `${ok}transfer-encoding: chunked\r\n\r\n9\r\nyes`],
  ['the size of a chunk without its end', `${ok}transfer-encoding: chunked\r\n\r\n3\r\nyes\r\n0\r`],
  ['the last chunk without its end', `${ok}transfer-encoding: chunked\r\n\r\n0\r\n`],
])('waits for the rest of %s', (_case, bytes) => {
  expect(kindOf(bytes)).toBe('body-to-come');
});

it.each<[string, string]>([
  ['a head that has not ended', `${ok}content-length: 3\r\n`],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\nyes'],
  ['an interim answer', `HTTP/1.1 103 Early Hints\r\n\r\n${ok}content-length: 3\r\n\r\nyes`],
  ['a body that ends with the connection', `${ok}server: x\r\n\r\nyes`],
  ['a length and chunks', `${ok}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nyes\r\n0\r\n\r\n`],
  ['two lengths', `${ok}content-length: 3\r\ncontent-length: 3\r\n\r\nyes`],
  ['a length with a sign', `${ok}content-length: +3\r\n\r\nyes`],
  ['a length and a blank that is none', `${ok}content-length: 3\xa0\r\n\r\nyes`],
  ['no content of some length', 'HTTP/1.1 204 No Content\r\ncontent-length: 3\r\n\r\nyes'],
  ['a size that is no number', `${ok}transfer-encoding: chunked\r\n\r\nzz`],
  ['a chunk with more to say', `${ok}transfer-encoding: chunked\r\n\r\n3;x=y\r\nyes\r\n0\r\n\r\n`],
  ['a chunk that is longer than it says', `${ok}transfer-encoding: chunked\r\n\r\n3\r\nyes!\r\n0\r\n\r\n`],
  ['headers after the body', `${ok}transfer-encoding: chunked\r\n\r\n0\r\nx: y\r\n\r\n`],
  ['another coding', `${ok}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['another protocol', `${ok}upgrade: h2c\r\ncontent-length: 3\r\n\r\nyes`],
  ['a header that goes on in the next line', `${ok}x: y\r\n z\r\ncontent-length: 3\r\n\r\nyes`],
  ['a header without a name', `${ok}: y\r\ncontent-length: 3\r\n\r\nyes`],
  ['a line that ends without a return', `${ok}x: y\ncontent-length: 3\r\n\r\nyes`],
  ['a length that takes long', `${ok}content-length: 20000\r\n\r\nyes`],
  ['headers that are long', `${ok}x: ${'y'.repeat(9000)}\r\ncontent-length: 3\r\n\r\nyes`],
])('leaves %s to others', (_case, bytes) => {
  expect(kindOf(bytes)).toBe('in-doubt');
});

const question = { url: new URL('http://127.0.0.1/'), method: 'GET', headers: {}, limitBytes: 1_000_000, keepsBody: true };

/** By the client that knows all of HTTP: what it makes of these bytes, and of the end after them. */
async function readByNode(bytes: string, course: Course): Promise<Response | string> {
  const replay = startReplay();
  course.hold(replay.stream);
  const reading = exchangeSimply(question, replay.stream, course);
  replay.say(Buffer.from(bytes, 'latin1'));
  replay.end();
  const result = await reading;
  return isFailure(result) ? result.reason : result;
}

/** Without what comes after the answer, of which clients think differently. */
function endOf(bytes: string): number {
  let end = bytes.length;
  while (typeof read(bytes.slice(0, end - 1)) === 'object') end -= 1;
  return end;
}

const piece = fc.oneof(
  fc.constantFrom(
    '\r\n',
    '\r',
    '\n',
    ' ',
    '0',
    '3',
    ':',
    'content-length: 3\r\n',
    'transfer-encoding: chunked\r\n',
    'yes',
    '\r\n\r\n',
    '0\r\n\r\n',
    '\xa0',
    ';',
  ),
  fc.constantFrom('x: y\r\n', 'connection: close\r\n', 'upgrade: x\r\n', 'HTTP/1.1 200 OK\r\n', '3\r\nyes\r\n', '204', '304'),
);
const answers = fc.constantFrom(
  `${ok}content-length: 3\r\n\r\nyes`,
  `${ok}transfer-encoding: chunked\r\n\r\n3\r\nyes\r\n0\r\n\r\n`,
  'HTTP/1.1 204 No Content\r\nserver: x\r\n\r\n',
);
/** Of a good answer some bytes are taken, and others put in their place. */
const bent = fc.tuple(answers, fc.nat(), fc.nat(3), fc.array(piece, { maxLength: 2 })).map(([answer, at, taken, put]) => {
  const from = at % (answer.length + 1);
  return answer.slice(0, from) + put.join('') + answer.slice(from + taken);
});

it('never reads anything as another client would not', async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(bent, async (bytes) => {
      const reading = read(bytes);
      if (reading === 'in-doubt') return;
      const course = startCourse(1000);
      const byNode = await readByNode(bytes.slice(0, endOf(bytes)), course);
      course.end();
      if (reading === 'body-to-come') return void expect(byNode).toBe('closed-early');
      whole += 1;
      if (typeof byNode === 'string') throw new Error(`read as ${reading.status}, where a client says ${byNode}`);
      expect([reading.status, reading.body.toString('latin1')]).toEqual([byNode.status, Buffer.from(byNode.body).toString('latin1')]);
      expect({ ...reading.headers }).toEqual({ ...byNode.headers });
    }),
    { numRuns: 600 },
  );
  expect(whole).toBeGreaterThan(20);
});
