/** One try of a grpc monitor: reach, secure, one unary call of the health checking protocol. */
import type { OutgoingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import type { GrpcProbe } from '../../../core/config/kinds/grpc/probe';
import type { Attempt } from '../../../core/observation';
import { secure } from '../connection';
import { type Failure, isFailure } from '../failure';
import { splitHost } from '../host-port';
import { keeper } from '../http/exchange';
import { askHttp2 } from '../http2-exchange';
import type { Means } from '../means';
import { contextOf } from '../own-context';
import { type Reached, reach } from '../reach';
import { slowFailure, type Trying, tryOut } from '../trying';
import { healthRequest } from './health-message';
import { findingsOf, type GrpcAnswer, judgeHealth } from './judge';

/** A health takes two bytes; who sends more is something else. */
const answerBytesMax = 4096;

export function probeGrpc(probe: GrpcProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  return tryOut(timeoutMs, means, {
    run: (trying) => ask(probe, timeoutMs, trying),
    judge(answer: GrpcAnswer, phases) {
      if (means.tell) for (const finding of findingsOf(answer)) means.tell(finding);
      return judgeHealth(answer, probe.service) ?? slowFailure(phases, probe.expect.withinMs);
    },
  });
}

async function ask(probe: GrpcProbe, timeoutMs: number, trying: Trying): Promise<GrpcAnswer | Failure> {
  const { host, port } = splitHost(probe.host, probe.isPlain === true ? 80 : 443);
  const reached = await reach(probe.connectTo ?? host, port, trying);
  if (isFailure(reached)) return reached;
  const socket = probe.isPlain === true ? reached.socket : await secured(reached, host, { probe, trying });
  if (isFailure(socket)) return socket;
  const body = keeper({ keepsBody: true, limitBytes: answerBytesMax });
  const question = {
    origin: `${probe.isPlain === true ? 'http' : 'https'}://${probe.host}`,
    headers: headersOf(probe, timeoutMs, trying.means),
    body: healthRequest(probe.service),
  };
  const answer = await askHttp2(question, { socket, course: trying.course, keeper: body });
  return isFailure(answer) ? answer : { ...answer, body: body.kept() };
}

async function secured({ socket, at }: Reached, host: string, { probe: { tls }, trying }: { probe: GrpcProbe; trying: Trying }): Promise<Socket | Failure> {
  const { course, means } = trying;
  const done = await secure(socket, tls?.serverName ?? host, {
    course,
    at,
    secureContext: contextOf(tls, means),
    protocols: ['h2'],
    certificate: tls?.insecure === true ? 'shown' : 'judged',
    tell: means.tell,
  });
  if (isFailure(done) || done.alpnProtocol === 'h2') return done;
  return { reason: 'protocol', detail: 'the server does not agree to HTTP/2 in the TLS handshake, which gRPC needs' };
}

const headersOf = ({ host, isPlain, metadata }: GrpcProbe, timeoutMs: number, { userAgent }: Means): OutgoingHttpHeaders => ({
  ...metadata,
  ':method': 'POST',
  ':scheme': isPlain === true ? 'http' : 'https',
  ':authority': host,
  ':path': '/grpc.health.v1.Health/Check',
  te: 'trailers',
  'content-type': 'application/grpc',
  'user-agent': userAgent,
  'grpc-timeout': `${Math.ceil(timeoutMs)}m`,
});
