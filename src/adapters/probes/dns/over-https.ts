/** One question to a resolver that is asked over HTTPS (RFC 8484), at the address that everybody has there: `/dns-query`. */
import type { TLSSocket } from 'node:tls';
import type { TlsOptions } from '../../../core/config/kinds/http/probe';
import { type Failure, isFailure } from '../failure';
import { exchange, type Question } from '../http/exchange';
import { exchangeHttp2 } from '../http/exchange-http2';
import { printable } from '../printable';
import { reach } from '../reach';
import type { Trying } from '../trying';
import { type Asked, type DnsAnswer, readAnswer } from './message';
import { secured } from './secured';

const answerBytesMax = 65_535;
const messageType = 'application/dns-message';

interface OverHttps {
  readonly host: string;
  /** What is contacted: a name, or an address. */
  readonly at: string;
  readonly port: number;
  readonly asked: Asked;
  readonly tls: TlsOptions | undefined;
}

export async function askByHttps({ host, at, port, asked, tls }: OverHttps, trying: Trying): Promise<DnsAnswer | Failure> {
  const reached = await reach(at, port, trying);
  if (isFailure(reached)) return reached;
  const socket = await secured(reached, { host, tls, protocols: ['h2', 'http/1.1'] }, trying);
  if (isFailure(socket)) return socket;
  const response = await askAt(socket, questionOf({ host, port, asked }, trying), trying);
  if (isFailure(response)) return response;
  if (response.status !== 200) return { reason: 'status', detail: `status ${response.status}, wanted 200: the resolver refuses the question` };
  const type = String(response.headers['content-type'] ?? '');
  if (!type.toLowerCase().startsWith(messageType))
    return { reason: 'protocol', detail: `the answer is no DNS message but ${type === '' ? 'of no type' : printable(type)}` };
  if (response.isTooLarge) return { reason: 'too-large', detail: `the answer is larger than any DNS message: more than ${answerBytesMax} bytes` };
  const answer = readAnswer(Buffer.from(response.body), asked);
  return answer === 'truncated' ? { reason: 'protocol', detail: 'the answer is truncated although it came over a connection' } : answer;
}

const askAt = (socket: TLSSocket, question: Question, { course }: Trying) =>
  socket.alpnProtocol === 'h2' ? exchangeHttp2(question, socket, course) : exchange(question, socket, course);

function questionOf({ host, port, asked }: Pick<OverHttps, 'host' | 'port' | 'asked'>, { means }: Trying): Question {
  const url = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}/dns-query`);
  url.search = `dns=${asked.bytes.toString('base64url')}`;
  return { url, method: 'GET', headers: { accept: messageType, 'user-agent': means.userAgent }, limitBytes: answerBytesMax, keepsBody: true };
}
